import type { Action } from '../../core/types.ts';
import { type Standing, standingsOf } from './standing.ts';
import { hunksOf, type StepWork } from './step-work.ts';

/** `2 of 3 steps, 1 of 4 hunks left out: 1 file changes, 1 command runs`. */
export function sayOutcome(steps: readonly StepWork[]): string {
  const said = known.get(steps) ?? describe(steps);
  known.set(steps, said);
  return said;
}

const known = new WeakMap<readonly StepWork[], string>();

function describe(steps: readonly StepWork[]): string {
  const standings = standingsOf(steps);
  const taken = steps.filter(({ step }) => standings.get(step.id)?.kind === 'taken');
  const hunks = taken.flatMap(hunksOf);
  const out = hunks.filter(({ isTaken }) => !isTaken).length;
  const left = out === 0 ? '' : `, ${out} of ${hunks.length} hunks left out`;
  const what = taken.length === 0 ? 'nothing would be done' : sayActs(taken);
  return `${taken.length} of ${steps.length} steps${left}: ${what}`;
}

const KINDS: readonly {
  readonly is: (action: Action, work: StepWork) => boolean;
  readonly one: string;
  readonly many: string;
}[] = [
  { is: isNew, one: 'file is new', many: 'files are new' },
  {
    is: ({ kind }) => kind === 'file.write' || kind === 'file.edit',
    one: 'file changes',
    many: 'files change',
  },
  { is: ({ kind }) => kind === 'file.delete', one: 'path is deleted', many: 'paths are deleted' },
  { is: ({ kind }) => kind === 'file.move', one: 'path moves', many: 'paths move' },
  { is: ({ kind }) => kind === 'folder.create', one: 'folder is made', many: 'folders are made' },
  { is: ({ kind }) => kind === 'file.read', one: 'file is read', many: 'files are read' },
  {
    is: ({ kind }) => ['shell.run', 'git.run', 'plugin.call'].includes(kind),
    one: 'command runs',
    many: 'commands run',
  },
];

function isNew(action: Action, { step }: StepWork): boolean {
  return action.kind === 'file.write' && step.before.every(({ kind }) => kind === 'absent');
}

function sayActs(taken: readonly StepWork[]): string {
  const counts = new Map<number, number>();
  for (const work of taken) {
    const kind = KINDS.findIndex(({ is }) => is(work.step.action, work));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return KINDS.flatMap(({ one, many }, kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  }).join(', ');
}

/** Steps that nobody left out by hand, and why they are not in all the same. */
export function saySurprises(steps: readonly StepWork[]): readonly string[] {
  const standings = standingsOf(steps);
  return steps.flatMap(({ step }) => {
    const said = saySurprise(standings.get(step.id));
    return said === null ? [] : [`Step ${step.id} ${said}`];
  });
}

function saySurprise(standing: Standing | undefined): string | null {
  switch (standing?.kind) {
    case 'orphan':
      return `is left out with step ${standing.needs}, which it needs.`;
    case 'barred':
      return `cannot be taken: ${standing.why}`;
    case 'waiting':
      return 'is still being read.';
    default:
      return null;
  }
}
