import { isBelow } from '../plan/paths.ts';
import type { DraftStep, PlanDraft } from '../types.ts';

export type PartDraft = { readonly planner: 'rules' | 'model'; readonly draft: PlanDraft };

/**
 * Plans for the parts of one request as one plan. Steps on files wait for those on the same paths,
 * which is seen to when the plan is made; a program waits for all before it, and is waited for.
 */
export function joinDrafts(text: string, parts: readonly PartDraft[]): PlanDraft {
  const steps: DraftStep[] = [];
  const open = new Set<string>();
  let sinceRun: string[] = [];
  let lastRun: DraftStep | null = null;
  for (const part of withoutTwins(parts)) {
    const names = new Map(
      part.draft.steps.map(({ id }, at) => [id ?? String(at + 1), String(steps.length + at + 1)]),
    );
    const before = { sinceRun, lastRun };
    for (const point of part.draft.open ?? []) open.add(point);
    if (before.lastRun?.check !== true && before.lastRun && part.draft.steps.some(isOfFile)) {
      open.add(
        `What comes after “${before.lastRun.title ?? 'a program'}” is made from the files as they are now; if it changes them, those steps will be refused.`,
      );
    }
    for (const [at, step] of part.draft.steps.entries()) {
      const id = names.get(step.id ?? String(at + 1)) as string;
      const own = (step.dependsOn ?? []).flatMap((name) => names.get(name) ?? []);
      const earlier = isRun(step) ? before.sinceRun : [];
      const barrier = before.lastRun?.id === undefined ? [] : [before.lastRun.id];
      const dependsOn = [...new Set([...(earlier.length > 0 ? earlier : barrier), ...own])];
      const joined: DraftStep = { ...step, id, dependsOn };
      steps.push(joined);
      if (isRun(step)) {
        lastRun = joined;
        sinceRun = [];
      } else sinceRun.push(id);
    }
  }
  return { goal: text.trim(), origin: { kind: 'model', text }, steps, open: [...open] };
}

/** Paths that two planners would both change: their steps could contradict each other. */
export function findClash(parts: readonly PartDraft[]): string | null {
  const touched = (planner: PartDraft['planner']) =>
    parts.filter((part) => part.planner === planner).flatMap(({ draft }) => pathsOf(draft));
  const byRules = touched('rules');
  const overlaps = (path: string) =>
    byRules.some((other) => other === path || isBelow(path, other) || isBelow(other, path));
  return touched('model').find(overlaps) ?? null;
}

const pathsOf = ({ steps }: PlanDraft): readonly string[] =>
  steps.flatMap(({ action }) => {
    if (action.kind === 'file.move') return [action.from, action.to];
    // A folder that is made is there for whatever will lie in it.
    return 'path' in action && action.kind !== 'folder.create' ? [action.path] : [];
  });

const isRun = ({ action }: DraftStep): boolean =>
  action.kind === 'shell.run' || action.kind === 'git.run';
const isOfFile = (step: DraftStep): boolean => !isRun(step);

/** What the person asked for in so many words, the model need not run a second time. */
function withoutTwins(parts: readonly PartDraft[]): readonly PartDraft[] {
  const wanted = new Set(
    parts
      .filter(({ planner }) => planner === 'rules')
      .flatMap(({ draft }) => draft.steps.filter(isRun).map(wordsOf)),
  );
  return parts.map(({ planner, draft }) => {
    if (planner === 'rules') return { planner, draft };
    const steps = draft.steps.filter((step) => !isRun(step) || !wanted.has(wordsOf(step)));
    return { planner, draft: { ...draft, steps } };
  });
}

function wordsOf({ action }: DraftStep): string {
  if (action.kind !== 'shell.run' && action.kind !== 'git.run') return '';
  const argv = 'argv' in action ? action.argv : [action.command];
  const words = [...(action.kind === 'git.run' ? ['git'] : []), ...argv].join(' ');
  return `${'cwd' in action ? (action.cwd ?? '') : ''} ${words}`;
}
