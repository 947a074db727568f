/**
 * A talk through the built program in a pseudo-terminal: `node bench/run.js talk`. What TinyCode adds
 * between Enter and the first word on the screen, the bytes of the first request, whether a session
 * of several commands loads the model once, and the echo of keys while an answer streams below a
 * long transcript. The server is the scripted one, in this process.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeModel } from '../test/support/ollama/fake-model.ts';
import { startScriptedServer } from '../test/support/ollama/scripted-server.ts';
import { type Pty, startPty } from '../test/support/pty.ts';

const RUNS = 31;
const KEYS = 120;
const LINES = 3_000;
const TOKENS_PER_SECOND = 200;
const AIM = { addedMs: 10, bytes: 4_096, loads: 1, echoMs: 16 };
/** Machines are shared: only what is far from an aim of time is a failure. */
const FAR_OFF = 3;

const folder = mkdtempSync(join(tmpdir(), 'tinycode-bench-'));
const project = join(folder, 'project');
mkdirSync(project);
writeFileSync(join(project, 'cart.ts'), 'export const round = (n: number) => Math.round(n);\n');
const words = Array.from({ length: 9_000 }, (_, at) =>
  at % 40 === 39 ? '\n\n' : at % 97 === 96 ? '\n```ts\nconst a = 1;\n```\n' : ` word${at}`,
);
const server = await startScriptedServer({
  models: [fakeModel('tiny', { contextLength: 262_144, modelfile: 'num_ctx 65536' })],
  script: [
    {
      when: { mentions: ['pour it out'] },
      reply: { pieces: words, pieceMs: 1_000 / TOKENS_PER_SECOND },
      times: 0,
    },
    { reply: { says: '§ That is all.' }, times: 0 },
  ],
});
let onData = (_: string): void => {};
const pty: Pty = startPty(process.execPath, [join(process.cwd(), 'bin', 'tinycode.js')], {
  columns: 100,
  rows: 40,
  cwd: project,
  env: {
    HOME: folder,
    XDG_STATE_HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
    OLLAMA_HOST: server.host,
  },
  onOutput: (data) => onData(data),
});
const failures: string[] = [];
try {
  await pty.waitFor('the model', (screen) => screen.includes('tiny'));
  await sleep(1_500);
  await timeUntil('hi', '§');
  const bytes = JSON.stringify(server.chats()[0]?.body).length;
  const bare = median(await repeat(() => timeBare()));
  const ours = median(await repeat(() => timeUntil('hi', '§')));
  const searched = median(await repeat(() => timeUntil('where is round?', '§')));
  console.log(`Enter to the first word, medians of ${RUNS}, ms (aim: at most ${AIM.addedMs} more)`);
  console.log(`  bare request ${f(bare)}   greeting ${f(ours)}   with a search ${f(searched)}`);
  console.log(`bytes of the first request for "hi" (aim: at most ${AIM.bytes}): ${bytes}`);
  await timeUntil('/explain cart.ts', '§');
  await timeUntil('/review cart.ts', '§');
  pty.type('/mode propose\r');
  await pty.waitFor('the mode', (screen) => screen.includes('may make plans'));
  await timeUntil('round up in the cart', 'form that it was asked for');
  pty.type('/mode chat\r');
  await pty.waitFor('the mode of before', (screen) => screen.includes('looks only'));
  console.log(`loads in a session of ask, explain, review and plan: ${server.loads.length}`);
  while (pty.scrollback().length < LINES) {
    const before = pty.scrollback().length;
    pty.type('/help\r');
    await pty.waitFor('more lines', () => pty.scrollback().length > before);
    await sleep(50);
  }
  pty.type('pour it out\r');
  await pty.waitFor('the stream', (screen) => /writing, \d+ tokens/.test(screen));
  const echoes = await timeEchoes();
  const isStreaming = pty.screen().some((row) => /writing, [\d,]+ tokens/.test(row));
  console.log(
    `key to echo at ${TOKENS_PER_SECOND} tokens/s under ${pty.scrollback().length} lines, ms: median ${f(median(echoes))}, p95 ${f(quantile(echoes, 0.95))} (aim: at most ${AIM.echoMs})`,
  );
  if (!isStreaming) failures.push('the answer ended before the keys did');
  if (ours - bare > AIM.addedMs * FAR_OFF) failures.push('the way to the first word');
  if (bytes > AIM.bytes) failures.push('the bytes of the first request');
  if (server.loads.length !== AIM.loads) failures.push('the model was loaded again');
  if (quantile(echoes, 0.95) > AIM.echoMs * FAR_OFF) failures.push('the echo while it streams');
} finally {
  pty.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.log(`MISSED  ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** From Enter until a sign comes that the prompt did not hold. */
async function timeUntil(line: string, sign: string): Promise<number> {
  pty.type(line);
  await sleep(60);
  const from = performance.now();
  const took = await new Promise<number>((settle) => {
    onData = (data) => {
      if (data.includes(sign)) settle(performance.now() - from);
    };
    pty.type('\r');
  });
  onData = () => {};
  await sleep(120);
  return took;
}

function timeBare(): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: server.port, path: '/api/chat', method: 'POST', agent: false },
      (response) => {
        response.once('data', () => resolve(performance.now() - from));
        response.resume();
      },
    );
    outgoing.on('error', reject);
    const messages = [{ role: 'user', content: 'hi' }];
    outgoing.end(JSON.stringify({ model: 'tiny', messages, options: { num_ctx: 65_536 } }));
  });
}

async function timeEchoes(): Promise<readonly number[]> {
  const times: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    if (key > 0 && key % 40 === 0) {
      pty.type('\x15');
      await sleep(100);
    }
    const letter = 'QXZJKVWY'[key % 8] ?? 'Q';
    const from = performance.now();
    await new Promise<void>((settle) => {
      onData = (data) => {
        if (data.includes(letter)) settle();
      };
      pty.type(letter);
    });
    times.push(performance.now() - from);
    onData = () => {};
    await sleep(30 + (key % 7) * 10);
  }
  return times;
}

async function repeat(run: () => Promise<number>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let at = 0; at < RUNS; at++) times.push(await run());
  return times;
}

function sleep(ms: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, ms));
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
