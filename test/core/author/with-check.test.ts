import { describe, expect, it } from 'vitest';
import { withCheck } from '../../../src/core/author/with-check.ts';
import type { PlanDraft } from '../../../src/core/types.ts';
import { stepOf } from '../../support/memory-review.ts';

const FAILED = stepOf('7', { kind: 'shell.run', argv: ['node', '--test'] }, { check: true });
const draftOf = (...steps: PlanDraft['steps']): PlanDraft => ({
  goal: 'repair it',
  origin: { kind: 'model', text: 'repair it' },
  steps,
});
const EDIT = { id: '2', action: { kind: 'file.delete', path: 'a' } } as const;

describe('a repair', () => {
  it('ends with what failed, behind everything else', () => {
    expect(withCheck(draftOf(EDIT), FAILED).steps).toEqual([
      EDIT,
      {
        id: '3',
        why: 'Step 7 failed at it.',
        action: FAILED.action,
        dependsOn: ['2'],
        check: true,
      },
    ]);
  });

  it('stays as it is where it tries that already', () => {
    const own = draftOf(EDIT, { id: 'x', action: { argv: ['node', '--test'], kind: 'shell.run' } });
    expect(withCheck(own, FAILED)).toBe(own);
  });
});
