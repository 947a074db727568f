import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { bundleProgram } from './bundle-program.ts';

export type InstalledOllama = {
  readonly program: string;
  /** Where it will answer; nothing listens there yet. */
  readonly host: string;
  readonly env: Readonly<Record<string, string>>;
  /** What each one that was started said of itself. */
  started(): readonly StartedOllama[];
};
export type StartedOllama = {
  readonly words: readonly string[];
  readonly host: string;
  readonly noCloud: string;
  readonly folder: string;
  readonly pid: number;
};

/** Puts a program `ollama` into a folder and that on the search path; ends what it started. */
export async function installOllama(folder: string): Promise<InstalledOllama> {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'ollama');
  const bundle = pathToFileURL(bundleProgram('fake-ollama'));
  writeFileSync(program, `#!${process.execPath}\nimport(${JSON.stringify(String(bundle))});\n`);
  chmodSync(program, 0o755);
  const host = `127.0.0.1:${await freePort()}`;
  const file = join(folder, 'started');
  const started = (): readonly StartedOllama[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  onTestFinished(() => {
    for (const { pid } of started()) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  });
  const env = {
    OLLAMA_HOST: host,
    PATH: `${folder}:${process.env.PATH ?? ''}`,
    FAKE_OLLAMA: file,
  };
  return { program, host, env, started };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended and that nobody has asked about yet does not run.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
