import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createPlanStore } from '../../src/adapters/sqlite/plan-store.ts';
import type { Approval, Plan, Step } from '../../src/core/types.ts';
import { temporaryFolder } from './files.ts';
import { tickingClock } from './ticking-clock.ts';

/** A folder with room for plans. */
export function newPlanLab() {
  const path = join(temporaryFolder(), 'state', 'plans.db');
  const clock = tickingClock();
  return { path, clock, open: () => createPlanStore({ path, clock }) };
}

/** The store takes its hash as it comes; it only has to differ where the plans do. */
export function planOf(id: string, goal = 'Rename a file', steps = 2): Plan {
  const plan = {
    goal,
    origin: { kind: 'person', text: goal },
    steps: Array.from({ length: steps }, (_, number) => stepOf(number)),
    open: [],
  } as const;
  return { id, ...plan, hash: createHash('sha256').update(JSON.stringify(plan)).digest('hex') };
}

export function approvalOf(plan: Plan): Approval {
  return {
    plan: plan.id,
    planHash: plan.hash,
    steps: plan.steps.map(({ id }) => id),
    by: 'ada',
    at: '2026-01-31T12:00:00.000Z',
    expiresAt: '2026-01-31T13:00:00.000Z',
    policyVersion: 'v1',
    level: 'standard',
    isNamed: false,
    cage: null,
  };
}

const stepOf = (number: number): Step => ({
  id: `s${number + 1}`,
  title: `Write ${number}.ts`,
  why: 'It was asked for.',
  action: {
    kind: 'file.write',
    path: `src/${number}.ts`,
    content: `export const n = ${number};\n`,
  },
  risk: 'low',
  dependsOn: number === 0 ? [] : [`s${number}`],
  check: false,
  before: [{ path: `src/${number}.ts`, kind: 'absent' }],
  after: [{ path: `src/${number}.ts`, kind: 'file', hash: 'ab'.repeat(32), size: 20, mode: 0o644 }],
  effects: { runs: [], writes: [`src/${number}.ts`], deletes: [], network: [], isReversible: true },
});
