import { createPlanStore } from '../../src/adapters/sqlite/plan-store.ts';
import type { PlanRecord } from '../../src/core/types.ts';

/**
 * Uses the approval of every plan: `PATH START`. All of them are read before the time START, so
 * that others who do the same hold the same approvals. Prints the plans that it may run.
 */
const [, , path = '', start = '0'] = process.argv;
const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
const store = createPlanStore({ path, clock });
const cards = store.list();
const records = (cards.ok ? cards.value : []).flatMap(({ id }): PlanRecord[] => {
  const found = store.find(id);
  return found.ok ? [found.value] : [];
});
while (Date.now() < Number(start)) {
  // Nothing to wait for but the time.
}
for (const { approval } of records) {
  if (approval === null) continue;
  const used = store.use(approval);
  process.stdout.write(`${used.ok ? 'used' : used.error.code} ${approval.plan}\n`);
}
store.close();
