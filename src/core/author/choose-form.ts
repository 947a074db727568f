import type { EditForm, FormHabit } from '../types.ts';

/** Small models copy a small file without a mistake, and lose lines of a long one. */
export const USUAL_FORM: FormHabit = { wholeTokens: 700, beyond: 'search-replace' };

/** A new file is written whole whatever was learned: there is nothing in it that could change. */
export const chooseForm = (
  file: { readonly tokens: number; readonly isNew: boolean },
  { wholeTokens, beyond }: FormHabit,
): EditForm => (file.isNew || file.tokens <= wholeTokens ? 'whole' : beyond);
