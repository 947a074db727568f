import { expect, it } from 'vitest';
import { RUNGS } from '../../../../src/core/types.ts';
import { newCageLab } from '../../../support/cage-lab.ts';

/** Where a machine is known to have a rung, as in continuous integration, its tests must not be skipped. */
const needed = RUNGS.find((rung) => rung === process.env.TINYCODE_NEEDED_RUNG) ?? 'L0';

it('a machine has the rung that TINYCODE_NEEDED_RUNG says, and a weaker one is never told', async () => {
  const { rung, view } = await newCageLab().cages.report(new AbortController().signal);
  expect(RUNGS.indexOf(rung)).toBeGreaterThanOrEqual(RUNGS.indexOf(needed));
  if (needed !== 'L0') expect(view).toBe('overlay');
});
