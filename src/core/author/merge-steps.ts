import type { RawStep } from './outline.ts';

/** A step with the number that the model gave it. */
export type Numbered = { readonly number: number; readonly step: RawStep };

/**
 * Puts what is wanted of one file into one step: a file is written once, with all that changes in
 * it. What comes behind a program, a move or a deletion may find another file, and stays apart.
 */
export function mergeSteps(raw: readonly RawStep[]): {
  readonly steps: readonly Numbered[];
  /** The number under which a step is found now. */
  readonly isSameAs: (number: number) => number;
} {
  const merged = new Map<number, number>();
  const isSameAs = (number: number) => merged.get(number) ?? number;
  const steps: Numbered[] = [];
  const open = new Map<string, number>();
  for (const [index, step] of raw.entries()) {
    const number = index + 1;
    const path = step.path?.trim().replace(/^\.\//, '') ?? '';
    const isWriting = step.kind === 'edit' || step.kind === 'create';
    const earlier = isWriting ? open.get(path) : undefined;
    const at = steps.findIndex((each) => each.number === earlier);
    const same = steps[at];
    if (same !== undefined && path !== '') {
      merged.set(number, same.number);
      steps[at] = { number: same.number, step: join(same.step, step) };
      continue;
    }
    if (isWriting) open.set(path, number);
    else open.clear();
    if (isWriting || !steps.some((each) => isEqual(each.step, step))) steps.push({ number, step });
    else merged.set(number, steps.find((each) => isEqual(each.step, step))?.number ?? number);
  }
  return { steps, isSameAs };
}

function join(first: RawStep, second: RawStep): RawStep {
  const whys = [...new Set([first.why.trim(), second.why.trim()])].filter((why) => why !== '');
  return {
    ...first,
    why: whys.join(' '),
    after: [...(first.after ?? []), ...(second.after ?? [])],
  };
}

/** A deletion or a move that is given twice is meant once. */
const isEqual = (a: RawStep, b: RawStep): boolean =>
  a.kind === b.kind &&
  (a.kind === 'delete' || a.kind === 'move') &&
  a.path === b.path &&
  a.to === b.to;
