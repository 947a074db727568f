import { isProgram } from '../../core/run/resolve-cage.ts';
import type { PlanRecord, Rehearsal, Tone } from '../../core/types.ts';
import type { ReviewState } from './review-state.ts';
import { standingsOf } from './standing.ts';
import { amendmentOf, isMarked, rehearsalOf, type StepWork } from './step-work.ts';

/** What the rehearsal of the plan means for an approval of what is marked now. */
export type RehearsalUse =
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly why: string }
  /** It came out well, of something else than what is marked. */
  | { readonly kind: 'other'; readonly why: string }
  /** Its very changes are approved along; `isFast` where they are taken without running again. */
  | { readonly kind: 'taken'; readonly isFast: boolean };

export function findRehearsalUse({ record, steps }: ReviewState): RehearsalUse {
  const use = known.get(steps) ?? findUse(record, steps);
  known.set(steps, use);
  return use;
}

const known = new WeakMap<readonly StepWork[], RehearsalUse>();

function findUse(record: PlanRecord, steps: readonly StepWork[]): RehearsalUse {
  const rehearsal = rehearsalOf(record);
  if (rehearsal === null) return { kind: 'none' };
  if (!rehearsal.ok) return { kind: 'failed', why: whyFailed(rehearsal) };
  const why = whyOther(rehearsal, steps);
  return why === null
    ? { kind: 'taken', isFast: rehearsal.stamp !== null }
    : { kind: 'other', why };
}

function whyFailed({ steps }: Rehearsal): string {
  const first = steps.find(({ ok }) => !ok);
  const { id, error } = first ?? { id: '?', error: undefined };
  const message = error?.message ?? 'it failed.';
  return message.startsWith(`Step ${id} `) ? message : `Step ${id}: ${message}`;
}

/** An approval names a rehearsal only if all that was rehearsed is approved, and nothing else is. */
function whyOther(rehearsal: Rehearsal, steps: readonly StepWork[]): string | null {
  const standings = standingsOf(steps);
  const out = rehearsal.steps.find(({ id }) => standings.get(id)?.kind !== 'taken');
  if (out !== undefined) {
    const kind = standings.get(out.id)?.kind;
    return kind === 'done'
      ? `Step ${out.id} was done since it was rehearsed`
      : `Step ${out.id} was rehearsed too, and is not taken now`;
  }
  const amended = steps.find(
    (work) =>
      isMarked(work) && standings.get(work.step.id)?.kind === 'taken' && amendmentOf(work) !== null,
  );
  return amended === undefined ? null : `Step ${amended.step.id} is not as it was rehearsed`;
}

/** A word for the head of the screen. */
export function nameRehearsal(use: RehearsalUse): string {
  switch (use.kind) {
    case 'none':
      return '';
    case 'failed':
      return 'rehearsal failed';
    case 'other':
    case 'taken':
      return 'rehearsed, came out well';
    default:
      return use satisfies never;
  }
}

/** What approving means after the rehearsal. */
export function sayRehearsal(use: RehearsalUse, steps: readonly StepWork[]): Said | null {
  switch (use.kind) {
    case 'none':
      return null;
    case 'failed':
      return { text: `Rehearsal failed. ${use.why} Approving runs it all the same.`, tone: 'bad' };
    case 'other':
      return {
        text: `${use.why}: programs run again.`,
        tone: 'warn',
      };
    case 'taken': {
      const unseen = findUnseen(steps);
      if (unseen.length > 0) {
        const text = `Only a part was rehearsed: not step ${unseen.join(', ')}. ${use.isFast ? EXACTLY : COMPARED}`;
        return { text, tone: 'warn' };
      }
      return { text: use.isFast ? EXACTLY : COMPARED, tone: 'good' };
    }
    default:
      return use satisfies never;
  }
}
type Said = { readonly text: string; readonly tone: Tone };

const EXACTLY = 'Approving takes exactly the rehearsed result where nothing changed since.';
const COMPARED = 'Approving runs programs again, and takes what they change if it is as rehearsed.';

/** Programs that would run and were not rehearsed. */
function findUnseen(steps: readonly StepWork[]): readonly string[] {
  const standings = standingsOf(steps);
  return steps.flatMap(({ step, rehearsed }) =>
    isProgram(step.action) && rehearsed === null && standings.get(step.id)?.kind === 'taken'
      ? [step.id]
      : [],
  );
}
