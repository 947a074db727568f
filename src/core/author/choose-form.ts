/** The forms of an edit that models are asked for. */
export type EditForm = 'whole' | 'search-replace' | 'udiff' | 'apply-patch';

/** What a model does best: whole files up to some size, and another form beyond. */
export type FormHabit = {
  readonly wholeTokens: number;
  readonly beyond: Exclude<EditForm, 'whole'>;
};

/** Small models copy a small file without a mistake, and lose lines of a long one. */
const USUAL_HABIT: FormHabit = { wholeTokens: 700, beyond: 'search-replace' };

/** What was learned of models, by what they are. */
export type Habits = ReadonlyMap<string, FormHabit>;
export const NOTHING_LEARNT: Habits = new Map();

export function chooseForm(
  file: { readonly tokens: number; readonly isNew: boolean },
  digest: string,
  habits: Habits,
): EditForm {
  const { wholeTokens, beyond } = habits.get(digest) ?? USUAL_HABIT;
  return file.isNew || file.tokens <= wholeTokens ? 'whole' : beyond;
}
