import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCheckpointStore } from '../src/adapters/sqlite/checkpoint-store.ts';
import { openForWriting } from '../src/adapters/sqlite/open-database.ts';
import { createPlanStore } from '../src/adapters/sqlite/plan-store.ts';
import type { Plan, Result } from '../src/core/types.ts';
import type { CheckpointDraft } from '../src/ports.ts';

/**
 * What it costs that nothing is done without its pre-image: the beginning, and the beginning with
 * the end, of a batch of steps against one plain transaction that inserts the same bytes at the
 * same durability. Both sides take turns within one run. Then a plan of ten thousand steps.
 */
const ROUNDS = 60;
const BATCH = 64;
const BYTES = 4096;
const STEPS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'checkpoint-bench-'));
const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
try {
  print(['what', 'ms', 'of plain']);
  benchBatches();
  benchPlan();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function benchBatches(): void {
  const store = createCheckpointStore({ path: join(folder, 'checkpoints.db'), clock });
  const insert = openPlain();
  const times = { plain: [] as number[], begin: [] as number[], both: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const { drafts, blobs } = batchOf(round);
    times.plain.push(measure(() => insert(blobs)));
    let ids: readonly number[] = [];
    const begin = measure(() => {
      ids = must(store.begin(drafts, blobs));
    });
    times.begin.push(begin);
    times.both.push(begin + measure(() => must(store.end(ids, 'done'))));
  }
  store.close();
  const plain = median(times.plain);
  report(`plain INSERT of ${BATCH} files`, plain, plain);
  report(`begin ${BATCH} steps`, median(times.begin), plain);
  report(`begin and end ${BATCH} steps`, median(times.both), plain);
}

function benchPlan(): void {
  const store = createPlanStore({ path: join(folder, 'plans.db'), clock });
  const plan = planOf(STEPS);
  const says = { by: 'bench' };
  report(
    `keep a plan of ${STEPS} steps`,
    measure(() => must(store.keep(plan, [], says, null))),
  );
  const states = plan.steps.map(({ id }) => ({ id, status: 'waiting' }) as const);
  must(store.setStatus(plan.id, 'approved', []));
  const say = (count: number) => () =>
    must(store.setStatus(plan.id, 'running', states.slice(0, count)));
  for (const count of [BATCH, STEPS]) {
    const times = Array.from({ length: 20 }, () => measure(say(count)));
    report(`  say where ${count} of them are`, median(times));
  }
  const find = () => must(store.find(plan.id));
  report('  find it', median(Array.from({ length: 20 }, () => measure(find))));
  const list = () => must(store.list());
  report('  list it', median(Array.from({ length: 20 }, () => measure(list))));
  store.close();
}

function batchOf(round: number) {
  const blobs = new Map<string, Uint8Array>();
  const drafts = Array.from({ length: BATCH }, (_, number): CheckpointDraft => {
    const bytes = Buffer.alloc(BYTES, `${round} ${number} export const total = 1;\n`);
    const hash = createHash('sha256').update(bytes).digest('hex');
    blobs.set(hash, bytes);
    const image = { path: `src/module-${number}/index.ts`, kind: 'file', mode: 0o644 } as const;
    const before = { ...image, hash, size: BYTES };
    const after = { ...image, hash: 'ab'.repeat(32), size: BYTES };
    return { plan: `p-${round}`, step: `s${number}`, entries: [{ before, after }] };
  });
  return { drafts, blobs };
}

/** The same bytes under the same key, and nothing else. */
function openPlain(): (blobs: ReadonlyMap<string, Uint8Array>) => void {
  const db = must(openForWriting(join(folder, 'plain.db')));
  db.exec('CREATE TABLE blobs (hash TEXT PRIMARY KEY, size INTEGER, bytes BLOB) STRICT');
  const insert = db.prepare('INSERT INTO blobs VALUES (?, ?, ?)');
  return (blobs) => {
    db.prepare('BEGIN IMMEDIATE').run();
    for (const [hash, bytes] of blobs) insert.run(hash, bytes.byteLength, bytes);
    db.prepare('COMMIT').run();
  };
}

function planOf(count: number): Plan {
  const steps = Array.from({ length: count }, (_, number) => {
    const path = `src/${number}.ts`;
    return {
      id: `s${number}`,
      title: `Write ${path}`,
      why: 'The module is split.',
      action: { kind: 'file.write', path, content: 'export const total = 1;\n'.repeat(4) },
      risk: 'low',
      dependsOn: [],
      check: false,
      before: [{ path, kind: 'absent' }],
      after: [{ path, kind: 'file', hash: 'ab'.repeat(32), size: 96, mode: 0o644 }],
      effects: { runs: [], writes: [path], deletes: [], network: [], isReversible: true },
    } as const;
  });
  const origin = { kind: 'rules', text: 'split the module' } as const;
  return { id: 'p-1', goal: origin.text, origin, steps, open: [], hash: 'cd'.repeat(32) };
}

function measure(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function report(what: string, ms: number, plain?: number): void {
  print([what, ms.toFixed(2), plain === undefined ? '-' : (ms / plain).toFixed(2)]);
}

function print(columns: readonly string[]): void {
  const widths = [34, 9, 9];
  console.log(columns.map((text, index) => text.padEnd(widths[index] ?? 0)).join(' '));
}
