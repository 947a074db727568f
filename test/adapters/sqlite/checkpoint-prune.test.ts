import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openLasting } from '../../../src/adapters/sqlite/lasting-database.ts';
import { must } from '../../support/audit-lab.ts';
import { blobsOf, draftOf, newCheckpointLab, sha256 } from '../../support/checkpoint-lab.ts';
import { fc } from '../../support/fc.ts';
import { mountSmall } from '../../support/small-disk.ts';

const RUNS = Number(process.env.CHECKPOINT_RUNS ?? 60);

const text = fc.constantFrom('a', 'b', 'c', 'd', 'e').map((letter) => letter.repeat(400));
const texts = fc.array(text, { maxLength: 3 });
const plan = fc.constantFrom('p', 'q', 'r');
const act = fc.oneof(
  fc.record({
    act: fc.constant('begin' as const),
    plan,
    batch: fc.array(texts, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    act: fc.constant('end' as const),
    at: fc.nat(),
    status: fc.constantFrom('done' as const, 'reverted' as const, 'undone' as const),
  }),
  fc.record({ act: fc.constant('prune' as const), at: fc.nat(), count: fc.nat(4) }),
);

describe('after any sequence of beginnings, ends and prunings', () => {
  it.each([
    ['in a store with room for all', 1_000_000],
    ['in a store where older ones have to make room', 6000],
  ])('every entry has its bytes, and no bytes are without an entry, %s', (_, quotaBytes) => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const lab = newCheckpointLab(quotaBytes);
        const store = lab.open();
        const open = new Set<number>();
        for (const each of acts) {
          const ids = must(store.list({})).map(({ id }) => id);
          const from = each.act === 'begin' ? 0 : each.at % (ids.length + 1);
          if (each.act === 'begin') {
            const drafts = each.batch.map((files, at) => draftOf(each.plan, `${at}`, ...files));
            const begun = store.begin(drafts, blobsOf(...each.batch.flat()));
            if (begun.ok) for (const id of begun.value) open.add(id);
            else expect(begun.error.code).toBe('limit');
          } else if (each.act === 'end') {
            const [id] = ids.slice(from);
            if (id === undefined) continue;
            must(store.end([id], each.status));
            open.delete(id);
          } else {
            const chosen = ids.slice(from, from + each.count);
            const pruned = store.prune(chosen);
            expect(pruned.ok).toBe(!chosen.some((id) => open.has(id)));
          }
          const listed = must(store.list({}));
          const needed = new Set<string>();
          for (const { before } of listed.flatMap(({ entries }) => entries)) {
            if (before.kind === 'file') needed.add(before.hash);
          }
          for (const hash of needed) expect(sha256(must(store.blob(hash)))).toBe(hash);
          expect(must(store.usage()).bytes).toBeLessThanOrEqual(quotaBytes);
          const left = listed.filter(({ status }) => status === 'open').map(({ id }) => id);
          expect(left).toEqual([...open]);
        }
        store.close();
        expectNoOrphans(lab.path);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('pruning very much', () => {
  it('needs no room for all that goes, which a full disk has not', (context) => {
    const { root, path, open } = newCheckpointLab();
    if (!mountSmall(root, '64m')) {
      console.log('skipped: a small disk can be mounted by root only');
      return context.skip();
    }
    const store = open();
    const ids = [...'abcde'].flatMap((letter) => {
      const large = letter.repeat(9_000_000);
      return must(store.begin([draftOf('p', letter, large)], blobsOf(large)));
    });
    must(store.end(ids, 'done'));
    store.close();
    expect(statSync(path).size).toBeGreaterThan(45_000_000);
    const again = open();
    expect(must(again.prune(ids.slice(0, 4))).freedBytes).toBeGreaterThan(36_000_000);
    expect(must(again.list({})).map(({ step }) => step)).toEqual(['e']);
    expect(must(again.blob(sha256('e'.repeat(9_000_000))))).toHaveLength(9_000_000);
    expect(statSync(path).size).toBeLessThan(10_000_000);
    expect(statSync(`${path}-wal`).size).toBe(0);
    again.close();
  });
});

/** What lies in the tables, and what they say about themselves. */
function expectNoOrphans(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
  const db = openLasting(path, {});
  const count = (sql: string) => db.prepare(sql).pluck().get();
  expect(
    count(
      'SELECT count(*) FROM blobs WHERE hash NOT IN (SELECT blob FROM entries WHERE blob IS NOT NULL)',
    ),
  ).toBe(0);
  expect(
    count('SELECT count(*) FROM entries WHERE checkpoint NOT IN (SELECT id FROM checkpoints)'),
  ).toBe(0);
  const total = count(
    `SELECT (SELECT coalesce(sum(length(bytes)), 0) FROM blobs)
       + (SELECT coalesce(sum(octet_length(before) + octet_length(after)), 0) FROM entries)`,
  );
  expect(count('SELECT bytes FROM totals')).toBe(total);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
}
