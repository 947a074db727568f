import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createImageReader } from '../src/adapters/workspace/image-reader.ts';
import { sha256Of } from '../src/adapters/workspace/read-held.ts';
import { createWorkspaceWriter } from '../src/adapters/workspace/workspace-writer.ts';
import type { Result } from '../src/core/types.ts';
import type { FileChange, WorkspaceWriter } from '../src/ports.ts';

/**
 * A thousand small edits (one `apply` and one `sync`) against plain open, write, fsync, close of
 * the same bytes to as many files. Both sides take turns within one run.
 */
const ROUNDS = 9;
const FILES = 1000;
const WANTED = 1.6;

const workspace = mkdtempSync(join(tmpdir(), 'edits-bench-'));
try {
  await bench();
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

async function bench(): Promise<void> {
  const reader = createImageReader({ workspace, umask: 0o022 });
  const writer = createWorkspaceWriter({ workspace });
  for (const folder of ['src', 'src/plain', 'src/ours']) mkdirSync(join(workspace, folder));
  const [ours, plain]: [number[], number[]] = [[], []];
  for (let file = 0; file < FILES; file++) {
    writePlain(`src/plain/${file}.ts`, textOf(0, file));
    writePlain(`src/ours/${file}.ts`, textOf(0, file));
  }
  for (let round = 1; round <= ROUNDS; round++) {
    // Files that were written just now are read twice; those of a person are older.
    await sleep(3100);
    const changes = Array.from({ length: FILES }, (_, file): FileChange => {
      const path = `src/ours/${file}.ts`;
      const before = must(reader.look(path));
      const bytes = textOf(round, file);
      const size = bytes.length;
      const after = { path, kind: 'file', hash: sha256Of(bytes), size, mode: 0o644 } as const;
      return { kind: 'put', before, after, bytes };
    });
    const sides = [
      () => plain.push(measure(() => writeAll(round))),
      () => ours.push(measure(() => applyAll(writer, changes))),
    ];
    // Who comes second pays for what the first left to the disk.
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) side();
  }
  const ratio = median(ours) / median(plain);
  const [edit, write] = [ours, plain].map(
    (times) => `${Math.round((median(times) / FILES) * 1000)} µs`,
  );
  console.log(
    `an edit ${edit}, a plain write ${write}, ratio ${ratio.toFixed(2)}, wanted ${WANTED}`,
  );
  process.exitCode = ratio > WANTED ? 1 : 0;
}

function writeAll(round: number): void {
  for (let file = 0; file < FILES; file++) writePlain(`src/plain/${file}.ts`, textOf(round, file));
}

function applyAll(writer: WorkspaceWriter, changes: readonly FileChange[]): void {
  must(writer.apply('bench', changes).result);
  must(writer.sync());
}

function writePlain(path: string, bytes: Buffer): void {
  const fd = openSync(join(workspace, path), 'w');
  writeSync(fd, bytes);
  fsyncSync(fd);
  closeSync(fd);
}

function textOf(round: number, file: number): Buffer {
  return Buffer.from(`// ${round} ${file}\n${'export const x = 1;\n'.repeat(100)}`);
}

function measure(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
