import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSessionStore } from '../../../src/adapters/sqlite/session-store.ts';
import { temporaryFolder } from '../../support/files.ts';

const me = { pid: 100, born: 'a' };

function openStore(path: string, own = me, living: readonly number[] = []) {
  let now = Date.UTC(2026, 0, 1);
  const tick = () => {
    now += 1000;
    return new Date(now);
  };
  return createSessionStore({
    path,
    clock: { now: tick, monotonicMs: () => 0 },
    processes: { own, isAlive: ({ pid }) => pid === own.pid || living.includes(pid) },
  });
}

const create = (store: ReturnType<typeof openStore>, id: string) =>
  store.create({ id, door: 'terminal', mode: 'chat', level: 'standard' });
const entered = (line: string) => ({ kind: 'line.entered', line }) as const;

describe('the session store', () => {
  it('creates nothing by looking', () => {
    const path = join(temporaryFolder(), 'sessions.db');
    expect(openStore(path).list()).toEqual({ ok: true, value: [] });
    expect(existsSync(path)).toBe(false);
  });

  it('gives back events in their order, to another process too', () => {
    const path = join(temporaryFolder(), 'sessions.db');
    const store = openStore(path);
    create(store, 'abc');
    store.append('abc', entered('one'));
    store.append('abc', entered('two'));
    expect(openStore(path).events('abc')).toEqual({
      ok: true,
      value: [entered('one'), entered('two')],
    });
    expect(store.find('ab')).toMatchObject({ ok: true, value: { id: 'abc', events: 2 } });
  });

  it('finds a session by the beginning of its id, and refuses a beginning of two', () => {
    const store = openStore(join(temporaryFolder(), 'sessions.db'));
    create(store, 'abc');
    create(store, 'abd');
    expect(store.find('abc')).toMatchObject({ ok: true });
    expect(store.find('ab')).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(store.find('%')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(store.find('')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('lets nobody take a session that a living process holds', () => {
    const path = join(temporaryFolder(), 'sessions.db');
    create(openStore(path), 'abc');
    const other = openStore(path, { pid: 200, born: 'b' }, [100]);
    expect(other.hold('abc')).toMatchObject({ ok: false, error: { code: 'busy' } });
    const afterCrash = openStore(path, { pid: 200, born: 'b' });
    expect(afterCrash.hold('abc')).toEqual({ ok: true, value: undefined });
    expect(afterCrash.list()).toMatchObject({ value: [{ isHeld: true }] });
    afterCrash.release('abc');
    expect(afterCrash.list()).toMatchObject({ value: [{ isHeld: false }] });
  });

  it('keeps what describes a session and the newest first', () => {
    const store = openStore(join(temporaryFolder(), 'sessions.db'));
    create(store, 'a');
    create(store, 'b');
    store.describe('a', { title: 'rounding', mode: 'propose' });
    expect(store.list()).toMatchObject({
      value: [{ id: 'a', title: 'rounding', mode: 'propose', level: 'standard' }, { id: 'b' }],
    });
  });

  it('remembers entered lines across sessions, each once, newest last', () => {
    const store = openStore(join(temporaryFolder(), 'sessions.db'));
    create(store, 'a');
    for (const line of ['x', 'y', 'x']) store.append('a', entered(line));
    create(store, 'b');
    store.append('b', entered('z'));
    expect(store.history(10)).toEqual({ ok: true, value: ['y', 'x', 'z'] });
  });

  it('forgets a deleted session and its lines', () => {
    const store = openStore(join(temporaryFolder(), 'sessions.db'));
    create(store, 'a');
    store.append('a', entered('x'));
    expect(store.delete('a')).toMatchObject({ ok: true });
    expect(store.events('a')).toEqual({ ok: true, value: [] });
    expect(store.delete('a')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('says that a damaged file cannot be read and leaves it as it was', () => {
    const path = join(temporaryFolder(), 'sessions.db');
    writeFileSync(
      path,
      'this is no database, and it is long enough to be taken for one. '.repeat(20),
    );
    const before = readFileSync(path, 'utf8');
    const store = openStore(path);
    expect(store.list()).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    expect(create(store, 'a')).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});
