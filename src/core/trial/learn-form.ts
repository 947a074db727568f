import { USUAL_FORM } from '../author/choose-form.ts';
import { EDIT_FORMS, type EditForm, type FormHabit, type Score } from '../types.ts';
import type { Copy } from './trials.ts';

type Beyond = FormHabit['beyond'];
type Seen = {
  readonly forms: Readonly<Record<EditForm, Score>>;
  readonly copies: readonly Copy[];
};

/** The form in which a model edits best. The usual one stays wherever nothing speaks clearly against it. */
export function learnForm({ forms, copies }: Seen): FormHabit {
  const beyond = learnBeyond(forms);
  return { wholeTokens: learnWhole(forms, copies, forms[beyond]), beyond };
}

/** Fewer tries than this say nothing. */
const LEAST_TRIES = 3;
/** So many more right answers speak clearly. */
const CLEAR_LEAD = 2;

/** About what the files have on which the forms are tried. */
const SMALL_TOKENS = 150;

const BEYOND: readonly Beyond[] = EDIT_FORMS.filter((form) => form !== 'whole');

const shareOf = ({ right, of }: Score): number => (of === 0 ? 0 : right / of);

/** In tries of the usual form: the two need not have been tried equally often. */
const leads = (other: Score, usual: Score): boolean =>
  other.of >= LEAST_TRIES &&
  usual.of >= LEAST_TRIES &&
  (shareOf(other) - shareOf(usual)) * Math.min(other.of, usual.of) >= CLEAR_LEAD;

function learnBeyond(forms: Seen['forms']): Beyond {
  const usual = USUAL_FORM.beyond;
  const better = BEYOND.filter((form) => form !== usual && leads(forms[form], forms[usual]));
  const [best = usual] = better.toSorted((a, b) => shareOf(forms[b]) - shareOf(forms[a]));
  return best;
}

/**
 * Writing a file whole takes its time, so it is asked for beyond the usual size only where no other
 * form will do; and below it wherever lines were lost.
 */
function learnWhole(forms: Seen['forms'], copies: readonly Copy[], beyond: Score): number {
  const usual = USUAL_FORM.wholeTokens;
  if (leads(beyond, forms.whole)) return 0;
  const failed = copies.find(({ problem }) => problem !== null);
  const isSure = forms.whole.of >= LEAST_TRIES && forms.whole.right === forms.whole.of;
  const small = isSure ? SMALL_TOKENS : 0;
  const reach = Math.max(
    0,
    ...copies
      .filter(({ tokens, problem }) => problem === null && tokens < (failed?.tokens ?? tokens + 1))
      .map(({ tokens }) => tokens),
  );
  if (failed !== undefined && failed.tokens <= usual) {
    // Where the rest fails as well there is nothing better than to try it.
    return shareOf(beyond) > 0 ? Math.max(reach, small) : usual;
  }
  return leads(forms.whole, beyond) ? Math.max(usual, reach) : usual;
}
