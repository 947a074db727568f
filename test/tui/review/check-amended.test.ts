import { describe, expect, it } from 'vitest';
import type { Plan, Step } from '../../../src/core/types.ts';
import { findStrayChanges } from '../../../src/tui/review/check-amended.ts';
import { recordOf, stepOf } from '../../support/memory-review.ts';

const file = (content: string, more: Partial<Step> = {}) =>
  stepOf('1', { kind: 'file.edit', path: 'a.ts', content }, more);
const run = stepOf('2', { kind: 'shell.run', argv: ['ls'] });
const plan = (...steps: readonly Step[]): Plan => recordOf(steps).plan;

const reviewed = plan(file('new\n'), run);
const ABSENT = [{ path: 'made', kind: 'absent' }] as const;
const MADE = [{ path: 'made', kind: 'folder', mode: 0o755 }] as const;
const wish = [{ step: '1', path: 'a.ts', content: 'other\n' }];

describe('an amended plan', () => {
  it('is as wished where it differs in the wished content and what follows from it', () => {
    const after = [{ path: 'a.ts', kind: 'file', hash: 'x', size: 6, mode: 0o644 }] as const;
    expect(findStrayChanges(reviewed, plan(file('other\n', { after }), run), wish)).toEqual([]);
  });

  it('is as wished without what a rehearsal of the former revision saw', () => {
    const rehearsed = plan(file('new\n'), { ...run, before: ABSENT, after: MADE });
    expect(findStrayChanges(rehearsed, plan(file('other\n'), run), wish)).toEqual([]);
  });

  it.each<readonly [string, Plan]>([
    ['another content', plan(file('evil\n'), run)],
    ['the old content', reviewed],
    [
      'another path',
      plan(stepOf('1', { kind: 'file.edit', path: 'b.ts', content: 'other\n' }), run),
    ],
    [
      'another kind',
      plan(stepOf('1', { kind: 'file.write', path: 'a.ts', content: 'other\n' }), run),
    ],
    ['another risk', plan(file('other\n', { risk: 'none' }), run)],
    ['another command', plan(file('other\n'), stepOf('2', { kind: 'shell.run', argv: ['rm'] }))],
    ['a step more', plan(file('other\n'), run, stepOf('3', { kind: 'shell.run', argv: ['rm'] }))],
    ['a step less', plan(file('other\n'))],
    ['another order', plan(run, file('other\n'))],
    [
      'an image of another path',
      plan(file('other\n', { after: [{ path: 'b', kind: 'absent' }] }), run),
    ],
    ['changes of a program', plan(file('other\n'), { ...run, before: ABSENT, after: MADE })],
    ['another plan', { ...plan(file('other\n'), run), id: 'ffff' }],
    ['another goal', { ...plan(file('other\n'), run), goal: 'x' }],
  ])('is not where it has %s', (_, amended) => {
    expect(findStrayChanges(reviewed, amended, wish)).not.toEqual([]);
  });
});
