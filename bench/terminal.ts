/**
 * The terminal door: `node bench/run.js terminal`. All in one run, the candidates taking turns:
 * time to a prompt that takes keys and to the echo of a key typed at it, against a bare Node
 * script that sets raw mode, prints a prompt and echoes; memory; key to echo under 5,000 lines;
 * idle CPU. `TINYCODE_COMMAND` names another program than `bin/tinycode.js`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Pty, startPty } from '../test/support/pty.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? '21');
const KEYS = 200;
const IDLE_SECONDS = 10;
const LINES = 5_000;
const MUST = { ratio: 3, rssMb: 90, echoMs: 8, idlePercent: 0.1 };

const folder = mkdtempSync(join(tmpdir(), 'tinycode-bench-'));
const tinycode = process.env.TINYCODE_COMMAND ?? join(process.cwd(), 'bin', 'tinycode.js');
const bare = join(folder, 'bare.mjs');
writeFileSync(
  bare,
  `process.stdin.setRawMode(true);
process.stdin.on('data', (bytes) => process.stdout.write(bytes));
process.stdout.write('bare > ');`,
);
const env = {
  HOME: folder,
  XDG_STATE_HOME: folder,
  XDG_CONFIG_HOME: folder,
  XDG_CACHE_HOME: folder,
};

try {
  const failures = [...(await benchStart()), ...(await benchLongSession())];
  for (const failure of failures) console.log(`MISSED  ${failure}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function benchStart(): Promise<readonly string[]> {
  const times = { tiny: [] as Start[], bare: [] as Start[], exit: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    times.bare.push(await timeStart(bare, 'bare > '));
    times.tiny.push(await timeStart(tinycode, 'chat ›'));
    times.exit.push(timeNodeExit());
  }
  const rows = [
    [
      'prompt',
      median(times.tiny.map((t) => t.promptMs)),
      median(times.bare.map((t) => t.promptMs)),
    ],
    ['echo', median(times.tiny.map((t) => t.echoMs)), median(times.bare.map((t) => t.echoMs))],
  ] as const;
  console.log(`medians of ${RUNS} runs each, ms; node -e 0 to its exit: ${f(median(times.exit))}`);
  for (const [name, mine, base] of rows) {
    console.log(
      `  ${name.padEnd(8)} ${f(mine)}   bare script ${f(base)}   ratio ${f(mine / base)}`,
    );
  }
  return rows.flatMap(([name, mine, base]) =>
    mine / base > MUST.ratio ? [`${name}: ratio ${f(mine / base)}, must be ${MUST.ratio}`] : [],
  );
}

type Start = { readonly promptMs: number; readonly echoMs: number };

/** The key is typed as soon as the prompt is seen; times run from the spawn. */
function timeStart(file: string, prompt: string): Promise<Start> {
  return new Promise((settle, reject) => {
    const from = performance.now();
    let seen = '';
    let promptMs = 0;
    const pty: Pty = startPty(process.execPath, [file], {
      env,
      onOutput(data) {
        seen += data;
        if (promptMs === 0 && seen.includes(prompt)) {
          promptMs = performance.now() - from;
          seen = '';
          pty.type('Q');
        } else if (promptMs > 0 && seen.includes('Q')) {
          clearTimeout(timer);
          settle({ promptMs, echoMs: performance.now() - from });
          pty.close();
        }
      },
    });
    const timer = setTimeout(() => reject(new Error(`no prompt from ${file}: ${seen}`)), 20_000);
  });
}

function timeNodeExit(): number {
  const from = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - from;
}

async function benchLongSession(): Promise<readonly string[]> {
  let onData = (_: string): void => {};
  const pty = startPty(process.execPath, [tinycode], {
    columns: 100,
    rows: 40,
    env,
    onOutput: (data) => onData(data),
  });
  try {
    await pty.waitFor('the prompt', (screen) => screen.includes('chat ›'));
    await sleep(2_000);
    const atPrompt = rssMb(pty.pid);
    const fill = process.env.BENCH_FILL ?? '/help';
    await fillScrollback(pty, fill);
    const lines = pty.scrollback().length;
    const echoes = await timeEchoes(pty, (listener) => {
      onData = listener;
    });
    const afterwards = rssMb(pty.pid);
    await sleep(1_000);
    const busy = cpuSeconds(pty.pid);
    await sleep(IDLE_SECONDS * 1_000);
    const idle = ((cpuSeconds(pty.pid) - busy) / IDLE_SECONDS) * 100;
    const p95 = quantile(echoes, 0.95);
    const control = quantile(await timeBareEchoes(), 0.95);
    console.log(`memory at the prompt ${f(atPrompt)} MB, after ${lines} lines ${f(afterwards)} MB`);
    console.log(
      `key to echo under ${lines} lines: median ${f(median(echoes))}, p95 ${f(p95)}, most ${f(Math.max(...echoes))} ms; the bare script's p95 ${f(control)}; load ${f(loadavg()[0] ?? 0)}`,
    );
    console.log(`idle CPU over ${IDLE_SECONDS} s: ${f(idle)} %`);
    return [
      ...(atPrompt > MUST.rssMb ? [`memory ${f(atPrompt)} MB, must be ${MUST.rssMb}`] : []),
      ...(p95 > MUST.echoMs ? [`key to echo p95 ${f(p95)} ms, must be ${MUST.echoMs}`] : []),
      ...(idle > MUST.idlePercent ? [`idle CPU ${f(idle)} %, must be 0`] : []),
    ];
  } finally {
    pty.close();
  }
}

/** Enters a command until so many lines have scrolled by. */
async function fillScrollback(pty: Pty, command: string): Promise<void> {
  while (pty.scrollback().length < LINES) {
    const before = pty.scrollback().length;
    pty.type(`${command}\r`);
    await pty.waitFor('more lines', () => pty.scrollback().length > before);
    await sleep(50);
  }
  await sleep(500);
}

/** Distinct letters, at the pace of someone quick. */
async function timeEchoes(
  pty: Pty,
  listen: (listener: (data: string) => void) => void,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    if (key > 0 && key % 40 === 0) {
      pty.type('\x15');
      await sleep(100);
    }
    const letter = 'QXZJKVWY'[key % 8] ?? 'Q';
    const from = performance.now();
    await new Promise<void>((settle) => {
      listen((data) => {
        if (data.includes(letter)) settle();
      });
      pty.type(letter);
    });
    times.push(performance.now() - from);
    listen(() => {});
    await sleep(30 + (key % 7) * 10);
  }
  return times;
}

/** What the machine and the harness cost by themselves just now. */
async function timeBareEchoes(): Promise<readonly number[]> {
  let onData = (_: string): void => {};
  const pty = startPty(process.execPath, [bare], { env, onOutput: (data) => onData(data) });
  try {
    await pty.waitFor('the bare prompt', (screen) => screen.includes('bare >'));
    return await timeEchoes(pty, (listener) => {
      onData = listener;
    });
  } finally {
    pty.close();
  }
}

function rssMb(pid: number): number {
  const [, kb = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function sleep(ms: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, ms));
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function f(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
