import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { WorkspaceReader } from '../../ports.ts';
import { isInside } from './config-path.ts';
import { readSmallFile } from './read-small-file.ts';
import { codeOf, failureOf } from './system-errors.ts';

const MAX_FILES = 50_000;
const MAX_DEPTH = 64;
const MAX_BYTES = 8 * 1024 * 1024;

/** Folders that tools fill: nobody means a file in them by its name alone. */
const SKIPPED: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  '.tinycode',
  '.venv',
  '__pycache__',
  'node_modules',
]);

export function createWorkspaceReader(workspace: string): WorkspaceReader {
  return {
    list: (signal) => list(workspace, signal),
    read: (path) => read(workspace, path),
  };
}

async function list(workspace: string, signal: AbortSignal): Promise<Result<readonly string[]>> {
  const paths: string[] = [];
  let folders = [''];
  for (let depth = 0; folders.length > 0 && depth < MAX_DEPTH; depth += 1) {
    const deeper: string[] = [];
    for (const folder of folders) {
      if (signal.aborted) return fail('cancelled', 'The listing was cancelled.');
      // A folder that cannot be read holds nothing that could be named.
      const entries = await readdir(join(workspace, folder), { withFileTypes: true }).catch(
        () => [],
      );
      for (const entry of entries) {
        if (entry.isFile()) paths.push(folder + entry.name);
        else if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
          deeper.push(`${folder}${entry.name}/`);
        }
      }
      if (paths.length > MAX_FILES) {
        return fail('limit', `The workspace has more than ${MAX_FILES} files.`);
      }
    }
    folders = deeper;
  }
  return ok(paths.sort());
}

async function read(workspace: string, path: string): Promise<Result<string | null>> {
  const parts = path.split('/');
  if (path.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..')) {
    return fail('untrusted', `${path} is no path inside of the workspace.`);
  }
  const found = await locate(workspace, path);
  if (!found.ok || found.value === null) return found as Result<null>;
  const file = readSmallFile(found.value, MAX_BYTES);
  if (!file.ok || file.value === null) return file as Result<null>;
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.value.bytes));
  } catch (cause) {
    return fail('unreadable', `${path} holds no UTF-8 text; it is left as it is.`, { cause });
  }
}

/** The real file behind a name, or null; also what is not there must not lie behind a link outwards. */
async function locate(workspace: string, path: string): Promise<Result<string | null>> {
  try {
    const root = await realpath(workspace);
    const real = await realpath(join(workspace, path)).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
      return null;
    });
    if (real !== null) return isInside(root, real) ? ok(real) : leadsOut(path);
    if (await isLink(join(workspace, path))) return leadsOut(path);
    const folder = await nearestFolder(join(workspace, dirname(path)));
    return folder === root || isInside(root, folder) ? ok(null) : leadsOut(path);
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return ok(null);
    return failureOf(error, 'unreadable', `${path} cannot be read`);
  }
}

const leadsOut = (path: string) =>
  fail('untrusted', `${path} leads out of the workspace through a link.`);

const isLink = async (path: string): Promise<boolean> =>
  lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );

async function nearestFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const above = dirname(path);
    if (codeOf(error) !== 'ENOENT' || above === path) throw error;
    return nearestFolder(above);
  }
}
