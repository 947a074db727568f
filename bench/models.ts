import { request } from 'node:http';
import { createModelClient } from '../src/adapters/ollama/client.ts';
import type { ChatRequest } from '../src/core/types.ts';
import { startScriptedServer } from '../test/support/ollama/scripted-server.ts';

/**
 * What the client adds to a bare request of Node: until the first piece of an answer, and for each
 * piece. The server is the scripted one, in this process.
 */
const RUNS = 200;
const PIECES = 20_000;
const AIM_MS = 10;
const AIM_BYTES = 4096;
/** Machines are shared: only what is far from the aim is a failure. */
const FAR_OFF = 3;

const never = new AbortController().signal;
const words = Array.from({ length: PIECES }, (_, at) => ` word${at}`);
const server = await startScriptedServer({
  script: [
    { when: { mentions: ['long'] }, reply: { pieces: words }, times: 0 },
    { reply: { says: 'Hello there.' }, times: 0 },
  ],
});
const made = createModelClient({
  hosts: server.host,
  mayLeaveMachine: false,
  clock: { monotonicMs: () => performance.now() },
});
if (!made.ok) throw new Error(made.error.message);
const client = made.value;
const asking = (text: string): ChatRequest => ({
  model: 'tiny',
  messages: [{ role: 'user', text }],
  output: { kind: 'text' },
  thinking: false,
});

await client.warm('tiny', never);
const client1 = await timeClient('hi');
const body = JSON.stringify(server.chats()[0]?.body);
const bare = await median(RUNS, () => timeBare('hi'));
const ours = await median(RUNS, () => timeClient('hi'));
console.log(`until the first piece, medians of ${RUNS}, ms (aim: at most ${AIM_MS} more)`);
console.log(
  `  bare ${bare.toFixed(2)}   client ${ours.toFixed(2)}   first of all ${client1.toFixed(2)}`,
);
console.log(`bytes of the request for "hi" (aim: at most ${AIM_BYTES}): ${body.length}`);

const bareAll = await timeAll(() => timeBare('long', true));
const oursAll = await timeAll(() => timeClient('long', true));
const rate = Math.round(PIECES / (oursAll / 1000));
console.log(
  `an answer of ${PIECES} pieces, ms: bare ${bareAll.toFixed(0)}   client ${oursAll.toFixed(0)}   ×${(oursAll / bareAll).toFixed(1)}, ${rate} pieces a second`,
);
await server.close();
process.exitCode = ours - bare > AIM_MS * FAR_OFF || body.length > AIM_BYTES ? 1 : 0;

async function median(runs: number, time: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await time());
  return times.sort((a, b) => a - b)[runs >> 1] as number;
}

async function timeAll(run: () => Promise<number>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function timeClient(text: string, isWhole = false): Promise<number> {
  const start = performance.now();
  let first = 0;
  for await (const piece of client.chat(asking(text), never)) {
    if (piece.kind === 'text' && first === 0) first = performance.now() - start;
    if (piece.kind === 'end' && !piece.result.ok) throw new Error(piece.result.error.message);
    if (first > 0 && !isWhole) break;
  }
  return first;
}

function timeBare(text: string, isWhole = false): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: server.port, path: '/api/chat', method: 'POST', agent: false },
      (response) => {
        let first = 0;
        let rest = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) JSON.parse(line);
          if (first === 0) first = performance.now() - start;
          if (!isWhole) outgoing.destroy();
        });
        response.on('close', () => resolve(first));
        response.on('error', () => {});
      },
    );
    outgoing.on('error', reject);
    const messages = [{ role: 'user', content: text }];
    outgoing.end(JSON.stringify({ model: 'tiny', messages, options: { num_ctx: 8192 } }));
  });
}
