import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlaces } from '../../src/adapters/system/places.ts';
import type { AuditEntry, Block, Result } from '../../src/core/types.ts';
import { openSession } from '../../src/runtime/session.ts';
import { openDeps } from '../../src/wire/deps.ts';
import { readSettings } from '../../src/wire/settings.ts';
import { temporaryFolder } from '../support/files.ts';

/** A session over the real adapters, in folders of its own. */
function openLab(prepare: (home: string) => void = () => {}) {
  const home = temporaryFolder();
  const cwd = join(home, 'project');
  mkdirSync(cwd);
  prepare(home);
  const env = { OLLAMA_HOST: '127.0.0.1:9' };
  const places = findPlaces({ cwd, env, home, platform: process.platform });
  const start = { line: { globals: {}, words: [] }, version: 'test', places, env };
  const { reader, settings } = readSettings(start);
  const deps = openDeps(start, reader, settings, { hasTerminal: false, input: null });
  const shown: Block[] = [];
  const session = openSession(deps, {
    opening: {
      session: 's1',
      workspace: places.workspace,
      door: 'headless',
      mode: 'chat',
      level: 'standard',
    },
    resumed: null,
    isRecorded: true,
    listener: { show: (block) => void shown.push(block) },
  });
  const records = (): readonly AuditEntry[] => must(deps.readers.audit.list({}));
  const { audit } = deps.readers;
  return { session, shown, records, audit, configFile: join(places.config, 'config.yaml') };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('a session over real parts', () => {
  it('records the intent of a change before it and the result after it', async () => {
    const { session, records, configFile } = openLab();
    expect(await session.enter('config set level strict')).toMatchObject({ ok: true });
    expect(existsSync(configFile)).toBe(true);
    expect(
      records().map(({ action, details }) => [action, details.phase ?? details.outcome]),
    ).toEqual([
      ['session.started', undefined],
      ['config.set', 'intent'],
      ['config.set', 'done'],
      ['command', 'done'],
    ]);
    await session.close();
  });

  it('changes nothing when the intent cannot be recorded, and says so', async () => {
    const { session, configFile } = openLab((home) => {
      mkdirSync(join(home, '.config/tinycode'), { recursive: true });
      // Where the log keeps its keys there is a file, so nothing can be recorded.
      writeFileSync(join(home, '.config/tinycode/audit'), '');
    });
    expect(session.state().log.kind).toBe('broken');
    expect(await session.enter('config set level strict')).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: expect.stringContaining('nothing can be recorded') },
    });
    expect(existsSync(configFile)).toBe(false);
    expect(await session.enter('config show level')).toMatchObject({ ok: true });
    await session.close();
  });

  it('records what was refused, and with which code', async () => {
    const { session, records } = openLab();
    await session.enter('audit prune 3');
    await session.enter('frobnicate');
    const refused = records().filter(({ action }) => action === 'command');
    expect(refused.map(({ details }) => details)).toEqual([
      { line: 'audit prune 3', outcome: 'mode' },
      { line: 'frobnicate', outcome: 'unknown-command' },
    ]);
    await session.close();
  });

  it('keeps secrets that were typed out of the log', async () => {
    const { session, records } = openLab();
    const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
    await session.enter(
      `policy check 'curl -H "Authorization: Bearer ${token}" https://x.example'`,
    );
    expect(JSON.stringify(records())).not.toContain(token);
    await session.close();
  });

  it('runs lines in the order in which they were entered, one at a time', async () => {
    const { session, shown } = openLab();
    const ends = [session.enter('mode propose'), session.enter('mode'), session.enter('level')];
    expect(session.state().queued).toHaveLength(2);
    const [, second] = await Promise.all(ends);
    expect(second).toMatchObject({ ok: true, value: { data: { mode: 'propose' } } });
    expect(shown[0]).toMatchObject({ text: expect.stringContaining('Mode propose') });
    await session.close();
  });

  it('seals the log when it ends, and what it said can be proven', async () => {
    const { session, records, audit } = openLab();
    await session.enter('mode propose');
    const before = must(audit.head()).epoch;
    await session.close();
    expect(records().at(-1)).toMatchObject({ action: 'session.ended' });
    expect(must(audit.head()).epoch).toBe(before + 1);
    expect(must(audit.verify(new AbortController().signal))).toMatchObject({ state: 'intact' });
  });
});
