import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

const MOST_FILES = 2000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Copies the regular files below a folder, if it is there: no link leads anywhere else then. */
export function copySmall(from: string, to: string): Result<void> {
  const files = listSmall(from);
  if (!files.ok) return files;
  return trying(`${from} cannot be copied`, () => {
    mkdirSync(to, { recursive: true });
    for (const path of files.value) {
      mkdirSync(dirname(join(to, path)), { recursive: true });
      copyFileSync(join(from, path), join(to, path));
    }
  });
}

/** Takes those files out of `to` that lie in `from`. */
export function liftSmall(from: string, to: string): Result<void> {
  const files = listSmall(from);
  if (!files.ok) return files;
  return trying(`What was put into ${to} cannot be taken out`, () => {
    for (const path of files.value) rmSync(join(to, path), { force: true });
  });
}

export function writeSmall(
  to: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Result<void> {
  return trying(`Nothing can be written into ${to}`, () => {
    mkdirSync(to, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(to, path)), { recursive: true });
      writeFileSync(join(to, path), content);
    }
  });
}

function listSmall(folder: string): Result<readonly string[]> {
  if (!existsSync(folder)) return ok([]);
  const files: string[] = [];
  const folders = [''];
  let bytes = 0;
  const listed = trying(`${folder} cannot be read`, () => {
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      for (const entry of readdirSync(join(folder, next), { withFileTypes: true })) {
        const path = join(next, entry.name);
        if (entry.isDirectory()) folders.push(path);
        if (!entry.isFile()) continue;
        files.push(path);
        bytes += statSync(join(folder, path)).size;
      }
      if (files.length > MOST_FILES || bytes > MOST_BYTES) break;
    }
  });
  if (!listed.ok) return listed;
  if (files.length <= MOST_FILES && bytes <= MOST_BYTES) return ok(files);
  return fail('limit', `${folder} is too big for a task: ${MOST_FILES} files, 64 MiB.`);
}

function trying(what: string, act: () => void): Result<void> {
  try {
    act();
    return ok(undefined);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail('unreadable', `${what}: ${why}`, { cause });
  }
}
