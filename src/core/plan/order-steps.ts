import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';

type Ordered = { readonly id: string; readonly dependsOn: readonly string[] };

/** The steps in an order in which each follows what it depends on, else as they were written. */
export function orderSteps<S extends Ordered>(steps: readonly S[]): Result<readonly S[]> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const ordered: S[] = [];
  const states = new Map<string, 'begun' | 'placed'>();
  for (const step of steps) {
    const problem = place(step);
    if (problem !== null) return fail('invalid', problem);
  }
  return ok(ordered);

  /** Depth first without recursion: a chain may be as long as the plan. */
  function place(first: S): string | null {
    const path: { readonly step: S; next: number }[] = [];
    const enter = (step: S) => {
      states.set(step.id, 'begun');
      path.push({ step, next: 0 });
    };
    if (!states.has(first.id)) enter(first);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const wanted = top.step.dependsOn[top.next];
      if (wanted === undefined) {
        states.set(top.step.id, 'placed');
        ordered.push(top.step);
        path.pop();
        continue;
      }
      top.next += 1;
      const other = byId.get(wanted);
      if (other === undefined) return `Step ${top.step.id} depends on ${wanted}, which is no step.`;
      const state = states.get(wanted);
      if (state === 'begun') {
        const from = path.findIndex(({ step }) => step.id === wanted);
        const circle = [...path.slice(from).map(({ step }) => step.id), wanted];
        return `The steps wait for each other in a circle: ${circle.join(' → ')}.`;
      }
      if (state === undefined) enter(other);
    }
    return null;
  }
}
