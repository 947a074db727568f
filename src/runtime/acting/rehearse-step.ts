import { isOnFiles } from '../../core/plan/batch-steps.ts';
import { isSame, reverseEntries } from '../../core/plan/file-changes.ts';
import { fail, ok } from '../../core/result.ts';
import { changesSince } from '../../core/run/changes-since.ts';
import type {
  CheckpointEntry,
  Failure,
  PlanRecord,
  RehearsedStep,
  Result,
  Rung,
  Step,
} from '../../core/types.ts';
import type { View } from '../../ports.ts';
import { judgeMade, refusalOf } from './accept-changes.ts';
import { isAllowed } from './ask-person.ts';
import { copyMoves } from './copy-moves.ts';
import { rehearsedStep } from './rehearsed-steps.ts';
import { failureOfStep, programOf, runInOpenView } from './run-in-view.ts';
import type { Stage } from './stage.ts';
import { expectStaged } from './staged-now.ts';
import { bytesOfStep, changesOf, entriesOf } from './step-changes.ts';

export type Rehearsing = {
  readonly stage: Stage;
  readonly record: PlanRecord;
  readonly view: View;
  readonly rung: Rung;
  /** The files that programs left, by hash; each step adds its own. */
  readonly blobs: Map<string, Uint8Array>;
};

/** What came of a step; `all`: what differs from the workspace then, where that is something else. */
export type Seen = { readonly step: RehearsedStep; readonly all?: readonly CheckpointEntry[] };

/** Does one step of a plan on a view. */
export function rehearseStep(
  its: Rehearsing,
  step: Step,
  earlier: readonly CheckpointEntry[],
): Promise<Seen> {
  const wrong = its.record.findings.find(
    (finding) => finding.severity === 'error' && finding.step === step.id,
  );
  if (wrong !== undefined) {
    return Promise.resolve(failed(its, step, fail('denied', wrong.message).error));
  }
  return isOnFiles(step.action.kind)
    ? changeFiles(its, step, earlier)
    : runProgram(its, step, earlier);
}

async function changeFiles(
  its: Rehearsing,
  step: Step,
  earlier: readonly CheckpointEntry[],
): Promise<Seen> {
  const { stage, view, rung } = its;
  const { files, images } = stage.hands.inFolder(view.folder);
  const changes = changesOf(entriesOf(step), bytesOfStep(step));
  const copied = changes.ok ? copyMoves(images, changes.value) : changes;
  if (!copied.ok) return failed(its, step, copied.error);
  const { result } = files.apply('rehearsal', copied.value);
  if (!result.ok) return failed(its, step, result.error);
  const entries = entriesOf(step);
  const seen = { id: step.id, ok: true, rung, ran: null, changes: entries };
  // Of a folder that was moved only its own name stands among the entries.
  if (step.action.kind !== 'file.move') return { step: seen, all: merge([...earlier, ...entries]) };
  const all = await view.changes(stage.signal);
  return all.ok ? { step: seen, all: all.value } : failed(its, step, all.error);
}

/** One entry for each path: from what lies in the workspace to what lies in the view. */
function merge(entries: readonly CheckpointEntry[]): readonly CheckpointEntry[] {
  const merged = new Map<string, CheckpointEntry>();
  for (const { before, after } of entries) {
    merged.set(after.path, { before: merged.get(after.path)?.before ?? before, after });
  }
  return [...merged.values()].filter(({ before, after }) => !isSame(before, after));
}

async function runProgram(
  its: Rehearsing,
  step: Step,
  earlier: readonly CheckpointEntry[],
): Promise<Seen> {
  const { stage, record, view, rung, blobs } = its;
  const staged = await expectStaged(stage, step);
  if (!staged.ok) return failed(its, step, staged.error);
  const request = await programOf(
    stage,
    `rehearsal of ${record.plan.id} ${step.id}`,
    rung,
    step.action,
  );
  if (!request.ok) return failed(its, step, request.error);
  const agreed = await agreeToTry(its, step);
  if (!agreed.ok) return failed(its, step, agreed.error);
  const { cage } = request.value;
  // What leaves the machine cannot be taken back, so a rehearsal sends nothing.
  const silent = { ...request.value, cage: { ...cage, network: false } };
  const ran = await runInOpenView(stage, view, silent, !step.check);
  if (!ran.ok) return failed(its, step, ran.error);
  const changes = changesSince(earlier, ran.value.changes);
  const seen = { ...rehearsedStep(step, ran.value), changes };
  const all = ran.value.changes;
  const failure = failureOfStep(step, ran.value.end) ?? (await refusal(stage, step, changes));
  if (failure !== null) {
    const error = { code: failure.code, message: failure.message };
    return { step: { ...seen, ok: false, error }, all };
  }
  if (step.check) {
    const back = takeBack(its, earlier, changes);
    return back.ok ? { step: seen } : failed(its, step, back.error);
  }
  for (const { after } of changes) {
    const bytes = after.kind === 'file' ? ran.value.blobs.get(after.hash) : undefined;
    if (after.kind === 'file' && bytes !== undefined) blobs.set(after.hash, bytes);
  }
  return { step: seen, all };
}

/** The rules are asked again; and where nothing cages a program, trying it is running it. */
async function agreeToTry({ stage, rung }: Rehearsing, step: Step): Promise<Result<void>> {
  const allowed = isAllowed(stage, step);
  if (!allowed.ok || rung !== 'L0') return allowed;
  const answer = await stage.ask({
    kind: 'choice',
    text: `Nothing cages step ${step.id}, also not while it is tried: ${step.title}`,
    choices: [
      { key: 'y', label: 'run it' },
      { key: 'n', label: 'stop here' },
    ],
  });
  if (answer === 'y') return ok(undefined);
  return fail('needs-approval', `Nothing cages step ${step.id}, so it was not tried.`, {
    hint: 'doctor tells how to get a cage; in a terminal you are asked.',
  });
}

/** A check only looks: the next step must find what it would find in the workspace. */
function takeBack(
  { stage, record, view, blobs }: Rehearsing,
  earlier: readonly CheckpointEntry[],
  changes: readonly CheckpointEntry[],
): Result<void> {
  if (changes.length === 0) return ok(undefined);
  const { files } = stage.hands.inFolder(view.folder);
  const paths = new Map(
    [...earlier, ...changes].flatMap(({ before }) =>
      before.kind === 'file' ? [[before.hash, before.path] as const] : [],
    ),
  );
  const bytesFor = (hash: string): Result<Uint8Array> => {
    const made = blobs.get(hash);
    if (made !== undefined) return ok(made);
    const writer = record.plan.steps.find(({ after }) =>
      after.some((image) => image.kind === 'file' && image.hash === hash),
    );
    const written = writer === undefined ? null : bytesOfStep(writer)(hash);
    if (written?.ok) return written;
    const lying = stage.readers.images.load(paths.get(hash) ?? '');
    return lying.ok ? ok(lying.value.bytes) : lying;
  };
  const back = changesOf(reverseEntries(changes), bytesFor);
  return back.ok ? files.apply('rehearsal-back', back.value).result : back;
}

/** What the rules would never let into the workspace shows already now. */
async function refusal(
  stage: Stage,
  step: Step,
  changes: readonly CheckpointEntry[],
): Promise<Failure | null> {
  if (step.check || changes.length === 0) return null;
  const judged = await judgeMade(stage, step, changes);
  if (!judged.ok) return judged.error;
  return judged.value.refused.length > 0 ? refusalOf(step, judged.value) : null;
}

function failed({ rung }: Rehearsing, { id }: Step, { code, message }: Failure): Seen {
  return { step: { id, ok: false, rung, ran: null, changes: [], error: { code, message } } };
}

export const notReached = (its: Rehearsing, step: Step): Seen =>
  failed(its, step, fail('cancelled', 'It was not reached.').error);
