import { createHash } from 'node:crypto';
import { createDiffer } from '../../src/adapters/diff/line-differ.ts';
import { fail, ok } from '../../src/core/result.ts';
import { withRehearsal } from '../../src/core/run/rehearsal.ts';
import { isProgram } from '../../src/core/run/resolve-cage.ts';
import type {
  Action,
  CageReport,
  Content,
  FileReview,
  Finding,
  Plan,
  PlanRecord,
  Rehearsal,
  RehearsedStep,
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
  {
    findings = [],
    revision = 1,
    rehearsed = null,
  }: {
    findings?: readonly Finding[];
    revision?: number;
    /** What a rehearsal of it saw; it failed where one of its steps did. */
    rehearsed?: readonly RehearsedStep[] | null;
  } = {},
): PlanRecord {
  const origin = { kind: 'person', text: 'a test' } as const;
  const bare = { goal: 'make the invoice round like the cart', origin, steps, open: [] };
  const plan: Plan = { id: '7f3a', ...bare, hash: sha256(JSON.stringify(bare)) };
  const rehearsal = rehearsed === null ? null : rehearsalOf(plan, rehearsed);
  return {
    plan: withRehearsal(plan, rehearsal),
    revision,
    status: 'proposed',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    findings,
    steps: steps.map(({ id }) => ({ id, status: 'waiting' })),
    approval: null,
    rehearsal,
    history: [],
  };
}

const rehearsalOf = (plan: Plan, steps: readonly RehearsedStep[]): Rehearsal => ({
  hash: sha256(JSON.stringify(steps)),
  planHash: plan.hash,
  at: '2026-01-01T00:00:00.000Z',
  ok: steps.every(({ ok }) => ok),
  stamp: 'as it was',
  steps,
});

export function reviewOf(path: string, before: Content | null, after: Content | null): FileReview {
  const isText = [before, after].every((side) => side === null || typeof side === 'string');
  const text = (side: Content | null) => (typeof side === 'string' ? side : '');
  return { path, before, after, hunks: isText ? differ.hunks(text(before), text(after)) : [] };
}

export const REPORT: CageReport = {
  rung: 'L3',
  view: 'overlay',
  by: 'bwrap',
  holds: 'only the system folders in sight, no network, no capabilities',
  why: '',
};

export type MemoryReview = ReviewSource & {
  /** What the screen asked for, in order. */
  readonly asked: readonly string[];
};

/**
 * A source over a fixed record; `befores` are the texts that the steps begin with, `reviews` what
 * steps change that do not say it themselves.
 */
export function createMemoryReview(
  record: PlanRecord,
  befores: Readonly<Record<string, Content | null>>,
  more: {
    readonly tamper?: (plan: Plan) => Plan;
    readonly cage?: CageReport;
    readonly reviews?: Readonly<Record<string, readonly FileReview[]>>;
    readonly cannotSendBack?: string;
  } = {},
): MemoryReview {
  const asked: string[] = [];
  return {
    asked,
    record: () => record,
    async changes(id) {
      const step = record.plan.steps.find((one) => one.id === id);
      if (step === undefined) return fail('not-found', `There is no step ${id}.`);
      const { action } = step;
      const given = more.reviews?.[id];
      if (given !== undefined) return ok(given);
      const before = befores[id] ?? null;
      if (action.kind === 'file.write' || action.kind === 'file.edit') {
        return ok([reviewOf(action.path, before, action.content)]);
      }
      return ok('path' in action ? [reviewOf(action.path, before, null)] : []);
    },
    cage: async () => more.cage ?? REPORT,
    hunks: differ.hunks,
    async amend({ planHash, contents, reason }) {
      if (planHash !== record.plan.hash) return fail('changed', 'The plan has changed.');
      asked.push(`amend ${reason} ${JSON.stringify(contents)}`);
      const steps = record.plan.steps.map((step): Step => {
        const wish = contents.find((one) => one.step === step.id);
        const { action } = step;
        // What a rehearsal saw is not of the new revision.
        if (isProgram(action)) return { ...step, before: [], after: [] };
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
    cannotSendBack: () => more.cannotSendBack ?? null,
  };
}
