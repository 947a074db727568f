import { describe, expect, it } from 'vitest';
import { evalLab, hasCage, hasProgram } from '../support/eval-lab.ts';
import { goodAnswers, readReferences, TASKS } from '../support/task-references.ts';

const references = readReferences();
const languages = [...new Set(references.map(({ language }) => language))].sort();

describe('the tasks that TinyCode brings', () => {
  it('are thirty in six languages', () => {
    expect(references).toHaveLength(30);
    expect(languages).toEqual(['c', 'go', 'java', 'javascript', 'python', 'rust']);
  });

  for (const language of languages) {
    const own = references.filter((each) => each.language === language);
    const lacks = own.flatMap(({ needs }) => needs).filter((name) => !hasProgram(name));
    it.skipIf(!hasCage || lacks.length > 0)(
      `fail before and succeed after what a good model answers: ${language}`,
      async () => {
        const lab = await evalLab(goodAnswers(own));
        const { data } = await lab.json(TASKS, '--language', language, '--at-once', '2');
        expect(data.tasks.map(sayTask)).toEqual(own.map(({ id }) => `${id} passed`));
        expect(data.summary.edits).toMatchObject({ repaired: 0, lost: 0, applyRate: 100 });
        expect(lab.left()).toEqual([]);
      },
      180_000,
    );
  }
});

const sayTask = (each: { task: string; outcome: string; why?: string }): string =>
  [each.task, each.outcome, ...(each.why ? [each.why] : [])].join(' ');
