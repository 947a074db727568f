import type { DraftStep } from '../../core/types.ts';
import type { Outcome } from './outcome.ts';

/** The steps of all sentences, numbered, with what each has to wait for. */
export type StepList = {
  /** `isRun`: what the steps do to files is not known before they have run. */
  add(outcome: Outcome, isRun: boolean, text: string): void;
  /** Every path that the steps so far change. */
  touched(): readonly string[];
  all(): readonly DraftStep[];
  open(): readonly string[];
  count(): number;
};

/**
 * Steps on files need no order beyond the paths that they share, which is seen to when the plan is
 * made. A process waits for all that was said before it, and what is said after it waits for it.
 */
export function createStepList(): StepList {
  const steps: DraftStep[] = [];
  const open = new Set<string>();
  const touched = new Set<string>();
  let barrier: readonly string[] = [];
  let sinceBarrier: string[] = [];
  let lastRun: string | null = null;

  return {
    add(outcome, isRun, text) {
      if (lastRun !== null && !isRun) {
        open.add(
          `What comes after “${lastRun}” is made from the files as they are now; if it changes them, those steps will be refused.`,
        );
      }
      for (const step of outcome.steps) {
        const id = String(steps.length + 1);
        const waitsFor = isRun && sinceBarrier.length > 0 ? sinceBarrier : barrier;
        steps.push({ id, ...step, ...(waitsFor.length > 0 ? { dependsOn: waitsFor } : {}) });
        for (const path of pathsOf(step.action)) touched.add(path);
        if (isRun) {
          barrier = [id];
          sinceBarrier = [];
        } else sinceBarrier.push(id);
      }
      if (isRun) lastRun = text;
      for (const point of outcome.open) open.add(point);
    },
    touched: () => [...touched].sort(),
    all: () => steps,
    open: () => [...open],
    count: () => steps.length,
  };
}

export function pathsOf(action: DraftStep['action']): readonly string[] {
  if ('path' in action) return [action.path];
  return 'from' in action ? [action.from, action.to] : [];
}
