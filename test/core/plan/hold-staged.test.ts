import { describe, expect, it } from 'vitest';
import type { IndexUse } from '../../../src/core/commit/index-use.ts';
import { holdStaged } from '../../../src/core/plan/hold-staged.ts';
import { fail, ok } from '../../../src/core/result.ts';
import type { Staged, Step } from '../../../src/core/types.ts';

const STAGED: Staged = {
  ...{ branch: 'main', head: 'abc', underWay: '', stamp: 's', count: 1 },
  files: ['new a +1 -0'],
};
const stepOf = (id: string, check = false): Step => ({
  ...{ id, title: id, why: '', risk: 'low', dependsOn: [], check, before: [], after: [] },
  action: { kind: 'git.run', argv: [] },
  effects: { runs: [], writes: [], deletes: [], network: [], isReversible: true },
});
const hold = (uses: readonly IndexUse[], staged: Parameters<typeof holdStaged>[1] = ok(STAGED)) =>
  holdStaged(
    uses.map((use, at) => ({ step: stepOf(String(at + 1)), use })),
    staged,
  );
const heldIn = ({ steps }: ReturnType<typeof hold>) =>
  steps.filter(({ staged }) => staged !== undefined).map(({ id }) => id);

describe('a plan that commits', () => {
  it('has what is staged for a pre-image at its first step that works with it', () => {
    expect(heldIn(hold(['none', 'commits']))).toEqual(['2']);
    expect(heldIn(hold(['none', 'changes', 'none', 'commits']))).toEqual(['2']);
    expect(heldIn(hold(['commits', 'changes', 'commits']))).toEqual(['1']);
    expect(hold(['commits']).steps[0]?.staged).toEqual(STAGED);
    expect(hold(['commits']).findings).toMatchObject([
      { severity: 'info', code: 'staged', step: '1' },
    ]);
  });

  it('cannot be done without the steps that stage what it commits', () => {
    const { steps } = hold(['changes', 'none', 'changes', 'commits', 'changes']);
    expect(steps.map(({ dependsOn }) => dependsOn)).toEqual([[], [], ['1'], ['3'], []]);
  });

  it('has none where nothing commits, where it only looks, or where no repository is', () => {
    expect(heldIn(hold(['changes', 'none']))).toEqual([]);
    expect(heldIn(hold(['commits'], null))).toEqual([]);
    const check = holdStaged([{ step: stepOf('1', true), use: 'commits' }], ok(STAGED));
    expect(check).toMatchObject({ findings: [], steps: [{ id: '1' }] });
    expect(heldIn(check)).toEqual([]);
  });

  it('cannot be approved where nobody can say what is staged, and warns of other repositories', () => {
    const unread = hold(['commits'], fail('limit', 'Too much.'));
    expect(unread.findings).toMatchObject([{ severity: 'error', step: '1' }]);
    const elsewhere = hold(['elsewhere', 'commits']);
    expect(heldIn(elsewhere)).toEqual(['2']);
    expect(elsewhere.findings).toMatchObject([
      { severity: 'warn', step: '1' },
      { severity: 'info', step: '2' },
    ]);
  });
});
