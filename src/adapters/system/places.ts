import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { Places } from '../../ports.ts';

export type FoundPlaces = Places & {
  /** What is unwise about this workspace. Nothing is refused for it. */
  readonly warnings: readonly string[];
};

/** Computes where things lie. Creates nothing. */
export function findPlaces(given: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: string;
}): FoundPlaces {
  const workspace = makeReal(resolve(given.cwd));
  const home = makeReal(resolve(given.home));
  const base = (variable: string, usual: string): string => {
    const value = given.env[variable];
    return join(value && canHold(value) ? value : join(home, usual), 'tinycode');
  };
  // macOS has no places of its own here: people look for a terminal program's files in one place.
  return {
    workspace,
    home,
    state: join(base('XDG_STATE_HOME', '.local/state'), 'workspaces', folderNameOf(workspace)),
    config: base('XDG_CONFIG_HOME', '.config'),
    cache: base('XDG_CACHE_HOME', '.cache'),
    warnings: warningsFor(workspace, home),
  };
}

/**
 * The XDG specification: a relative path is invalid and to be ignored. So is one in /proc, where
 * nothing can be kept, and where Node tries to make a folder for ever.
 */
const canHold = (path: string): boolean => isAbsolute(path) && !/^\/+proc(\/|$)/.test(path);

/** A folder that is not there keeps its lexical path. */
function makeReal(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** Readable by people, and different for every path. */
function folderNameOf(workspace: string): string {
  const slug = basename(workspace)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 40);
  const hash = createHash('sha256').update(workspace).digest('hex').slice(0, 12);
  return `${slug || 'root'}-${hash}`;
}

function warningsFor(workspace: string, home: string): readonly string[] {
  if (workspace === '/') return ['The workspace is the whole disk. Start in a project folder.'];
  if (workspace === home) {
    return ['The workspace is your home folder. Start in a project folder.'];
  }
  return [];
}
