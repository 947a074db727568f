import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditLog } from '../src/adapters/sqlite/audit-log.ts';
import { openForWriting } from '../src/adapters/sqlite/open-database.ts';
import { createHashing } from '../src/adapters/system/hashing.ts';
import { recordText } from '../src/core/audit/record.ts';
import type { AuditDraft, Result } from '../src/core/types.ts';

/**
 * What docs/audit-log.md speaks of: an append against a plain INSERT of the same columns
 * at the same durability, a verification against a bare SHA-256 loop over the same bytes. Both
 * sides take turns within one run, so that a noisy machine disturbs both.
 */
const ROUNDS = 40;
/** They take turns within a round, which is long enough for two syncs of the journal. */
const TURNS_A_ROUND = 15;
const APPENDS_A_TURN = 10;
/** A log that is over before a second thread could start, and one that two share. */
const VERIFIED_RECORDS = [20_000, 100_000];
const HASH = 'ab'.repeat(32);
const hashing = createHashing();
/** Of the build; without it a long log is verified in one thread. */
const CO_READER = join(import.meta.dirname, '..', 'audit-co-reader.js');

const folder = mkdtempSync(join(tmpdir(), 'audit-bench-'));
try {
  print(['what', 'a record', 'of', 'ratio', 'wanted']);
  benchAppend();
  for (const records of VERIFIED_RECORDS) benchVerify(records);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function benchAppend(): void {
  const log = openLog('append');
  const insert = openPlain();
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let ourMs = 0;
    let plainMs = 0;
    for (let turn = 0; turn < TURNS_A_ROUND; turn++) {
      const start = (round * TURNS_A_ROUND + turn) * APPENDS_A_TURN + 1;
      plainMs += measure(() => {
        for (let n = start; n < start + APPENDS_A_TURN; n++) insert(n);
      });
      ourMs += measure(() => {
        for (let n = start; n < start + APPENDS_A_TURN; n++) must(log.append(draftOf(n)));
      });
    }
    ours.push(ourMs);
    plain.push(plainMs);
  }
  log.close();
  const appends = TURNS_A_ROUND * APPENDS_A_TURN;
  const ratios = ours.map((ourMs, round) => (plain[round] ?? 0) / ourMs);
  report(
    'append / plain INSERT',
    median(ours) / appends,
    median(plain) / appends,
    '0.8',
    median(ratios),
  );
  const [low, high] = [0.25, 0.75].map((part) => quantile(ratios, part).toFixed(2));
  console.log(`half of the rounds between ${low} and ${high}`);
}

function benchVerify(records: number): void {
  const log = openLog('verify');
  const newest = must(log.list({ last: 1 }))[0]?.sequence ?? 0;
  for (let n = newest; n < records; n++) must(log.append(draftOf(n)));
  must(log.seal());
  log.close();
  const texts = [...must(log.entries())].map(({ details, ...entry }) => {
    const record = { ...entry, details: hashing.canonical(details) };
    return record.previous_hash + recordText(record);
  });
  const { signal } = new AbortController();
  const verify = best(() => {
    const { state } = must(log.verify(signal));
    if (state !== 'intact') throw new Error(state);
  });
  const hashObjects = best(() => {
    for (const text of texts) createHash('sha256').update(text).digest('hex');
  });
  const oneShot = best(() => {
    for (const text of texts) hashing.sha256(text);
  });
  const of = `${records / 1000}k`;
  report(`verify ${of} / createHash`, verify / texts.length, hashObjects / texts.length, '0.5');
  report(`verify ${of} / crypto.hash`, verify / texts.length, oneShot / texts.length, '-');
}

function openLog(name: string) {
  const places = { state: join(folder, name, 'state'), config: join(folder, name, 'config') };
  const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  return createAuditLog({ places, clock, hashing, user: 'bench', coReader: CO_READER });
}

/** The same table and the same columns, without a chain and without anything outside. */
function openPlain(): (sequence: number) => void {
  const db = must(openForWriting(join(folder, 'plain.db')));
  db.exec(
    'CREATE TABLE records (sequence INTEGER PRIMARY KEY, timestamp TEXT NOT NULL, session TEXT NOT NULL, action TEXT NOT NULL, mode TEXT NOT NULL, user TEXT NOT NULL, details TEXT NOT NULL, risk_level TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT',
  );
  const statement = db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  return (sequence) => {
    const { session, action, mode, details, risk_level } = draftOf(sequence);
    begin.run();
    statement.run(
      sequence,
      new Date().toISOString(),
      session,
      action,
      mode,
      'bench',
      JSON.stringify(details),
      risk_level,
      HASH,
      HASH,
    );
    commit.run();
  };
}

function draftOf(number: number): AuditDraft {
  return {
    session: 's-20240102-abcdef',
    action: number % 2 === 0 ? 'shell.run.started' : 'shell.run.done',
    mode: 'execute',
    risk_level: 'low',
    details: {
      plan: 'p-17',
      plan_hash: HASH,
      step: 'a',
      argv: ['npm', 'run', 'test', '--', `--shard=${number}`],
      cwd: 'packages/core',
      exitCode: 0,
      rung: 'L2',
    },
  };
}

function measure(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}

function best(act: () => void): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => measure(act)));
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function report(
  what: string,
  oursMs: number,
  othersMs: number,
  wanted: string,
  ratio = othersMs / oursMs,
): void {
  const micros = (ms: number) => `${(ms * 1000).toFixed(2)} µs`;
  print([what, micros(oursMs), micros(othersMs), ratio.toFixed(2), wanted]);
}

function print(columns: readonly string[]): void {
  const widths = [26, 12, 12, 7, 7];
  console.log(columns.map((text, index) => text.padEnd(widths[index] ?? 0)).join(' '));
}
