import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../src/core/commands/words.ts';
import { judgeFailedCheck, judgeFailure } from '../../../src/core/eval/judge-trial.ts';
import { orderLine } from '../../../src/core/eval/order-line.ts';
import { NO_WORK } from '../../../src/core/eval/trial.ts';
import { failModel } from '../../../src/core/models/trouble.ts';
import { fail } from '../../../src/core/result.ts';
import type { ModelTrouble } from '../../../src/core/types.ts';

const having = (...tries: readonly string[]) => ({ ...NO_WORK, edits: [{ path: 'a', tries }] });
const withTrouble = (trouble: ModelTrouble) =>
  judgeFailure(failModel(trouble, 'No.').error, NO_WORK).outcome;

describe('the end of a trial', () => {
  it('tells a model that is gone from one that answers badly', () => {
    expect(
      ['unreachable', 'server', 'silent', 'cut', 'busy'].map((each) =>
        withTrouble(each as ModelTrouble),
      ),
    ).toEqual(Array(5).fill('model-gone'));
    expect(
      ['schema', 'no-json', 'cut-json', 'empty'].map((each) => withTrouble(each as ModelTrouble)),
    ).toEqual(Array(4).fill('no-plan'));
  });

  it('names what became of the edits where nothing else was left', () => {
    const { error } = fail('failed', 'Nothing could be planned.');
    expect(judgeFailure(error, having('no-match', 'no-match')).outcome).toBe('edit-refused');
    expect(judgeFailure(error, having('broken-off')).outcome).toBe('broken-off');
    expect(judgeFailure(error, NO_WORK).outcome).toBe('no-plan');
    expect(judgeFailure(fail('timeout', 'Late.').error, NO_WORK).outcome).toBe('broken-off');
    expect(judgeFailure(fail('cancelled', 'Stopped.').error, NO_WORK).outcome).toBe('stopped');
  });

  it('says of a check that failed what was missing', () => {
    expect(judgeFailedCheck('exit 1.', having('no-match', 'taken'), [])).toEqual({
      outcome: 'failed',
      why: 'exit 1.',
    });
    expect(judgeFailedCheck('exit 1.', having('no-match', 'no-match'), ['Step 1.'])).toEqual({
      outcome: 'edit-refused',
      why: 'Step 1. exit 1.',
    });
  });
});

describe('the line of a task', () => {
  it('is what a person would enter, with the request as one word', () => {
    const words = (command: 'plan' | 'fix', request: string) => {
      const split = splitWords(orderLine({ command, request }));
      return split.ok ? split.value : [];
    };
    const odd = `say "it's" \\ done; $HOME`;
    expect(words('plan', odd)).toEqual(['plan', '--with', 'model', odd]);
    expect(words('fix', odd)).toEqual(['fix', odd]);
  });
});
