import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfigReader } from '../../../src/adapters/files/config-reader.ts';
import { configSchema } from '../../../src/commands/config/schema.ts';
import { configSet } from '../../../src/commands/config/set.ts';
import { configShow } from '../../../src/commands/config/show.ts';
import { configUnset } from '../../../src/commands/config/unset.ts';
import { settingsSchema } from '../../../src/core/config/schema.ts';
import { ALL_SETTINGS } from '../../../src/core/config/settings.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';
import { tryCommand } from '../../support/try-command.ts';

const world = (env: Record<string, string> = {}) => {
  const places = temporaryPlaces();
  const readers = { config: createConfigReader({ places, env, flags: {} }) };
  return { places, readers };
};
const doneText = (outcome: unknown): string =>
  (outcome as { value: { done: { text: string } } }).value.done.text;

describe('config show', () => {
  it('tells every value, its source, its place and what is held back', async () => {
    const { places, readers } = world({ TINYCODE_MODEL: 'small' });
    put(join(places.workspace, '.tinycode', 'config.yaml'), 'level: permissive\n');
    const { result, blocks } = await tryCommand(configShow, [], readers);
    expect(result).toMatchObject({ ok: true, value: { kind: 'looked' } });
    const data = result.ok && result.value.kind === 'looked' && result.value.data;
    expect(data).toHaveLength(ALL_SETTINGS.length);
    expect(data).toContainEqual(
      expect.objectContaining({
        key: 'level',
        value: 'standard',
        source: 'default',
        heldBack: 'permissive',
      }),
    );
    expect(blocks[0]).toMatchObject({
      kind: 'table',
      columns: ['key', 'value', 'source', 'from', 'held back'],
      rows: expect.arrayContaining([
        ['level', 'standard', 'default', '', 'permissive'],
        ['model', 'small', 'environment', 'TINYCODE_MODEL', ''],
      ]),
    });
    expect(blocks[1]).toMatchObject({ text: expect.stringContaining('wait for your trust') });
  });

  it('shows one setting alone', async () => {
    const { readers } = world();
    const { result } = await tryCommand(configShow, ['model'], readers);
    expect(result).toMatchObject({ ok: true, value: { data: [{ key: 'model', value: '' }] } });
  });

  it('names the nearest key for an unknown one', async () => {
    const { result } = await tryCommand(configShow, ['modle'], world().readers);
    expect(result).toMatchObject({ ok: false, error: { hint: 'Did you mean model?' } });
  });
});

describe('config set', () => {
  it('asks for the change and makes none itself', async () => {
    const { result } = await tryCommand(configSet, ['ui.ascii', 'yes'], world().readers);
    expect(result).toMatchObject({
      ok: true,
      value: {
        kind: 'steered',
        changes: [{ kind: 'config.set', scope: 'user', key: 'ui.ascii', value: true }],
      },
    });
  });

  it.each([
    [['levle', 'strict'], 'not-found'],
    [['level', 'lax'], 'invalid'],
    [['level', 'strict', '--scope', 'world'], 'usage'],
  ])('refuses %j before anything is written', async (words, code) => {
    const { result } = await tryCommand(configSet, words, world().readers);
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  it('tells what wins over the new value', async () => {
    const { places, readers } = world({ TINYCODE_LEVEL: 'paranoid' });
    const set = await tryCommand(configSet, ['level', 'strict'], readers);
    expect(doneText(set.result)).toContain('TINYCODE_LEVEL says paranoid');
    put(join(places.workspace, '.tinycode', 'config.yaml'), 'mode: chat\n');
    const other = await tryCommand(configSet, ['mode', 'execute'], readers);
    expect(doneText(other.result)).toContain('The workspace says chat');
  });

  it('tells that a workspace waits for trust with what loosens, and only with that', async () => {
    const { readers } = world();
    const loose = ['level', 'permissive', '--scope', 'workspace'];
    expect(doneText((await tryCommand(configSet, loose, readers)).result)).toContain('trust');
    const tight = ['level', 'strict', '--scope', 'workspace'];
    expect(doneText((await tryCommand(configSet, tight, readers)).result)).not.toContain('trust');
  });
});

describe('config unset', () => {
  it('asks for the change, and knows no other keys', async () => {
    const { readers } = world();
    const words = ['level', '--scope', 'workspace'];
    expect((await tryCommand(configUnset, words, readers)).result).toMatchObject({
      ok: true,
      value: { changes: [{ kind: 'config.unset', scope: 'workspace', key: 'level' }] },
    });
    expect((await tryCommand(configUnset, ['levl'], readers)).result).toMatchObject({
      ok: false,
      error: { hint: 'Did you mean level?' },
    });
  });
});

describe('config schema', () => {
  it('prints the schema', async () => {
    const { result } = await tryCommand(configSchema, [], world().readers);
    expect(result).toMatchObject({ ok: true, value: { data: settingsSchema() } });
  });
});
