/**
 * The review screen: `node bench/run.js review`. Finds the hunks between two texts of 5,000 lines,
 * opens a review on them through the real painter, and times each key that scrolls. In the same
 * run, for a measure of the machine: cutting both texts into lines, 100 times.
 */
import stringWidth from 'string-width';
import { createDiffer } from '../src/adapters/diff/line-differ.ts';
import { splitLines } from '../src/core/diff/lines.ts';
import { isNarrow } from '../src/core/display/quick-width.ts';
import { ok } from '../src/core/result.ts';
import type { PlanRecord } from '../src/core/types.ts';
import { createDecoder } from '../src/tui/keys/decoder.ts';
import { createReviewScreen, type ReviewHost } from '../src/tui/review/review-screen.ts';
import type { ReviewSource } from '../src/tui/review/review-source.ts';
import { recordOf, reviewOf, stepOf } from '../test/support/memory-review.ts';
import { createDice } from '../test/support/texts.ts';

const LINES = 5_000;
const RUNS = 21;
const KEYS = 400;
const MUST = { diffMs: 50, openMs: 100, keyMs: 16 };

const dice = createDice(11);
const SOURCES = [
  'const price = round(line.price * line.count); // cents',
  '  if (a < b) {',
  '  }',
  '',
];
const old = Array.from({ length: LINES }, (_, at) => `${SOURCES[at % 4]} ${at}\n`);
const texts = {
  few: changed(0.02),
  thousands: changed(0.5),
  strangers: changed(0.99),
};
const before = old.join('');
const differ = createDiffer();

const failures: string[] = [];
console.log(`two texts of ${LINES} lines, medians of ${RUNS}, ms`);
for (const [name, after] of Object.entries(texts)) await bench(name, after);
for (const failure of failures) console.log(`MISSED  ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function bench(name: string, after: string): Promise<void> {
  const control = time(() => {
    for (let time = 0; time < 100; time++) splitLines(before).concat(splitLines(after));
  });
  const diffMs = median(repeat(() => void differ.hunks(before, after)));
  const opens: number[] = [];
  const first = await openOnce(after);
  for (let run = 0; run < RUNS; run++) opens.push((await openOnce(after)).tookMs);
  const keys = await timeKeys(after);
  const openMs = median(opens);
  const keyMs = quantile(keys, 0.95);
  const { length } = differ.hunks(before, after);
  console.log(
    `  ${name.padEnd(10)} ${length} hunks: diff ${f(diffMs)}, open ${f(openMs)} (first ${f(first.tookMs)}), key that scrolls median ${f(median(keys))}, p95 ${f(keyMs)}, most ${f(Math.max(...keys))}; control ${f(control)}, open/control ${f(openMs / control)}`,
  );
  if (diffMs > MUST.diffMs) failures.push(`${name}: diff ${f(diffMs)} ms`);
  if (openMs > MUST.openMs) failures.push(`${name}: open ${f(openMs)} ms`);
  if (keyMs > MUST.keyMs) failures.push(`${name}: key ${f(keyMs)} ms`);
}

function changed(share: number): string {
  return old
    .map((line) => (dice() < share ? `${line.trimEnd()} ${Math.floor(dice() * 1e6)}\n` : line))
    .join('');
}

type Opened = { readonly tookMs: number; readonly press: (bytes: string) => number };

/** From the plan and what its step changes to the bytes of the first frame that shows them. */
async function openOnce(after: string): Promise<Opened> {
  const record = recordOf([stepOf('1', { kind: 'file.edit', path: 'a.ts', content: after })]);
  const review = reviewOf('a.ts', before, after);
  let written = '';
  let now = 0;
  const host: ReviewHost = {
    write(data, onWritten) {
      written += data;
      onWritten();
    },
    size: () => ({ columns: 120, rows: 50 }),
    look: {
      width: (text) => (isNarrow(text) ? text.length : stringWidth(text)),
      isAscii: false,
      isReflowed: true,
    },
    coloring: 'color',
    mode: 'propose',
    nowMs: () => now,
    edit: async () => ok(''),
    onEnd() {},
  };
  const source = sourceOf(record, review);
  const from = performance.now();
  const screen = createReviewScreen(source, host);
  screen.enter();
  while (!written.includes('hunk 1 of')) await Promise.resolve();
  const tookMs = performance.now() - from;
  const decoder = createDecoder();
  return {
    tookMs,
    press(bytes) {
      now += 1_000;
      written = '';
      return time(() => screen.press(decoder.push(Buffer.from(bytes))));
    },
  };
}

/** Down the text and up again, by lines, pages and hunks, one below the other and side by side. */
async function timeKeys(after: string): Promise<readonly number[]> {
  const { press } = await openOnce(after);
  const names = ['\x1b[B', '\x1b[B', '\x1b[6~', 'j', '\x1b[B', '\x1b[A', '\x1b[6~', 'k'];
  const times: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    if (key === KEYS / 2) press('u');
    times.push(press(key % 100 === 99 ? '\x1b[F' : (names[key % names.length] ?? 'j')));
  }
  return times;
}

function sourceOf(record: PlanRecord, review: ReturnType<typeof reviewOf>): ReviewSource {
  return {
    record: () => record,
    changes: async () => ok([review]),
    cage: async () => ({ rung: 'L3', view: 'overlay', by: 'bwrap', holds: '', why: '' }),
    hunks: differ.hunks,
    amend: async () => ok(record),
    approve: async () => ok(undefined),
    reject: async () => ok(undefined),
    cannotSendBack: () => null,
  };
}

function time(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function repeat(work: () => void): readonly number[] {
  work();
  return Array.from({ length: RUNS }, () => time(work));
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function f(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}
