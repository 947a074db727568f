import { EDIT_FORMS, type EditForm, type ModelHabit, type Score } from '../types.ts';
import { learnForm } from './learn-form.ts';
import { learnToolMode } from './learn-tool-mode.ts';
import { learnWindow } from './learn-window.ts';
import type { Trials } from './trials.ts';

/** What is concluded from what was seen of a model. */
export function learnHabit(
  model: Pick<ModelHabit, 'digest' | 'name' | 'testedAt'>,
  trials: Trials,
): ModelHabit {
  const { speed, schema, forms, copies, windows, isWhole } = trials;
  return {
    ...model,
    toolMode: learnToolMode(trials.nativeCalls, trials.textCalls),
    hasSchema: schema.of === 0 ? null : schema.right === schema.of,
    form: learnForm({ forms, copies }),
    contextTokens: learnWindow(windows),
    ...speed,
    forms: Object.fromEntries(
      EDIT_FORMS.map((form): [EditForm, Score] => [
        form,
        { right: forms[form].right, of: forms[form].of },
      ]),
    ) as Record<EditForm, Score>,
    isWhole,
  };
}

/** Nothing of it was answered, so nothing can be concluded. */
export const isEmpty = ({ schema, nativeCalls, textCalls, forms, windows }: Trials): boolean =>
  [schema, nativeCalls, textCalls, ...Object.values(forms)].every(({ of }) => of === 0) &&
  windows.length === 0;
