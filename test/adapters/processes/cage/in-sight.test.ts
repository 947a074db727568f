import { expect, it } from 'vitest';
import type { Place } from '../../../../src/adapters/processes/cage/arrange-places.ts';
import { isInSight } from '../../../../src/adapters/processes/cage/in-sight.ts';
import type { Rung } from '../../../../src/core/types.ts';

const shown = (at: string): Place => ({ kind: 'shown', at, from: at });
const AROUND = {
  system: [shown('/usr')],
  around: [
    { kind: 'hidden', at: '/home', isFolder: true },
    { kind: 'scratch', at: '/home/u' },
    shown('/home/u/shop/.git'),
    { kind: 'link', at: '/usr/x', target: '/y' },
    shown('/both'),
    { kind: 'hidden', at: '/both', isFolder: true },
  ] satisfies readonly Place[],
};
const inSight = (rung: Rung, path: string) => isInSight(rung, path, AROUND);

it('sees what is shown, and of several places the nearest counts', () => {
  for (const rung of ['L2', 'L3'] as const) {
    expect(inSight(rung, '/home/u/shop/.git/worktrees/a')).toBe(true);
    expect(inSight(rung, '/home/u/other/.git')).toBe(false);
    expect(inSight(rung, '/home/v/.git')).toBe(false);
    expect(inSight(rung, '/usr/x/.git')).toBe(true);
    expect(inSight(rung, '/both/a')).toBe(false);
  }
});

it('sees the rest of the disk on every rung but the strongest', () => {
  expect(inSight('L2', '/srv/shop/.git')).toBe(true);
  expect(inSight('L3', '/srv/shop/.git')).toBe(false);
  expect(isInSight('L1', '/home/v', { system: [], around: [] })).toBe(true);
});
