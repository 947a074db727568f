import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createConfigReader } from '../../../src/adapters/files/config-reader.ts';
import { createTrustWriter } from '../../../src/adapters/files/trust-file.ts';
import { createRunProgram } from '../../../src/adapters/system/run-program.ts';
import { LEVELS, MODES } from '../../../src/core/types.ts';
import type { Configuration, Places } from '../../../src/ports.ts';
import { fc } from '../../support/fc.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';

const signal = new AbortController().signal;
const userFile = (places: Places) => join(places.config, 'config.yaml');
const workspaceFile = (places: Places) => join(places.workspace, '.tinycode', 'config.yaml');
const read = (places: Places, env: Record<string, string> = {}, flags = {}) =>
  createConfigReader({ places, env, flags }).load();
const load = (...args: Parameters<typeof read>): Configuration => {
  const loaded = read(...args);
  if (!loaded.ok) throw new Error(loaded.error.message);
  return loaded.value;
};
const setting = (configuration: Configuration, key: string) =>
  configuration.all.find((candidate) => candidate.key === key);
const trustAll = (places: Places, configuration: Configuration) => {
  mkdirSync(places.state, { recursive: true });
  const clock = { now: () => new Date(0), monotonicMs: () => 0 };
  const prepareState = () => ({ ok: true, value: undefined }) as const;
  return createTrustWriter({ places, clock, prepareState }).grant(configuration.untrusted);
};

describe('load', () => {
  it('gives the defaults where there is no file', () => {
    const configuration = load(temporaryPlaces());
    expect(configuration.settings).toMatchObject({ mode: 'chat', level: 'standard' });
    expect(configuration).toMatchObject({ untrusted: [], warnings: [] });
  });

  it('lets user, workspace, environment and flags win in that order, and names each', () => {
    const places = temporaryPlaces();
    put(userFile(places), 'level: permissive\nmode: execute\nmodel: own\neditor: ed\n');
    put(workspaceFile(places), 'level: strict\nmode: propose\n');
    const env = { TINYCODE_MODE: 'chat', TINYCODE_MODEL: 'other', EDITOR: 'nano' };
    const configuration = load(places, env, { mode: 'execute' });
    const told = Object.fromEntries(
      configuration.all.map(({ key, value, source, from }) => [key, [value, source, from]]),
    );
    expect(told).toMatchObject({
      level: ['strict', 'workspace', workspaceFile(places)],
      mode: ['execute', 'flag', '--mode'],
      model: ['other', 'environment', 'TINYCODE_MODEL'],
      editor: ['ed', 'user', userFile(places)],
      'ui.ascii': [false, 'default', undefined],
    });
  });

  it('holds back what a workspace loosens until that very file is trusted', () => {
    const places = temporaryPlaces();
    put(userFile(places), 'level: strict\n');
    put(workspaceFile(places), 'level: standard\nollama: { host: "evil:1" }\n');
    const before = load(places);
    expect(before.settings).toMatchObject({ level: 'strict', ollamaHost: '127.0.0.1:11434' });
    expect(setting(before, 'level')?.heldBack).toBe('standard');
    expect(before.untrusted).toEqual([
      { path: '.tinycode/config.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);

    expect(trustAll(places, before).ok).toBe(true);
    const after = load(places);
    expect(after.settings).toMatchObject({ level: 'standard', ollamaHost: 'evil:1' });
    expect(after.untrusted).toEqual([]);

    put(workspaceFile(places), 'level: standard\nollama: { host: "evil:1" } \n');
    expect(load(places).settings).toMatchObject({ level: 'strict' });
  });

  it('does not ask about a workspace file that only tightens', () => {
    const places = temporaryPlaces();
    put(workspaceFile(places), 'level: paranoid\n');
    expect(load(places)).toMatchObject({ settings: { level: 'paranoid' }, untrusted: [] });
  });

  it('never lets a workspace file loosen anything before it is trusted', () => {
    const places = temporaryPlaces();
    const some = fc.record(
      {
        mode: fc.constantFrom(...MODES),
        level: fc.constantFrom(...LEVELS),
        model: fc.constantFrom('a', 'b'),
        ollama: fc.record({ host: fc.constantFrom('a:1', 'b:2') }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, some, (user, workspace) => {
        put(userFile(places), stringify(user));
        put(workspaceFile(places), '');
        const without = load(places).settings;
        put(workspaceFile(places), stringify(workspace));
        const { settings } = load(places);
        expect(LEVELS.indexOf(settings.level)).toBeGreaterThanOrEqual(
          LEVELS.indexOf(without.level),
        );
        expect(MODES.indexOf(settings.mode)).toBeLessThanOrEqual(MODES.indexOf(without.mode));
        const { mode: _, level: __, ...rest } = settings;
        expect(without).toMatchObject(rest);
      }),
      { numRuns: 60 },
    );
  });

  it('names file, line and nearest key for an unknown one', () => {
    const places = temporaryPlaces();
    put(workspaceFile(places), 'mode: chat\nlevl: strict\n');
    expect(read(places)).toMatchObject({
      ok: false,
      error: {
        message: `${workspaceFile(places)}:2:1: There is no setting "levl".`,
        hint: 'Did you mean level?',
      },
    });
  });

  it('refuses a workspace file that leads out of the workspace', () => {
    const places = temporaryPlaces();
    put(join(places.home, 'secret.yaml'), 'level: strict\n');
    mkdirSync(join(places.workspace, '.tinycode'));
    symlinkSync(join(places.home, 'secret.yaml'), workspaceFile(places));
    expect(read(places)).toMatchObject({ ok: false, error: { code: 'untrusted' } });
  });

  it('refuses a workspace folder that leads out of the workspace', () => {
    const places = temporaryPlaces();
    put(join(places.home, 'dot', 'config.yaml'), 'level: strict\n');
    symlinkSync(join(places.home, 'dot'), join(places.workspace, '.tinycode'));
    expect(read(places)).toMatchObject({ ok: false, error: { code: 'untrusted' } });
  });

  it('does not take a folder with the same beginning for the workspace', () => {
    const places = temporaryPlaces();
    const sibling = put(join(`${places.workspace}-evil`, 'c.yaml'), 'level: strict\n');
    mkdirSync(join(places.workspace, '.tinycode'));
    symlinkSync(sibling, workspaceFile(places));
    expect(read(places).ok).toBe(false);
  });

  it('follows a link of the user, and a link that stays in the workspace', () => {
    const places = temporaryPlaces();
    put(join(places.home, 'dotfiles', 'tc.yaml'), 'level: strict\n');
    mkdirSync(places.config, { recursive: true });
    symlinkSync(join(places.home, 'dotfiles', 'tc.yaml'), userFile(places));
    put(join(places.workspace, 'etc', 'tc.yaml'), 'mode: chat\n');
    mkdirSync(join(places.workspace, '.tinycode'));
    symlinkSync(join(places.workspace, 'etc', 'tc.yaml'), workspaceFile(places));
    expect(load(places).settings).toMatchObject({ level: 'strict', mode: 'chat' });
  });

  it('refuses a link that leads nowhere', () => {
    const places = temporaryPlaces();
    mkdirSync(join(places.workspace, '.tinycode'));
    symlinkSync(join(places.workspace, 'gone'), workspaceFile(places));
    expect(read(places)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  });

  it('refuses a file that is too big, a folder, and a pipe without waiting for it', async () => {
    const big = temporaryPlaces();
    put(workspaceFile(big), `#${'x'.repeat(256 * 1024)}`);
    expect(read(big)).toMatchObject({ ok: false, error: { code: 'limit' } });
    const folder = temporaryPlaces();
    mkdirSync(workspaceFile(folder), { recursive: true });
    expect(read(folder)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    const pipe = temporaryPlaces();
    mkdirSync(join(pipe.workspace, '.tinycode'));
    await createRunProgram('/usr/bin:/bin')('mkfifo', [workspaceFile(pipe)], signal);
    expect(read(pipe)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  });

  it('trusts nothing while the answers of old cannot be understood, and says so', () => {
    const places = temporaryPlaces();
    put(workspaceFile(places), 'level: permissive\n');
    expect(trustAll(places, load(places)).ok).toBe(true);
    expect(load(places).settings.level).toBe('permissive');
    put(join(places.state, 'trust.json'), '{"trusted": [{');
    const configuration = load(places);
    expect(configuration.settings.level).toBe('standard');
    expect(configuration.warnings?.join()).toContain('trust.json cannot be understood');
  });
});
