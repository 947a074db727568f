import { fsyncSync, lstatSync, readdirSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { FileChange, WorkspaceWriter } from '../../ports.ts';
import { type Batch, checkTag, isTemporaryName, temporaryName } from './batch.ts';
import { codeOf, failureOf } from './failures.ts';
import { type Folder, placeIn } from './held-folder.ts';
import { makeFolder } from './make-folder.ts';
import { move } from './move.ts';
import { putFile, putLink } from './put.ts';
import { remove } from './remove.ts';
import { createStaging } from './staging.ts';
import { sweepHalfMoves } from './sweep-half-moves.ts';
import { discard } from './temporary.ts';
import { createWalks, hasDescriptorPaths, type Walk } from './walk.ts';

/**
 * Changes what lies in a workspace. Of a file that is replaced its bytes, mode and, where that can
 * be, its owner are kept or set; what else a file system keeps beside it (extended attributes,
 * access lists) is not.
 */
export function createWorkspaceWriter(given: {
  readonly workspace: string;
  /** What this system is known not to offer; looked for where nothing is said. */
  readonly hasDescriptorPaths?: boolean;
  readonly hasHardLinks?: boolean;
}): WorkspaceWriter {
  const { withWalk, openBelow, stands } = createWalks({
    workspace: given.workspace,
    hasDescriptorPaths: given.hasDescriptorPaths ?? hasDescriptorPaths(),
  });
  const hasHardLinks = given.hasHardLinks ?? true;
  const unsynced = new Set<string>();
  const staging = createStaging();
  let number = 0;

  return {
    async stage(steps) {
      for (const { tag } of steps) checkTag(tag);
      const begun = withWalk((walk) =>
        ok(
          steps.flatMap(({ tag, changes }) => {
            const puts = changes.filter((change) => change.kind === 'put');
            const made = staging.begin(
              batchOf(walk, tag, () => {}),
              puts,
            );
            walk.trim();
            return made;
          }),
        ),
      );
      if (begun.ok) await staging.finish(begun.value);
    },
    unstage() {
      return withWalk((walk) => {
        for (const { path, name } of staging.takeAll()) {
          const place = walk.place(path);
          if (place.ok) discard(placeIn(place.value.folder, name));
          walk.trim();
        }
        return ok(undefined);
      });
    },
    apply(tag, changes) {
      checkTag(tag);
      let made = 0;
      const result = withWalk((walk) => {
        for (const change of changes) {
          const done = make(walk, tag, change);
          if (!done.ok) return done;
          made++;
          walk.trim();
        }
        return ok(undefined);
      });
      return { made, result };
    },
    sync: () => withWalk(sync),
    sweep(tag, paths) {
      checkTag(tag);
      return withWalk((walk) => {
        const swept = sweep(walk, tag, new Set(paths.map(folderOf)));
        if (!swept.ok) return swept;
        const undone = undoHalfMoves(walk, paths);
        return undone.ok ? ok([...swept.value, ...undone.value]) : undone;
      });
    },
  };

  function make(walk: Walk, tag: string, change: FileChange): Result<void> {
    const touched = new Set<Folder>();
    const batch = batchOf(walk, tag, (folder) => {
      touched.add(folder);
      unsynced.add(folder.path);
    });
    const done = perform(batch, change);
    const moved = [...touched].find((folder) => !stands(folder));
    if (!done.ok || moved === undefined) return done;
    return fail(
      'changed',
      `The folder ${moved.path} was swapped while something was changed in it.`,
      {
        hint: 'Look what lies there now: this system cannot prevent that.',
        data: { path: moved.path },
      },
    );
  }

  function batchOf(walk: Walk, tag: string, touched: Batch['touched']): Batch {
    const newName = () => temporaryName(tag, ++number);
    return { walk, openBelow, hasHardLinks, staged: staging.take, newName, touched };
  }

  /** In the order in which they were changed, so that nothing is lost before it is found again. */
  function sync(walk: Walk): Result<void> {
    for (const path of unsynced) {
      const folder = walk.folder(path);
      // What is gone by now needs nothing; its own folder has changed as well.
      if (!folder.ok && folder.error.code !== 'not-found') return folder;
      if (folder.ok) {
        try {
          fsyncSync(folder.value.fd);
        } catch (error) {
          // Some file systems sync no folders.
          if (!['EINVAL', 'ENOTSUP'].includes(codeOf(error))) {
            return failureOf(error, 'failed', `The folder ${path || '.'} cannot be synced`);
          }
        }
      }
      unsynced.delete(path);
      walk.trim();
    }
    return ok(undefined);
  }

  function undoHalfMoves(walk: Walk, paths: readonly string[]): Result<readonly string[]> {
    const places = paths.flatMap((path) => {
      const place = walk.place(path);
      return place.ok ? [place.value] : [];
    });
    try {
      const removed = sweepHalfMoves(places);
      for (const { folder } of removed) unsynced.add(folder.path);
      return ok(removed.map(({ path }) => path));
    } catch (error) {
      return failureOf(error, 'failed', 'A half-made move cannot be taken back');
    }
  }

  function sweep(walk: Walk, tag: string, folders: ReadonlySet<string>): Result<readonly string[]> {
    const removed: string[] = [];
    for (const path of folders) {
      const folder = walk.folder(path);
      // Nothing of ours can lie where no folder lies by now.
      if (!folder.ok && folder.error.code === 'unreadable') return folder;
      if (!folder.ok) continue;
      try {
        removed.push(...sweepFolder(folder.value, tag));
      } catch (error) {
        return failureOf(error, 'failed', `Temporary files in ${path || '.'} cannot be removed`);
      }
      if (removed.length > 0) unsynced.add(path);
      walk.trim();
    }
    return ok(removed);
  }
}

function perform(batch: Batch, change: FileChange): Result<void> {
  switch (change.kind) {
    case 'put':
      return putFile(batch, change);
    case 'put-link':
      return putLink(batch, change);
    case 'make-folder':
      return makeFolder(batch, change);
    case 'remove':
      return remove(batch, change);
    case 'move':
      return move(batch, change);
  }
}

/** Only what TinyCode itself makes there: files and links. */
function sweepFolder(folder: Folder, tag: string): readonly string[] {
  const places = readdirSync(folder.base)
    .filter((name) => isTemporaryName(tag, name))
    .map((name) => placeIn(folder, name))
    .filter(({ at }) => {
      const stats = lstatSync(at, { throwIfNoEntry: false });
      return stats?.isFile() || stats?.isSymbolicLink();
    });
  for (const { at } of places) unlinkSync(at);
  return places.map(({ path }) => path);
}

const folderOf = (path: string): string => {
  const folder = dirname(path);
  return folder === '.' ? '' : folder;
};
