import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCageReader } from '../src/adapters/processes/cage/cage-reader.ts';
import { lookForLimitTools } from '../src/adapters/processes/limits/prlimit-words.ts';
import { createRunning } from '../src/adapters/processes/limits/running.ts';
import { createViews } from '../src/adapters/processes/views.ts';
import { isAlive, ownProcess } from '../src/adapters/system/processes.ts';
import { createWorkingFolders } from '../src/adapters/workspace/working-folder.ts';
import { ok } from '../src/core/result.ts';
import { type Result, RUNGS, type Rung } from '../src/core/types.ts';
import type { ProgramEnd, View } from '../src/ports.ts';

/**
 * What a cage costs: `true` the whole way (a view opened, the program run, the changes read, the
 * view closed) and in a view that is open, and a test suite, each against a bare one started in
 * turns with it.
 */
const ROUNDS = 31;
const SUITE_ROUNDS = 3;
const SUITE_FILES = 20;
const WANTED_MS = 25;
const WANTED_RATIO = 1.1;
const MB = 1024 ** 2;

const SUITE_FILE = `
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
test('computes and writes', () => {
  const folder = mkdtempSync('made-');
  let sum = 0;
  for (let i = 0; i < 2e7; i++) sum = (sum + i * i) % 1000003;
  for (let i = 0; i < 20; i++) writeFileSync(folder + '/' + i, String(sum).repeat(1000));
  rmSync(folder, { recursive: true });
});`;

const root = mkdtempSync(join(tmpdir(), 'cages-bench-'));
const workspace = join(root, 'workspace');
const places = {
  ...{ workspace, home: join(root, 'home'), state: join(root, 'state') },
  ...{ config: join(root, 'config'), cache: join(root, 'cache') },
};
for (const folder of Object.values(places)) mkdirSync(folder);
const signal = new AbortController().signal;
const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
const env = { PATH: process.env.PATH, HOME: places.home };
const own = ownProcess(process.pid);
const cages = createCageReader({
  ...{ places, env, platform: process.platform, arch: process.arch },
  user: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
});
let ids = 0;
const views = createViews({
  ...{ places, cages, env, clock },
  prepareState: () => ok(undefined),
  limitTools: () => lookForLimitTools(''),
  running: createRunning({ folder: join(places.state, 'running'), owner: own, ...clock }),
  newId: () => `bench-${ids++}`,
  processes: { own, isAlive },
  openFolders: (folder) => createWorkingFolders({ workspace: folder }),
});

try {
  const { rung, view } = await cages.report(signal);
  console.log(`the strongest cage here is ${rung}, the view ${view}`);
  await benchTrue(rung);
  await benchSuite(rung);
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function benchTrue(strongest: Rung): Promise<void> {
  const rungs = RUNGS.filter((rung) => rung <= strongest);
  const [bare, open]: [number[], number[]] = [[], []];
  const whole = new Map<Rung, number[]>(rungs.map((rung) => [rung, []]));
  const alone = new Map<Rung, number[]>(rungs.map((rung) => [rung, []]));
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await time(() => runBare(['true'])));
    for (const rung of rungs) {
      const opened = await views.open({ isApart: true }, signal);
      alone.get(rung)?.push(await time(() => runCaged(must(opened), rung, ['true'])));
      must(await must(opened).close());
      const took = await time(async () => {
        let view: View | null = null;
        open.push(
          await time(async () => {
            view = must(await views.open({ isApart: true }, signal));
          }),
        );
        if (view === null) throw new Error('no view');
        await wholeWay(view, rung);
      });
      whole.get(rung)?.push(took);
    }
  }
  const plain = median(bare);
  const over = (times: readonly number[] = []) => (median(times) - plain).toFixed(1);
  console.log(`true ${plain.toFixed(1)} ms, a view opened in ${median(open).toFixed(1)} ms`);
  for (const rung of rungs) {
    const ratio = (median(whole.get(rung) ?? []) / plain).toFixed(1);
    console.log(
      `  ${rung}: ${over(whole.get(rung))} ms over it the whole way, ratio ${ratio}; ${over(alone.get(rung))} ms in an open view`,
    );
  }
  const overhead = Number(over(whole.get(strongest)));
  console.log(`  wanted: ${WANTED_MS} ms the whole way in the strongest`);
  if (overhead > WANTED_MS) process.exitCode = 1;
}

async function wholeWay(view: View, rung: Rung): Promise<void> {
  await runCaged(view, rung, ['true']);
  must(await view.changes(signal));
  must(await view.close());
}

/** Tests that compute and write, in files that are started one by one, as most suites are. */
async function benchSuite(rung: Rung): Promise<void> {
  for (let file = 0; file < SUITE_FILES; file++) {
    writeFileSync(join(workspace, `part-${file}.test.mjs`), SUITE_FILE);
  }
  const suite = [process.execPath, '--test', '--test-concurrency=1'];
  const [bare, caged]: [number[], number[]] = [[], []];
  for (let round = 0; round < SUITE_ROUNDS; round++) {
    bare.push(await time(() => runBare(suite)));
    caged.push(
      await time(async () => {
        const view = must(await views.open({ isApart: true }, signal));
        const { exitCode, output } = await runCaged(view, rung, suite);
        if (exitCode !== 0) throw new Error(output);
        must(await view.changes(signal));
        must(await view.close());
      }),
    );
  }
  const ratio = median(caged) / median(bare);
  console.log(
    `a test suite ${median(bare).toFixed(0)} ms bare, ${median(caged).toFixed(0)} ms on ${rung}, ratio ${ratio.toFixed(2)}, wanted ${WANTED_RATIO}`,
  );
  if (ratio > WANTED_RATIO) process.exitCode = 1;
}

async function runCaged(view: View, rung: Rung, argv: readonly string[]): Promise<ProgramEnd> {
  const limits = {
    ...{ wallMs: 60_000, cpuMs: 60_000, memoryBytes: 2048 * MB, fileBytes: 10 * MB },
    ...{ diskBytes: 500 * MB, processes: 256, openFiles: 100, outputBytes: 100_000 },
  };
  const request = { what: 'bench', argv, cwd: '.', env: {}, input: null, hasTerminal: false };
  const cage = { rung, network: false, limits };
  const listener = { onOutput: () => {}, onUse: () => {} };
  return must(await view.run({ ...request, cage }, listener, signal));
}

function runBare([program = '', ...words]: readonly string[]): Promise<unknown> {
  const child = spawn(program, words, { cwd: workspace, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  return new Promise((resolve) => child.once('close', resolve));
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  return performance.now() - from;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
