import { reverseEntries } from '../../core/plan/file-changes.ts';
import { isBelow } from '../../core/plan/paths.ts';
import { fail, ok } from '../../core/result.ts';
import type { Checkpoint, CheckpointEntry, Result } from '../../core/types.ts';
import { loadExpected } from './compare-now.ts';
import { tagOf } from './execute-batch.ts';
import { revertEntries, standingOf } from './revert-entries.ts';
import type { Stage } from './stage.ts';
import { bytesOfCheckpoint, changesOf } from './step-changes.ts';

const MOST_CHECKPOINTS = 64;

/**
 * Neighbours that can be taken back together: on different files, and without folders, which are
 * looked at when all that was put into them is gone.
 */
export function groupCheckpoints(
  checkpoints: readonly Checkpoint[],
): readonly (readonly Checkpoint[])[] {
  const groups: Checkpoint[][] = [];
  let paths: Set<string> | null = null;
  for (const checkpoint of checkpoints) {
    const own = checkpoint.entries.map(({ before }) => before.path);
    const isPlain = checkpoint.entries.every(
      ({ before, after }) => before.kind !== 'folder' && after.kind !== 'folder',
    );
    const group = groups.at(-1);
    if (
      isPlain &&
      paths !== null &&
      group !== undefined &&
      group.length < MOST_CHECKPOINTS &&
      own.every((path) => !paths?.has(path))
    ) {
      group.push(checkpoint);
      for (const path of own) paths.add(path);
    } else {
      groups.push([checkpoint]);
      paths = isPlain ? new Set(own) : null;
    }
  }
  return groups;
}

export type Back = {
  readonly restored: readonly string[];
  readonly conflicts: readonly string[];
  /** Why it stopped, where it did. */
  readonly result: Result<void>;
};

type Ready = {
  readonly checkpoint: Checkpoint;
  readonly applied: readonly CheckpointEntry[];
  readonly conflicts: readonly string[];
};

/** Compare and swap: only what still lies as a checkpoint left it is made as it was. */
export async function takeBackGroup(
  stage: Stage,
  checkpoints: readonly Checkpoint[],
): Promise<Back> {
  const ready: Ready[] = [];
  const bytes = new Map<string, Uint8Array>();
  for (const checkpoint of checkpoints) {
    const prepared = prepare(stage, checkpoint, bytes);
    if (!prepared.ok) return { restored: [], conflicts: [], result: prepared };
    ready.push(prepared.value);
  }
  const conflicts = ready.flatMap((each) => each.conflicts);
  const moving = ready.filter(({ applied }) => applied.length > 0);
  const begun = begin(stage, moving, bytes);
  if (!begun.ok) return { restored: [], conflicts, result: begun };
  const { count, result } = await revertEach(stage, moving, begun.value);
  const synced = stage.hands.files.sync();
  const still = ready.filter(({ applied }) => applied.length === 0);
  const closed = close(stage, moving.slice(0, count), still, begun.value);
  const restored = moving
    .slice(0, count)
    .flatMap(({ applied }) => applied.map(({ before }) => before.path));
  const failed = [result, synced, closed].find((each) => !each.ok);
  return { restored, conflicts, result: failed ?? ok(undefined) };
}

function prepare(
  stage: Stage,
  checkpoint: Checkpoint,
  bytes: Map<string, Uint8Array>,
): Result<Ready> {
  const standing = standingOf(stage, checkpoint.entries);
  if (!standing.ok) return standing;
  const applied = withoutFilledFolders(stage, standing.value.applied);
  const loaded = loadExpected(
    stage.readers.images,
    applied.map(({ after }) => after),
  );
  if (!loaded.ok) return loaded;
  for (const [hash, each] of loaded.value) bytes.set(hash, each);
  const conflicts = standing.value.foreign.map(({ before }) => before.path);
  return ok({ checkpoint, applied, conflicts });
}

/** A folder that a step made goes only when nobody else has put something into it. */
function withoutFilledFolders(
  { readers }: Stage,
  applied: readonly CheckpointEntry[],
): readonly CheckpointEntry[] {
  const going = new Set(applied.map(({ after }) => after.path));
  const moving = applied.flatMap(({ after }) => (after.movedFrom ? [after.path] : []));
  const goes = (path: string) => going.has(path) || moving.some((folder) => isBelow(path, folder));
  return applied.filter(({ before, after }) => {
    const isMade = before.kind === 'absent' && after.kind === 'folder' && !after.movedFrom;
    if (!isMade) return true;
    const below = readers.images.below(after.path);
    return below.ok && below.value.every(({ path }) => goes(path));
  });
}

function begin(
  { writers }: Stage,
  moving: readonly Ready[],
  bytes: ReadonlyMap<string, Uint8Array>,
): Result<readonly number[]> {
  if (moving.length === 0) return ok([]);
  const drafts = moving.map(({ checkpoint: { plan, step, id }, applied }) => ({
    plan,
    step,
    undoes: id,
    entries: reverseEntries(applied),
  }));
  return writers.checkpoints.begin(drafts, bytes);
}

async function revertEach(
  stage: Stage,
  moving: readonly Ready[],
  ids: readonly number[],
): Promise<{ readonly count: number; readonly result: Result<void> }> {
  const { files } = stage.hands;
  const blobs = bytesOfCheckpoint(stage.readers.checkpoints);
  const work = moving.map(({ applied }, index) => ({
    tag: tagOf(ids[index] as number),
    changes: changesOf(reverseEntries(applied), blobs),
  }));
  await files.stage(
    work.flatMap(({ tag, changes }) => (changes.ok ? [{ tag, changes: changes.value }] : [])),
  );
  try {
    for (const [count, { tag, changes }] of work.entries()) {
      if (!changes.ok) return { count, result: changes };
      const { result } = files.apply(tag, changes.value);
      if (result.ok) continue;
      return { count, result: giveUp(stage, moving, ids, count, result) };
    }
    return { count: work.length, result: ok(undefined) };
  } finally {
    files.unstage();
  }
}

/** What could not be taken back wholly stays as the step had left it, and so do those after it. */
function giveUp(
  stage: Stage,
  moving: readonly Ready[],
  ids: readonly number[],
  at: number,
  failed: Result<void>,
): Result<void> {
  const { applied, checkpoint } = moving[at] as Ready;
  const own = reverseEntries(applied);
  const standing = standingOf(stage, own);
  const back = standing.ok
    ? revertEntries(stage, tagOf(ids[at] as number), standing.value.applied)
    : standing;
  // One that is neither here nor there stays open: it is settled before anything acts again.
  const settled = ids.slice(back.ok ? at : at + 1);
  const ended =
    settled.length === 0 ? ok(undefined) : stage.writers.checkpoints.end(settled, 'reverted');
  const problem = [back, ended, failed].find((each) => !each.ok);
  if (problem === undefined || problem.ok) return ok(undefined);
  const { code, message, hint } = problem.error;
  return fail(code, `Checkpoint ${checkpoint.id} could not be taken back: ${message}`, {
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What was a way back and is taken back makes what it had undone count again. */
function close(
  { writers }: Stage,
  done: readonly Ready[],
  still: readonly Ready[],
  ids: readonly number[],
): Result<void> {
  const isForth = ({ checkpoint }: Ready) => checkpoint.undoes !== undefined;
  const ownOf = (each: Ready) => ids[done.indexOf(each)] as number;
  const idOf = ({ checkpoint }: Ready) => checkpoint.id;
  const untouched = still.filter(({ conflicts }) => conflicts.length === 0);
  const ends = [
    ['done', done.filter((each) => !isForth(each)).map(ownOf)],
    ['undone', done.filter(isForth).map(ownOf)],
    ['undone', [...done, ...untouched].map(idOf)],
    ['done', done.filter(isForth).map(({ checkpoint }) => checkpoint.undoes as number)],
  ] as const;
  for (const [status, which] of ends) {
    const ended = which.length === 0 ? ok(undefined) : writers.checkpoints.end(which, status);
    if (!ended.ok) return ended;
  }
  return ok(undefined);
}
