import type { IndexUse } from '../commit/index-use.ts';
import { sayStaged } from '../commit/staged.ts';
import type { Finding, Result, Staged, Step } from '../types.ts';

/** What a step is, and what it does with what is staged. */
export type StepUse = { readonly step: Step; readonly use: IndexUse };

/**
 * Holds a commit to what is staged now: the first step that works with it has that for a pre-image.
 * The later ones find what that step has left, so each waits for the one before. `staged` is null
 * where there is no repository yet, and a failure where it cannot be read.
 */
export function holdStaged(
  uses: readonly StepUse[],
  staged: Result<Staged> | null,
): { readonly steps: readonly Step[]; readonly findings: readonly Finding[] } {
  const isUsing = ({ step, use }: StepUse) =>
    !step.check && (use === 'changes' || use === 'commits');
  const last = uses.findLastIndex((each) => isUsing(each) && each.use === 'commits');
  const using = uses.slice(0, last + 1).filter(isUsing);
  const [first] = using;
  const before = new Map(using.slice(1).map(({ step }, at) => [step.id, using[at]?.step.id]));
  const findings = uses.flatMap(({ step, use }) => {
    if (step.check) return [];
    if (use === 'elsewhere') return [elsewhere(step)];
    return step.id === first?.step.id && staged !== null ? [findingOf(step, staged)] : [];
  });
  const steps = uses.map(({ step }) => {
    const waitsFor = before.get(step.id);
    const dependsOn =
      waitsFor === undefined ? step.dependsOn : [...new Set([...step.dependsOn, waitsFor])];
    const isHeld = step.id === first?.step.id && staged?.ok === true;
    return { ...step, dependsOn, ...(isHeld ? { staged: staged.value } : {}) };
  });
  return { steps, findings };
}

function findingOf({ id }: Step, staged: Result<Staged>): Finding {
  if (staged.ok) {
    return {
      severity: 'info',
      code: 'staged',
      step: id,
      message: `${sayStaged(staged.value)} If that is different when its turn comes, it is refused.`,
    };
  }
  return {
    severity: 'error',
    code: 'unavailable',
    step: id,
    message: `What is staged cannot be read: ${staged.error.message}`,
    ...(staged.error.hint === undefined ? {} : { remedy: staged.error.hint }),
  };
}

const elsewhere = ({ id }: Step): Finding => ({
  severity: 'warn',
  code: 'staged',
  step: id,
  message: 'It commits in another repository, and takes what is staged there when it runs.',
  remedy: 'Look at it there just before it runs, or plan the commit in that folder.',
});
