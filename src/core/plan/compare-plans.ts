import type { Plan, Step } from '../types.ts';

export type PlanDifference = {
  readonly step: string;
  readonly title: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Which of the step's parts differ. */
  readonly parts: readonly string[];
};

/** Step by step, what a plan has that another one has not. */
export function comparePlans(before: Plan, after: Plan): readonly PlanDifference[] {
  const old = new Map(before.steps.map((step) => [step.id, step]));
  const kept = new Set(after.steps.map(({ id }) => id));
  const removed = before.steps.filter(({ id }) => !kept.has(id));
  return [
    ...removed.map((step) => describe(step, 'removed', [])),
    ...after.steps.flatMap((step) => {
      const earlier = old.get(step.id);
      if (earlier === undefined) return [describe(step, 'added', [])];
      const parts = PARTS.filter((part) => !isEqual(earlier[part], step[part]));
      return parts.length === 0 ? [] : [describe(step, 'changed', parts)];
    }),
  ];
}

const PARTS = [
  'title',
  'why',
  'action',
  'risk',
  'dependsOn',
  'check',
  'before',
  'after',
  'effects',
  'staged',
] as const satisfies readonly (keyof Step)[];

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const describe = (
  { id, title }: Step,
  kind: PlanDifference['kind'],
  parts: readonly string[],
): PlanDifference => ({ step: id, title, kind, parts });
