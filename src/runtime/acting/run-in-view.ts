import { fail, ok } from '../../core/result.ts';
import { sayGitInside } from '../../core/run/git-inside.ts';
import { resolveCage } from '../../core/run/resolve-cage.ts';
import type {
  Action,
  Cage,
  CheckpointEntry,
  Result,
  Rung,
  Step,
  ViewKind,
} from '../../core/types.ts';
import type { ProgramEnd, ProgramRequest, View } from '../../ports.ts';
import { requestOf } from './program-request.ts';
import type { Stage } from './stage.ts';
import { loadChanged } from './view-changes.ts';

/** What a program came to, and what it left in its view. */
export type Ran = {
  readonly end: ProgramEnd;
  readonly rung: Rung;
  readonly view: ViewKind;
  readonly changes: readonly CheckpointEntry[];
  /** By hash, the files that it made or changed. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
};

/** The cage for a program at this level, on this rung. */
function cageFor(
  { readers, situation }: Pick<Stage, 'readers' | 'situation'>,
  rung: Rung,
  action: Action,
): Result<Cage> {
  const rules = readers.policy.cage(situation.level);
  return rules.ok ? resolveCage(rules.value, rung, action) : rules;
}

export async function programOf(
  stage: Pick<Stage, 'readers' | 'situation' | 'signal'>,
  what: string,
  rung: Rung,
  action: Action,
): Promise<Result<ProgramRequest>> {
  const cage = cageFor(stage, rung, action);
  return cage.ok ? requestOf(stage, what, action, cage.value) : cage;
}

/** Runs a program in a view of its own; nothing of what it did has reached the workspace yet. */
export async function runInView(
  stage: Stage,
  request: ProgramRequest,
  options: {
    readonly isApart: boolean;
    readonly wanted: ViewKind | null;
    /** What it leaves may come into the workspace, so its bytes are needed. */
    readonly isKept: boolean;
  },
): Promise<Result<Ran>> {
  const { isApart, wanted, isKept } = options;
  // What a TinyCode that was killed had left goes before anything is added.
  await stage.hands.views.sweep();
  const opened = await stage.hands.views.open({ isApart }, stage.signal);
  if (!opened.ok) return opened;
  const view = opened.value;
  try {
    if (wanted !== null && view.kind !== wanted) return isAnotherView(wanted, view.kind);
    return await runInOpenView(stage, view, request, isKept);
  } finally {
    const closed = await view.close();
    if (!closed.ok) stage.show({ kind: 'failure', failure: closed.error });
  }
}

/** The same in a view that is there already; `changes` are all that it has by then. */
export async function runInOpenView(
  stage: Stage,
  view: View,
  request: ProgramRequest,
  isKept: boolean,
): Promise<Result<Ran>> {
  const listener = { onOutput: () => {}, onUse: stage.use };
  const ran = await view.run(request, listener, stage.signal);
  stage.use(null);
  if (!ran.ok) return ran;
  const changes = await view.changes(stage.signal);
  if (!changes.ok) return changes;
  const isLoaded = isKept && view.kind !== 'direct' && failureOfEnd('', ran.value) === null;
  const blobs = isLoaded
    ? await loadChanged(view, changes.value, stage.signal)
    : ok(new Map<string, Uint8Array>());
  if (!blobs.ok) return blobs;
  return ok({
    end: ran.value,
    rung: request.cage.rung,
    view: view.kind,
    changes: changes.value,
    blobs: blobs.value,
  });
}

const isAnotherView = (wanted: ViewKind, got: ViewKind) =>
  fail('changed', `Programs were approved to run on a view (${wanted}), and now there is ${got}.`, {
    hint: 'Look at the plan again, then approve it again; doctor tells what changed.',
  });

/** How the program of a step did not end well; null: it did. */
export function failureOfStep(step: Step, end: ProgramEnd) {
  const failure = failureOfEnd(`Step ${step.id}`, end);
  const more = failure === null ? '' : sayGitInside(step, end);
  return failure === null || more === ''
    ? failure
    : { ...failure, message: `${failure.message} ${more}` };
}

/** Whether a program ended well, or how it did not. */
export function failureOfEnd(what: string, { exitCode, signal, limits }: ProgramEnd) {
  const hit = limits.filter((limit) => limit !== 'output');
  if (exitCode === 0 && hit.length === 0) return null;
  const how =
    hit.length > 0
      ? `ran into its limits: ${hit.join(', ')}`
      : `ended with ${signal ?? `exit ${exitCode}`}`;
  const hint = {
    hint: 'A step may ask for more: limits: { fileMb: 100 } and the like; see docs/cages.md.',
  };
  return fail('failed', `${what} ${how}.`, hit.length > 0 ? hint : {}).error;
}
