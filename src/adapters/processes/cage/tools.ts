import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { isWithin } from './within.ts';

/** Where the programs lie that cages, views and limits are made with; null: not here. */
export type Tools = Readonly<Record<ToolName, string | null>>;
export type ToolName = (typeof TOOL_NAMES)[number];

const TOOL_NAMES = [
  'bwrap',
  'unshare',
  'setpriv',
  'nsenter',
  'prlimit',
  'env',
  'ip',
  'sh',
  'sandbox-exec',
  'mount',
  'mkdir',
  'script',
  'chmod',
  'rm',
] as const;

/**
 * System folders come before PATH, and of PATH what lies in the workspace never counts: a project
 * that brings a program of this name would be asked to build its own cage.
 */
export function findTools(given: { readonly path: string; readonly workspace: string }): Tools {
  const onPath = given.path.split(':').filter(isAbsolute);
  const isForeign = (path: string) => !isWithin(path, given.workspace);
  const entries = TOOL_NAMES.map((name) => {
    const found = find(name, SYSTEM_FOLDERS, () => true) ?? find(name, onPath, isForeign);
    return [name, found] as const;
  });
  return Object.fromEntries(entries) as Tools;
}

const SYSTEM_FOLDERS = [
  '/usr/bin',
  '/bin',
  '/usr/sbin',
  '/sbin',
  '/run/wrappers/bin',
  '/run/current-system/sw/bin',
];

function find(
  name: string,
  folders: readonly string[],
  isGood: (path: string) => boolean,
): string | null {
  for (const folder of folders) {
    const found = realProgram(join(folder, name));
    if (found !== null && isGood(found)) return found;
  }
  return null;
}

/** The link itself where it leads to one program for many names, which looks at its own name. */
function realProgram(path: string): string | null {
  try {
    accessSync(path, constants.X_OK);
    if (!statSync(path).isFile()) return null;
    const real = realpathSync.native(path);
    return basename(real) === basename(path) ? real : path;
  } catch {
    return null;
  }
}
