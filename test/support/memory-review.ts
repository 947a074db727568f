import { createHash } from 'node:crypto';
import { createDiffer } from '../../src/adapters/diff/line-differ.ts';
import { fail, ok } from '../../src/core/result.ts';
import type {
  Action,
  Content,
  FileReview,
  Finding,
  Plan,
  PlanRecord,
  Step,
} from '../../src/core/types.ts';
import type { ReviewSource } from '../../src/tui/review/review-source.ts';

const differ = createDiffer();

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function stepOf(id: string, action: Action, more: Partial<Step> = {}): Step {
  return {
    id,
    title: `what step ${id} does`,
    why: '',
    action,
    risk: 'low',
    dependsOn: [],
    check: false,
    before: [],
    after: [],
    effects: { runs: [], writes: [], deletes: [], network: [], isReversible: true },
    ...more,
  };
}

export function recordOf(
  steps: readonly Step[],
  { findings = [], revision = 1 }: { findings?: readonly Finding[]; revision?: number } = {},
): PlanRecord {
  const origin = { kind: 'person', text: 'a test' } as const;
  const bare = { goal: 'make the invoice round like the cart', origin, steps, open: [] };
  const plan: Plan = { id: '7f3a', ...bare, hash: sha256(JSON.stringify(bare)) };
  return {
    plan,
    revision,
    status: 'proposed',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    findings,
    steps: steps.map(({ id }) => ({ id, status: 'waiting' })),
    approval: null,
    rehearsal: null,
    history: [],
  };
}

export function reviewOf(path: string, before: Content | null, after: Content | null): FileReview {
  const isText = [before, after].every((side) => side === null || typeof side === 'string');
  const text = (side: Content | null) => (typeof side === 'string' ? side : '');
  return { path, before, after, hunks: isText ? differ.hunks(text(before), text(after)) : [] };
}

export type MemoryReview = ReviewSource & {
  /** What the screen asked for, in order. */
  readonly asked: readonly string[];
};

/** A source over a fixed record; `befores` are the texts that the steps begin with. */
export function createMemoryReview(
  record: PlanRecord,
  befores: Readonly<Record<string, Content | null>>,
  more: { readonly tamper?: (plan: Plan) => Plan } = {},
): MemoryReview {
  const asked: string[] = [];
  return {
    asked,
    record: () => record,
    async changes(id) {
      const step = record.plan.steps.find((one) => one.id === id);
      if (step === undefined) return fail('not-found', `There is no step ${id}.`);
      const { action } = step;
      const before = befores[id] ?? null;
      if (action.kind === 'file.write' || action.kind === 'file.edit') {
        return ok([reviewOf(action.path, before, action.content)]);
      }
      return ok('path' in action ? [reviewOf(action.path, before, null)] : []);
    },
    hunks: differ.hunks,
    async amend({ planHash, contents, reason }) {
      if (planHash !== record.plan.hash) return fail('changed', 'The plan has changed.');
      asked.push(`amend ${reason} ${JSON.stringify(contents)}`);
      const steps = record.plan.steps.map((step): Step => {
        const wish = contents.find((one) => one.step === step.id);
        const { action } = step;
        if (wish === undefined || (action.kind !== 'file.write' && action.kind !== 'file.edit')) {
          return step;
        }
        return { ...step, action: { ...action, content: wish.content } };
      });
      const amended = recordOf(steps, { revision: record.revision + 1 });
      return ok({ ...amended, plan: more.tamper?.(amended.plan) ?? amended.plan });
    },
    async approve({ planHash, steps, isNamed }) {
      const which = planHash === record.plan.hash ? 'the first revision' : 'the amended one';
      asked.push(`approve ${steps.join(',')} of ${which}${isNamed ? ', named' : ''}`);
      return ok(undefined);
    },
    async reject(reason) {
      asked.push(`reject ${reason}`);
      return ok(undefined);
    },
  };
}
