import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

type Mark = { readonly pid: number; readonly born: string };

/**
 * Rooms for what is tried, named after the process that made them, so that none is ever unowned.
 * They lie among temporary files: what is TinyCode's own no plan may change.
 */
export function createTrialFolders(given: {
  /** Real, and absolute. */
  readonly folder: string;
  readonly own: Mark;
  readonly isAlive: (mark: Mark) => boolean;
  readonly newId: () => string;
}) {
  const { folder, own } = given;
  return {
    make(): Result<string> {
      const room = join(
        folder,
        `${START}${own.pid}.${own.born.replaceAll(':', '_')}.${given.newId()}`,
      );
      try {
        mkdirSync(room, { mode: 0o700 });
        return ok(room);
      } catch (cause) {
        return fail('failed', `The folder ${room} for what is tried cannot be made.`, { cause });
      }
    },
    /** Those of this person whose processes died. */
    left: (): readonly string[] =>
      namesIn(folder)
        .filter((name) => isLeft(name, given.isAlive))
        .map((name) => join(folder, name))
        .filter(isOurs),
    remove: removeFolder,
  };
}

/** No colon may stand in the name: lists of folders, such as GOPATH, are divided by it. */
const START = 'tinycode-trials.';

const isLeft = (name: string, isAlive: (mark: Mark) => boolean): boolean => {
  if (!name.startsWith(START)) return false;
  const [, pid, born] = /^(\d+)\.([^.]*)\../.exec(name.slice(START.length)) ?? [];
  return (
    pid !== undefined && !isAlive({ pid: Number(pid), born: (born ?? '').replaceAll('_', ':') })
  );
};

/** Anybody may put something among temporary files. */
function isOurs(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.geteuid?.();
}

async function removeFolder(path: string): Promise<Result<void>> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
    return ok(undefined);
  } catch (cause) {
    return fail('failed', `The folder ${path} of what was tried cannot be removed.`, {
      hint: 'Remove it by hand; nothing needs it.',
      cause,
    });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
