import type { IncomingMessage, ServerResponse } from 'node:http';

/** One exchange of the scripted server with a client. */
export type Connection = {
  readonly isGone: boolean;
  /** Resolves early where the client goes. */
  wait(ms: number): Promise<void>;
  /** Until the client goes. */
  gone(): Promise<void>;
  json(status: number, body: unknown): void;
  text(status: number, body: string, headers?: Record<string, string>): void;
  /** A line of a stream; the head goes out with the first. */
  line(text: string): Promise<void>;
  end(): void;
  tear(): void;
  /** From now on the bytes go out in chunks of this size. */
  chop(bytes: number): void;
};

export function connect(response: ServerResponse, onAbort: () => void): Connection {
  const state = { isGone: false, chunkBytes: 0 };
  const waiting = new Set<() => void>();
  response.on('close', () => {
    if (!response.writableFinished && !state.isGone) onAbort();
    state.isGone = true;
    for (const wake of waiting) wake();
  });
  const sleep = (ms: number | null): Promise<void> =>
    new Promise((resolve) => {
      if (state.isGone) return resolve();
      const timer = ms === null ? undefined : setTimeout(() => wake(), ms);
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      waiting.add(wake);
    });
  const write = (bytes: Buffer): Promise<void> =>
    new Promise((resolve) => {
      if (state.isGone) return resolve();
      response.write(bytes, () => resolve());
    });
  return {
    get isGone() {
      return state.isGone;
    },
    wait: sleep,
    gone: () => sleep(null),
    json(status, body) {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    },
    text(status, body, headers = {}) {
      response.writeHead(status, { 'content-type': 'text/plain', ...headers });
      response.end(body);
    },
    async line(text) {
      if (!response.headersSent) {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      }
      const bytes = Buffer.from(`${text}\n`);
      const size = state.chunkBytes || bytes.length;
      for (let at = 0; at < bytes.length; at += size) {
        await write(bytes.subarray(at, at + size));
        // Chunks that are written together would arrive together.
        if (state.chunkBytes > 0) await new Promise((resolve) => setImmediate(resolve));
      }
    },
    end: () => void response.end(),
    tear() {
      state.isGone = true;
      response.destroy();
    },
    chop(bytes) {
      state.chunkBytes = bytes;
    },
  };
}

export async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
