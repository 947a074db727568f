import { isProgram } from '../../core/run/resolve-cage.ts';
import type {
  FileReview,
  Finding,
  PlanRecord,
  Rehearsal,
  RehearsedStep,
  Result,
  Step,
  StepStatus,
} from '../../core/types.ts';
import { type FileWork, findDamage, type HunkWork, openFile, resultOf } from './file-work.ts';
import type { AmendedContent } from './review-source.ts';

/** One step under review. */
export type StepWork = {
  readonly step: Step;
  readonly status: StepStatus;
  /** The person wants it; whether it can be had is told by its standing. */
  readonly isWanted: boolean;
  readonly findings: readonly Finding[];
  /** What a rehearsal of this very revision saw of it. */
  readonly rehearsed: RehearsedStep | null;
  /** All that is kept of what it said in the rehearsal is shown. */
  readonly isOutputOpen: boolean;
  readonly files: Files;
};
export type Files =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly message: string }
  /** They cannot be shown, and no approval would take them. */
  | { readonly kind: 'unseen'; readonly message: string }
  | { readonly kind: 'ready'; readonly files: readonly FileWork[] };

export function openSteps(record: PlanRecord): readonly StepWork[] {
  const { plan, findings, steps } = record;
  const rehearsal = rehearsalOf(record);
  // What is said of the whole plan stands with its first step; an error bars all of them.
  const ofPlan = findings.filter(({ step }) => step === undefined);
  return plan.steps.map((step, at) => {
    const rehearsed = rehearsal?.steps.find(({ id }) => id === step.id) ?? null;
    return {
      step,
      status: steps.find(({ id }) => id === step.id)?.status ?? 'waiting',
      // What is critical is wanted only once a person says so.
      isWanted: step.risk !== 'critical',
      findings: [
        ...ofPlan.filter(({ severity }) => at === 0 || severity === 'error'),
        ...findings.filter((finding) => finding.step === step.id),
      ],
      rehearsed,
      isOutputOpen: false,
      files: touchesFiles(step, rehearsed) ? { kind: 'waiting' } : { kind: 'ready', files: [] },
    };
  });
}

/** The rehearsal of the revision that is reviewed. */
export const rehearsalOf = ({ plan, rehearsal }: PlanRecord): Rehearsal | null =>
  rehearsal?.planHash === plan.hash ? rehearsal : null;

function touchesFiles({ action, after }: Step, rehearsed: RehearsedStep | null): boolean {
  // Of a program that failed, nothing that it wrote is kept.
  if (isProgram(action)) return after.length > 0 && rehearsed?.ok !== false;
  return action.kind.startsWith('file.') && action.kind !== 'file.read';
}

/** Its hunks can be left out one by one: it gives one file exactly one text. */
export function isHunkwise({ action }: Step): boolean {
  return (
    (action.kind === 'file.write' || action.kind === 'file.edit') &&
    typeof action.content === 'string'
  );
}

/** What a step changes as it was brought, unless that is not what the step would do. */
export function filesOf(step: Step, result: Result<readonly FileReview[]>): Files {
  if (!result.ok) return { kind: 'failed', message: sayUnread(step, result.error.message) };
  const damage = result.value.map(findDamage).find((problem) => problem !== null);
  const problem = damage ?? findStranger(step, result.value);
  return problem === null
    ? { kind: 'ready', files: result.value.map((review) => openFile(review)) }
    : { kind: 'failed', message: problem };
}

/** What was seen in a rehearsal that failed is never taken, so it bars nothing. */
export function softened({ step }: StepWork, files: Files, rehearsal: Rehearsal | null): Files {
  return files.kind === 'failed' && isProgram(step.action) && rehearsal?.ok === false
    ? { kind: 'unseen', message: files.message }
    : files;
}

const sayUnread = ({ action }: Step, message: string): string =>
  isProgram(action)
    ? `What it changed in its rehearsal cannot be shown. ${message} r rehearses again.`
    : message;

/** The person approves what runs: what is shown must be what the step holds. */
function findStranger({ action }: Step, reviews: readonly FileReview[]): string | null {
  if (action.kind !== 'file.write' && action.kind !== 'file.edit') return null;
  const [review] = reviews;
  const isSame =
    review !== undefined &&
    reviews.length === 1 &&
    review.path === action.path &&
    JSON.stringify(review.after) === JSON.stringify(action.content);
  return isSame ? null : `What was read of ${action.path} is not what the step would write.`;
}

const hunksByFiles = new WeakMap<Files, readonly HunkWork[]>();

/** All hunks of a step, file by file. Kept, as every view of a review counts them. */
export function hunksOf({ files }: StepWork): readonly HunkWork[] {
  const known = hunksByFiles.get(files);
  if (known) return known;
  const hunks = files.kind === 'ready' ? files.files.flatMap((file) => file.hunks) : [];
  hunksByFiles.set(files, hunks);
  return hunks;
}

/** Nothing of what the step would change is wanted. */
export function isEmptied(work: StepWork): boolean {
  if (!isHunkwise(work.step) || work.files.kind !== 'ready') return false;
  const hunks = hunksOf(work);
  const isEdited = work.files.files.some((file) => file.isEdited);
  return hunks.length === 0 ? isEdited : hunks.every(({ isTaken }) => !isTaken);
}

/** What a step shall write where that is no longer what the plan says. */
export function amendmentOf({ step, files }: StepWork): AmendedContent | null {
  const { action } = step;
  if (action.kind !== 'file.write' && action.kind !== 'file.edit') return null;
  const file = files.kind === 'ready' ? files.files[0] : undefined;
  if (file === undefined || typeof action.content !== 'string') return null;
  const content = resultOf(file);
  return content === action.content ? null : { step: step.id, path: action.path, content };
}

/** Something in it was left out or edited. */
export const isMarked = ({ files }: StepWork): boolean =>
  files.kind === 'ready' &&
  files.files.some(({ isEdited, hunks }) => isEdited || hunks.some(({ isTaken }) => !isTaken));

/** In words: what of a step was left out, and why. */
export function reasonsOf({ step, files }: StepWork): readonly string[] {
  if (files.kind !== 'ready') return [];
  return files.files.flatMap(({ review, hunks, isEdited }) => [
    ...(isEdited ? [`step ${step.id}: ${review.path} edited`] : []),
    ...hunks.flatMap(({ isTaken, reason }, index) => {
      const what = `step ${step.id}: hunk ${index + 1} of ${hunks.length} of ${review.path} left out`;
      return isTaken ? [] : [reason === '' ? what : `${what}: ${reason}`];
    }),
  ]);
}
