import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTalkStore } from '../../../src/adapters/sqlite/talk-store.ts';
import type { Exchange } from '../../../src/core/models/exchange.ts';
import type { TalkEnd, TalkHead } from '../../../src/core/models/talk.ts';
import type { KeptTalks } from '../../../src/ports.ts';
import { temporaryFolder } from '../../support/files.ts';

const head: TalkHead = {
  run: 'r1',
  line: 'ask x',
  at: '2026-01-01T00:00:00.000Z',
  door: 'headless',
  mode: 'chat',
  level: 'standard',
  model: { kind: 'ready', name: 'tiny' },
  chosen: '',
  hosts: 'h:1',
  turns: 0,
};
const end: TalkEnd = { outcome: 'done', turns: 1, answers: [], plan: null };
const exchange = (size: number): Exchange => ({
  request: { method: 'GET', path: '/api/tags' },
  reply: { status: 200, lines: [{ afterMs: 1, text: 'x'.repeat(size) }], end: 'complete' },
});

function openStore(limits = { exchange: 1000, session: 2000, total: 4000 }) {
  const path = join(temporaryFolder(), 'state', 'talks.db');
  const store = createTalkStore({ path, limits });
  const list = (session: string): KeptTalks => {
    const kept = createTalkStore({ path }).list(session);
    if (!kept.ok) throw new Error(kept.error.message);
    return kept.value;
  };
  const keep = (session: string, command: number, ...exchanges: readonly (Exchange | null)[]) =>
    store.keep({ session, command, head }, exchanges, null);
  return { path, store, list, keep };
}

describe('the store of talks', () => {
  it('makes nothing by looking or forgetting', () => {
    const { path, store, list } = openStore();
    expect(list('a')).toEqual({ talks: [], givenUp: 0 });
    expect(store.forget('a')).toEqual({ ok: true, value: undefined });
    expect(existsSync(path)).toBe(false);
  });

  it('adds to a talk in order, and gives it back to another process with its end', () => {
    const { store, list, keep } = openStore();
    keep('a', 1, exchange(1));
    keep('a', 1, exchange(2));
    keep('a', 2, exchange(3));
    store.keep({ session: 'a', command: 1, head }, [], end);
    expect(list('a').talks).toMatchObject([
      { head, end, exchanges: [exchange(1), exchange(2)], leftOut: 0 },
      { end: null, exchanges: [exchange(3)] },
    ]);
    expect(list('b').talks).toEqual([]);
  });

  it('leaves out what is too large, and what a session has no more room for, and counts it', () => {
    const { list, keep } = openStore();
    keep('a', 1, exchange(1500), exchange(700), null);
    keep('a', 2, exchange(700), exchange(700), exchange(10));
    expect(list('a').talks).toMatchObject([
      { exchanges: [exchange(700)], leftOut: 2 },
      { exchanges: [exchange(700), exchange(10)], leftOut: 1 },
    ]);
  });

  it('gives up the talks of the session that spoke least lately, and says how many there were', () => {
    const { list, keep } = openStore();
    keep('old', 1, exchange(600));
    keep('new', 1, exchange(600));
    keep('old', 2, exchange(600));
    keep('third', 1, exchange(600), exchange(600), exchange(600));
    keep('fourth', 1, exchange(600), exchange(600));
    expect(list('new')).toEqual({ talks: [], givenUp: 1 });
    expect(list('old').givenUp + list('old').talks.length).toBe(2);
    expect(list('fourth').talks).toMatchObject([{ leftOut: 0 }]);
  });

  it('forgets a session with all that it said', () => {
    const { store, list, keep } = openStore();
    keep('a', 1, exchange(1));
    keep('b', 1, exchange(1));
    store.forget('a');
    expect(list('a')).toEqual({ talks: [], givenUp: 0 });
    expect(list('b').talks).toHaveLength(1);
  });
});
