import { isEmptied, type StepWork } from './step-work.ts';

/** Whether an approval would now take a step, and why not. */
export type Standing =
  | { readonly kind: 'taken' }
  | { readonly kind: 'done' }
  /** The person does not want it. */
  | { readonly kind: 'left-out' }
  /** It is left out with a step that it needs. */
  | { readonly kind: 'orphan'; readonly needs: string }
  /** What it changes is not known yet. */
  | { readonly kind: 'waiting' }
  /** It cannot be taken. */
  | { readonly kind: 'barred'; readonly why: string };

type Standings = ReadonlyMap<string, Standing>;

const known = new WeakMap<readonly StepWork[], Standings>();

/** The standing of every step by its id. */
export function standingsOf(steps: readonly StepWork[]): Standings {
  const standings = known.get(steps) ?? judgeAll(steps);
  known.set(steps, standings);
  return standings;
}

function judgeAll(steps: readonly StepWork[]): Standings {
  const standings = new Map<string, Standing>();
  for (const work of steps) standings.set(work.step.id, judge(work, standings));
  return standings;
}

function judge(work: StepWork, before: Standings): Standing {
  if (work.status === 'done') return { kind: 'done' };
  const why = findBar(work);
  if (why !== null) return { kind: 'barred', why };
  if (!work.isWanted || isEmptied(work)) return { kind: 'left-out' };
  // Steps stand in an order in which they can run: what one needs is judged already.
  const needs = work.step.dependsOn.find((id) => {
    const kind = before.get(id)?.kind;
    return kind !== 'taken' && kind !== 'done' && kind !== 'waiting';
  });
  if (needs !== undefined) return { kind: 'orphan', needs };
  return work.files.kind === 'waiting' ? { kind: 'waiting' } : { kind: 'taken' };
}

function findBar({ findings, files }: StepWork): string | null {
  const error = findings.find(({ severity }) => severity === 'error');
  if (error !== undefined) return error.message;
  return files.kind === 'failed' ? files.message : null;
}
