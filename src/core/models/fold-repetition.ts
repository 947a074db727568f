import type { Failure } from '../types.ts';
import { troubleOf } from './trouble.ts';

/** So often what was repeated stays to be seen. */
const KEPT_TIMES = 3;
/** A page that was written twice is not folded: it might have been worth reading. */
const MOST_FOLDED_CHARS = 200;

/**
 * What a model wrote, without the circles that it was stopped for: they would push everything else
 * off the screen, and out of the window of the next question.
 */
export function foldRepetition(text: string, failure: Failure): string {
  const period = repeatedIn(failure).length;
  if (period === 0 || period >= MOST_FOLDED_CHARS) return text;
  let from = text.length - period;
  while (from > 0 && text[from - 1] === text[from - 1 + period]) from -= 1;
  const kept = from + period * KEPT_TIMES;
  return from < 0 || kept >= text.length ? text : `${text.slice(0, kept).trimEnd()} …`;
}

function repeatedIn(failure: Failure): string {
  const { data } = failure;
  if (troubleOf(failure) !== 'repetition' || typeof data !== 'object' || data === null) return '';
  return 'repeated' in data && typeof data.repeated === 'string' ? data.repeated : '';
}
