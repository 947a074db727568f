import type { DraftStep, PlanDraft } from '../types.ts';
import type { Order } from './order.ts';
import { type Outline, type OutlineStep, sayStep } from './outline.ts';

/** What came of a step in the second movement. */
export type Outcome =
  | { readonly kind: 'written'; readonly content: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly why: string };

/**
 * The plan as it will be proposed: exact contents, and an open point for everything that could not
 * be worked out. A step that builds on one of those is one itself.
 */
export function assembleDraft(
  order: Order,
  outline: Outline,
  outcomes: ReadonlyMap<string, Outcome>,
): PlanDraft {
  const steps: DraftStep[] = [];
  const open = [...outline.open];
  for (const step of outline.steps) {
    const outcome = outcomes.get(step.id) ?? { kind: 'open', why: 'it was not worked out.' };
    if (outcome.kind === 'open') {
      open.push(`Step ${step.id}, ${sayStep(step)}: ${outcome.why}`);
      continue;
    }
    steps.push(draftOf(step, outcome.kind === 'written' ? outcome.content : ''));
  }
  const runs = outline.steps.filter(({ kind }) => kind === 'run');
  const late = runs.find((run) => isFollowed(run, steps));
  if (late !== undefined) {
    open.push(
      `What comes after “${sayStep(late)}” is made from the files as they are now; if it changes them, those steps will be refused.`,
    );
  }
  const kept = new Set(steps.map(({ id }) => id));
  return {
    goal: order.request,
    origin: { kind: 'model', text: order.request },
    steps: steps.map((step) => ({
      ...step,
      dependsOn: (step.dependsOn ?? []).filter((id) => kept.has(id)),
    })),
    open,
  };
}

function isFollowed(run: OutlineStep, steps: readonly DraftStep[]): boolean {
  const at = steps.findIndex(({ id }) => id === run.id);
  const isCheck = run.kind === 'run' && run.isCheck;
  return at >= 0 && !isCheck && steps.slice(at + 1).some(({ action }) => 'path' in action);
}

function draftOf(step: OutlineStep, content: string): DraftStep {
  const { id, why, dependsOn } = step;
  const base = { id, why, dependsOn };
  switch (step.kind) {
    case 'edit':
      return { ...base, action: { kind: 'file.edit', path: step.path, content } };
    case 'create':
      return { ...base, action: { kind: 'file.write', path: step.path, content } };
    case 'delete':
      return { ...base, action: { kind: 'file.delete', path: step.path } };
    case 'move':
      return { ...base, action: { kind: 'file.move', from: step.from, to: step.to } };
    case 'run':
      return { ...base, check: step.isCheck, action: { kind: 'shell.run', argv: step.argv } };
    default:
      return step satisfies never;
  }
}
