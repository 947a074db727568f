import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import type { Tools } from '../cage/tools.ts';
import type { ProcessMark } from '../limits/use.ts';
import { removeTree } from './remove-tree.ts';

/** The folders in which views keep what is written in them. */
export type ViewFolders = {
  make(): Result<string>;
  /** What takes long goes on behind; what a process that ends leaves is swept by the next one. */
  remove(folder: string): Promise<Result<void>>;
  /** Removes those of processes that died; says how many there were. */
  sweep(): Promise<Result<number>>;
};

/**
 * They lie in `views` of the workspace's state folder, named after the process that made them: so
 * there is no moment in which one has no owner.
 */
export function createViewFolders(given: {
  readonly state: string;
  readonly prepareState: () => Result<void>;
  readonly own: ProcessMark;
  readonly isAlive: (mark: ProcessMark) => boolean;
  readonly newId: () => string;
  readonly tools: Tools;
}): ViewFolders {
  const { own, isAlive, tools } = given;
  const views = join(given.state, 'views');
  return {
    make() {
      const prepared = given.prepareState();
      if (!prepared.ok) return prepared;
      const folder = join(views, `${own.pid}.${own.born}.${given.newId()}`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        return ok(folder);
      } catch (cause) {
        return fail('failed', `The folder ${folder} for a view cannot be made.`, { cause });
      }
    },
    async remove(folder) {
      const removing = removeTree(folder, tools);
      const result = await Promise.race([removing, sleep(MAX_WAIT_MS, null, { ref: false })]);
      return result ?? ok(undefined);
    },
    async sweep() {
      const left = namesIn(views).filter((name) => {
        const owner = ownerOf(name);
        return owner !== null && !isAlive(owner);
      });
      const removed: Result<void>[] = [];
      for (const name of left) removed.push(await removeTree(join(views, name), tools));
      return removed.find((each) => !each.ok) ?? ok(left.length);
    },
  };
}

const MAX_WAIT_MS = 2000;

function ownerOf(name: string): ProcessMark | null {
  const [, pid, born] = /^(\d+)\.([^.]*)\../.exec(name) ?? [];
  return pid === undefined ? null : { pid: Number(pid), born: born ?? '' };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
