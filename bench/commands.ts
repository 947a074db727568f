import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PROGRAM = 'bin/tinycode.js';
const RUNS = 21;
const COMMANDS = 1000;

const corpus: readonly { readonly command: string }[] = JSON.parse(
  readFileSync('test/fixtures/commands/corpus.json', 'utf8'),
);
const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => JSON.stringify(corpus[at % corpus.length]))
    .map((line) => `${line}\n`)
    .join('');
const judge = ['policy', 'check', '--stdin', '--json', '--cwd', '/home/dev/proj'];

/** Whole processes, taken in turn, so that the machine's moods hit all of them alike. */
const candidates = {
  bare: () => time(['-e', '0'], ''),
  version: () => time([PROGRAM, '--version'], ''),
  help: () => time([PROGRAM, 'help'], ''),
  one: () => time([PROGRAM, ...judge], lines(1)),
  thousand: () => time([PROGRAM, ...judge], lines(COMMANDS)),
};

const times = Object.fromEntries(
  Object.keys(candidates).map((name) => [name, [] as number[]]),
) as Record<keyof typeof candidates, number[]>;
for (let run = 0; run < RUNS; run++) {
  for (const [name, measure] of Object.entries(candidates)) {
    times[name as keyof typeof candidates].push(measure());
  }
}

const of = (name: keyof typeof candidates) => median(times[name]);
console.log(`medians of ${RUNS} whole processes each, ms`);
console.log(`  bare Node        ${of('bare').toFixed(1)}`);
for (const name of ['version', 'help', 'one'] as const) {
  const ratio = (of(name) / of('bare')).toFixed(2);
  console.log(`  ${name.padEnd(16)} ${of(name).toFixed(1)}   ratio ${ratio}`);
}
const beyond = of('thousand') - of('one');
console.log(`  ${COMMANDS} commands judged take ${beyond.toFixed(0)} ms beyond the start`);

function time(args: readonly string[], input: string): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { input, maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
