import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Places } from '../../ports.ts';

/**
 * Makes the workspace's state folder, for its owner alone. What is kept there decides about trust
 * and proves what happened, so a link or a folder of somebody else is refused.
 */
export function ensureStateFolder(places: Pick<Places, 'state'>): Result<void> {
  const workspaces = dirname(places.state);
  for (const folder of [dirname(workspaces), workspaces, places.state]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail('failed', `The state folder ${folder} cannot be made: ${why}.`, {
        hint: 'Set XDG_STATE_HOME to a folder that you can write. doctor tells more.',
        cause: error,
      });
    }
    const owned = checkOwnFolder(folder);
    if (!owned.ok) return owned;
  }
  return ok(undefined);
}

/** Ours, real, and closed to others; one that is only too open is closed. */
function checkOwnFolder(folder: string): Result<void> {
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) {
    return refuse(folder, stats.isSymbolicLink() ? 'a symbolic link' : 'not a folder');
  }
  const me = process.geteuid?.();
  if (me !== undefined && stats.uid !== me) return refuse(folder, 'owned by somebody else');
  if ((stats.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return ok(undefined);
}

const refuse = (folder: string, what: string) =>
  fail('untrusted', `The state folder ${folder} is ${what}.`, {
    hint: 'Remove it, or set XDG_STATE_HOME to a folder of your own.',
  });
