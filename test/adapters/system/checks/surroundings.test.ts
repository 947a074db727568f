import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfigReader } from '../../../../src/adapters/files/config-reader.ts';
import { configurationProbe } from '../../../../src/adapters/system/checks/configuration.ts';
import { nativesProbe } from '../../../../src/adapters/system/checks/natives.ts';
import { terminalProbe } from '../../../../src/adapters/system/checks/terminal.ts';
import { workspaceProbe } from '../../../../src/adapters/system/checks/workspace.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const signal = new AbortController().signal;

describe('the terminal', () => {
  const judge = (env: Record<string, string>, columns = 80) =>
    terminalProbe({ columns, rows: 24 }, env).run(signal);
  const GOOD = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' };

  it('is described', async () => {
    expect(await judge({ ...GOOD, COLORTERM: 'truecolor' })).toEqual({
      status: 'ok',
      detail: '80 × 24, xterm-256color, true colour, UTF-8.',
    });
    expect(await judge({ ...GOOD, TERM: 'tmux-256color', TMUX: '/tmp/x' })).toEqual({
      status: 'ok',
      detail: '80 × 24, tmux-256color, 256 colours, UTF-8, in tmux.',
    });
    expect((await judge({ ...GOOD, NO_COLOR: '1' })).detail).toContain('colours off');
  });

  it.each([
    ['a dumb one', { ...GOOD, TERM: 'dumb' }, 80, 'TERM'],
    ['a narrow one', GOOD, 30, 'Widen'],
    ['one without UTF-8', { TERM: 'xterm' }, 80, 'ui.ascii'],
    ['a wrong TERM in tmux', { ...GOOD, TMUX: 'x' }, 80, 'tmux-256color'],
  ])('gets a remedy for %s', async (_, env, columns, word) => {
    expect(await judge(env, columns)).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining(word),
    });
  });

  it('lets LC_ALL win over LANG', async () => {
    expect((await judge({ ...GOOD, LC_ALL: 'C' })).status).toBe('warn');
  });
});

describe('the configuration', () => {
  const judge = (places: ReturnType<typeof temporaryPlaces>) =>
    configurationProbe(createConfigReader({ places, env: {}, flags: {} })).run(signal);

  it('fails with file, line and hint', async () => {
    const places = temporaryPlaces();
    put(join(places.config, 'config.yaml'), 'levle: strict\n');
    expect(await judge(places)).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('config.yaml:1:1'),
      remedy: 'Did you mean level?',
    });
  });

  it('counts what waits for trust', async () => {
    const places = temporaryPlaces();
    expect(await judge(places)).toMatchObject({ status: 'ok' });
    put(join(places.workspace, '.tinycode', 'prompts', 'a'), '');
    expect(await judge(places)).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('1 file waits'),
      remedy: expect.stringContaining('tinycode trust'),
    });
  });
});

describe('the workspace', () => {
  it('is a folder that one can write to', async () => {
    const { workspace } = temporaryPlaces();
    const judge = (path: string, warnings: readonly string[] = []) =>
      workspaceProbe(path, warnings).run(signal);
    expect(await judge(workspace)).toMatchObject({ status: 'ok' });
    expect(await judge(workspace, ['It is your home.'])).toMatchObject({ status: 'warn' });
    expect(await judge(join(workspace, 'gone'))).toMatchObject({ status: 'fail' });
  });
});

describe('the optional packages', () => {
  it('are fine whether they are there or not', async () => {
    expect((await nativesProbe().run(signal)).status).toBe('ok');
  });
});
