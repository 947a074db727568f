import { describe, expect, it } from 'vitest';
import type { PendingChanges } from '../../../src/core/commit/pending.ts';
import { compareStaged, sayStaged, stagedOf } from '../../../src/core/commit/staged.ts';
import type { Step } from '../../../src/core/types.ts';

const fileOf = (path: string, added = 1): PendingChanges['files'][number] => ({
  path,
  kind: 'changed',
  lines: { added, removed: 0 },
});
const SEEN: PendingChanges = {
  files: [fileOf('a'), fileOf('b')],
  branch: 'main',
  head: '1'.repeat(40),
  underWay: null,
  stamp: 's1',
};
const STEP: Step = {
  id: '2',
  title: '',
  why: '',
  action: { kind: 'git.run', argv: ['commit'] },
  risk: 'low',
  dependsOn: [],
  check: false,
  before: [],
  after: [],
  effects: { runs: [], writes: [], deletes: [], network: [], isReversible: true },
  staged: stagedOf(SEEN),
};
const compare = (now: Partial<PendingChanges>) =>
  compareStaged(STEP, stagedOf({ ...SEEN, ...now }));
const messageOf = (now: Partial<PendingChanges>): string => {
  const compared = compare(now);
  expect(compared).toMatchObject({ ok: false, error: { code: 'changed' } });
  return compared.ok ? '' : compared.error.message;
};

describe('what is staged', () => {
  it('is as the plan saw it where the contents are, whatever else is told of them', () => {
    expect(compare({})).toMatchObject({ ok: true });
    expect(compare({ files: [] })).toMatchObject({ ok: true });
    const { staged: _, ...free } = STEP;
    expect(compareStaged(free, stagedOf({ ...SEEN, stamp: 's2' }))).toMatchObject({ ok: true });
  });

  it('is another where the contents, the branch, the commit or what is under way is', () => {
    const more = { files: [...SEEN.files, fileOf('c', 7)], stamp: 's2' };
    expect(messageOf(more)).toContain('step 2: changed c +7 -0 is staged now.');
    expect(messageOf({ files: [fileOf('a')], stamp: 's2' })).toContain('b +1 -0 is not staged any');
    expect(messageOf({ stamp: 's2' })).toContain('a file has another content');
    expect(messageOf({ branch: '' })).toContain('on no branch now, and was on main');
    expect(messageOf({ head: '2'.repeat(40) })).toContain('222222222222, and was 111111111111');
    const merging = { what: 'merge', commits: 'abc def' } as const;
    expect(messageOf({ underWay: merging })).toContain('a merge is under way');
    const other = { ...STEP, staged: stagedOf({ ...SEEN, underWay: merging }) };
    expect(compareStaged(other, stagedOf({ ...SEEN, underWay: merging }))).toMatchObject({
      ok: true,
    });
    for (const underWay of [null, { ...merging, commits: 'abc' }]) {
      expect(compareStaged(other, stagedOf({ ...SEEN, underWay }))).toMatchObject({ ok: false });
    }
  });

  it('is told with the place that it would be committed on, and not endlessly', () => {
    expect(sayStaged(stagedOf(SEEN))).toBe(
      'Staged on main, at 111111111111: changed a +1 -0, changed b +1 -0.',
    );
    const fresh = { ...SEEN, branch: 'main', head: '', files: [] };
    expect(sayStaged(stagedOf(fresh))).toBe('Staged on main, no commit yet: nothing.');
    const many = Array.from({ length: 5_000 }, (_, at) => fileOf(`f${at}`));
    const staged = stagedOf({ ...SEEN, branch: '', files: many });
    expect(staged).toMatchObject({ count: 5_000 });
    expect(staged.files).toHaveLength(200);
    expect(sayStaged(staged)).toMatch(/^Staged on no branch, .* and 4980 files more\.$/);
  });
});
