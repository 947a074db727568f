import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOverlayChanges } from '../src/adapters/processes/changes/overlay-changes.ts';
import { compareSnapshot, takeSnapshot } from '../src/adapters/processes/changes/snapshot.ts';
import { stampFolder } from '../src/adapters/processes/changes/stamp.ts';
import type { Result } from '../src/core/types.ts';

/**
 * What an overlay view changed, read as a change set: so many files, half of them new. Against it
 * plain code that reads and hashes the same files on both sides. And a snapshot, its comparison
 * and a stamp of a folder that holds more.
 */
const FILES = 10_000;
const IN_FOLDER = 50_000;
const ROUNDS = 5;
const WANTED_MS = 1000;
const HOLDER = `
exec 3<"$1" 4<"$2" 5<"$3"
mount -t overlay -o userxattr,lowerdir=/proc/self/fd/3,upperdir=/proc/self/fd/4,workdir=/proc/self/fd/5 view "$1" || exit 1
echo ready
exec cat`;

const signal = new AbortController().signal;

const root = mkdtempSync(join(tmpdir(), 'changes-bench-'));
try {
  await benchOverlay();
  await benchFolder();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function benchOverlay(): Promise<void> {
  const folders = ['lower', 'upper', 'work'].map((name) => join(root, name));
  for (const folder of folders) mkdirSync(folder);
  const [lower, upper] = folders as [string, string];
  const paths = Array.from({ length: FILES }, (_, at) => `part-${at % 100}/file-${at}.ts`);
  const old = paths.filter((_, at) => at % 2 === 0);
  fill(lower, old, 'old');
  const holder = spawn('unshare', ['-rm', 'sh', '-c', HOLDER, 'sh', ...folders], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await new Promise((resolve, reject) => {
      holder.stdout.once('data', resolve);
      holder.once('exit', () => reject(new Error('There is no overlay here.')));
    });
    const merged = `/proc/${holder.pid}/root${lower}`;
    fill(merged, paths, 'new');
    const [ours, plain]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const from = performance.now();
      const changes = must(await readOverlayChanges({ upper, merged, lower }, signal));
      ours.push(performance.now() - from);
      if (changes.length < FILES) throw new Error(`only ${changes.length} changes`);
      plain.push(hashAll(merged, paths) + hashAll(lower, old));
    }
    const [read, hashed] = [median(ours), median(plain)];
    console.log(
      `${FILES} changed files read in ${read.toFixed(0)} ms, wanted ${WANTED_MS}; read and hashed plainly ${hashed.toFixed(0)} ms, ratio ${(read / hashed).toFixed(2)}`,
    );
    if (read > WANTED_MS) process.exitCode = 1;
  } finally {
    holder.kill('SIGKILL');
  }
}

async function benchFolder(): Promise<void> {
  const folder = join(root, 'folder');
  fill(
    folder,
    Array.from({ length: IN_FOLDER }, (_, at) => `part-${at % 500}/file-${at}.ts`),
    'x',
  );
  const snapshot = must(await takeSnapshot(folder, signal));
  const took = await time(() => takeSnapshot(folder, signal));
  const compared = await time(() => compareSnapshot({ folder, snapshot }, signal));
  const stamped = await time(() => stampFolder(folder, signal));
  console.log(
    `${IN_FOLDER} files: snapshot ${took} ms, compared ${compared} ms, stamp ${stamped} ms`,
  );
}

async function time(act: () => Promise<Result<unknown>>): Promise<string> {
  const from = performance.now();
  must(await act());
  return (performance.now() - from).toFixed(0);
}

function fill(folder: string, paths: readonly string[], text: string): void {
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), `export const ${text} = '${path}';\n`.repeat(60));
  }
}

function hashAll(folder: string, paths: readonly string[]): number {
  const from = performance.now();
  for (const path of paths) {
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  }
  return performance.now() - from;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
