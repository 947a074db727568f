import { describe, expect, it } from 'vitest';
import { requestKind } from '../../../src/core/planner/request-kind.ts';
import {
  judgePlan,
  type PastPlan,
  weighPlanners,
} from '../../../src/core/planner/weigh-planners.ts';
import type { PlanRecord, PlanStatus } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';
import { planOf } from '../../support/plan-lab.ts';

const plans = (planner: PastPlan['planner'], ends: string, ageDays = 0): readonly PastPlan[] =>
  [...ends].map((end) => ({ planner, isGood: end === '+', ageDays }));
const chosen = (...past: readonly (readonly PastPlan[])[]) => weighPlanners(past.flat()).planner;

describe('who plans what the rules understand', () => {
  it('is the rules, as long as little speaks against them', () => {
    expect(chosen()).toBe('rules');
    expect(chosen(plans('rules', '--'))).toBe('rules');
    expect(chosen(plans('rules', '-+-+-'))).toBe('rules');
  });

  it('is a model where plans by rules were turned down time and again', () => {
    expect(weighPlanners(plans('rules', '---'))).toEqual({ planner: 'model', bad: 3, of: 3 });
    expect(chosen(plans('rules', '---'), plans('model', '++'))).toBe('model');
  });

  it('is the rules again where those of the model fared no better', () => {
    expect(chosen(plans('rules', '---'), plans('model', '---'))).toBe('rules');
    expect(chosen(plans('rules', '---'), plans('model', '-+'))).toBe('model');
  });

  it('forgets: what was long ago says nothing any more', () => {
    expect(chosen(plans('rules', '---', 90))).toBe('rules');
    expect(chosen(plans('rules', '---', 5))).toBe('model');
    expect(chosen(plans('rules', '-----', 40), plans('rules', '++++'))).toBe('rules');
  });

  const somePlans = fc.array(
    fc.record({
      planner: fc.constantFrom('rules' as const, 'model' as const),
      isGood: fc.boolean(),
      ageDays: fc.double({ min: 0, max: 200, noNaN: true }),
    }),
    { maxLength: 30 },
  );
  const good = { isGood: true, ageDays: 0 };

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(somePlans, (past) => {
        expect(weighPlanners(past.toReversed())).toEqual(weighPlanners(past));
      }),
    );
  });

  it('never leaves the rules for one more good plan of theirs, nor the model for one of its own', () => {
    fc.assert(
      fc.property(somePlans, (past) => {
        const { planner } = weighPlanners(past);
        if (planner === 'rules' && past.some((each) => each.planner === 'rules')) {
          const heavy = [...past, ...Array.from({ length: 9 }, () => ({ planner, ...good }))];
          expect(weighPlanners(heavy).planner).toBe('rules');
        }
        if (planner === 'model') {
          expect(weighPlanners([...past, { planner, ...good }]).planner).toBe('model');
        }
      }),
    );
  });

  it('never goes to a model without three plans by rules that were bad', () => {
    fc.assert(
      fc.property(somePlans, (past) => {
        const { planner, bad } = weighPlanners(past);
        if (planner === 'model') expect(bad).toBeGreaterThanOrEqual(2);
        const few = past.filter((each) => each.planner === 'model' || each.isGood);
        expect(weighPlanners(few).planner).toBe('rules');
      }),
    );
  });
});

describe('what came of a plan', () => {
  const record = (status: PlanStatus, isRun = false): PlanRecord => {
    const plan = planOf('p');
    const steps = plan.steps.map((step) =>
      isRun ? { ...step, action: { kind: 'shell.run', argv: ['ls'] } as const } : step,
    );
    return {
      plan: { ...plan, steps },
      status,
      steps: steps.map(({ id }) => ({ id, status: 'done' })),
    } as unknown as PlanRecord;
  };

  it('is good where it was done and stayed, and bad where it was turned down', () => {
    expect(judgePlan(record('done'))).toBe(true);
    for (const status of ['rejected', 'rolled-back', 'failed'] as const) {
      expect(judgePlan(record(status))).toBe(false);
    }
    for (const status of ['proposed', 'approved', 'running', 'cancelled', 'interrupted'] as const) {
      expect(judgePlan(record(status))).toBeNull();
    }
  });

  it('says nothing of the planner where only programs ran and one failed', () => {
    expect(judgePlan(record('failed', true))).toBeNull();
    expect(judgePlan(record('rejected', true))).toBe(false);
  });
});

describe('the kind of a request', () => {
  it('is what rules read in it', () => {
    expect(requestKind('rename a to b in src')).toBe('rename-name');
    expect(requestKind('run ls; delete b.txt; delete a.txt')).toBe('delete+run');
    expect(requestKind('make it nicer')).toBeNull();
  });
});
