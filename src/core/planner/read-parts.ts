import type { Clause } from './clauses.ts';
import { splitClauses } from './clauses.ts';
import { readClause, readSentence, VERB_WORDS } from './read-sentence.ts';
import { readTokens } from './tokens.ts';

/** A stretch of a request that the rules understand, or that they do not. */
export type Part = { readonly planner: 'rules' | 'model'; readonly text: string };

/**
 * A request of several sentences, as parts in their order. One part alone where it should not be
 * divided: a sentence that speaks about the others is no wish of its own.
 */
export function readParts(text: string): readonly Part[] {
  const whole: readonly Part[] = [{ planner: 'model', text }];
  const tokens = readTokens(text);
  if (!tokens.ok) return whole;
  // A sentence that no rule understands begins with any word.
  const clauses = splitClauses(
    text,
    tokens.value,
    (word) => VERB_WORDS.has(word),
    () => true,
  );
  if (clauses.length > MOST_CLAUSES) return whole;
  const parts: Part[] = [];
  for (const clause of clauses) {
    const planner = isUnderstood(clause) ? 'rules' : 'model';
    if (planner === 'model' && speaksOfOthers(clause.text)) return whole;
    const last = parts.at(-1);
    if (last?.planner !== planner) parts.push({ planner, text: clause.text });
    else parts[parts.length - 1] = { planner, text: join(last, clause) };
  }
  return parts.length > MOST_PARTS ? whole : parts;
}

/** Each is at least one talk with a model. */
const MOST_PARTS = 6;
const MOST_CLAUSES = 50;

/** By itself, too, as it will be read again. */
const isUnderstood = (clause: Clause): boolean =>
  readClause(clause).ok && readSentence(clause.text).ok;

const join = ({ planner, text }: Part, clause: Clause): string =>
  planner === 'rules' ? `${text}; ${clause.text}` : `${text}. ${clause.text}`;

/** It bounds or takes back what another sentence asks for, asks something, or goes on with it. */
const speaksOfOthers = (text: string): boolean =>
  /\?$/.test(text) || QUALIFIES.test(text) || GOES_ON.test(text);

const QUALIFIES =
  /\b(?:but|except|excluding|unless|only|not|never|without|instead|however|though|although|otherwise|if|keep|leave|again|same|both|each|all of (?:it|them|these|those))\b|n['’]t\b/i;

const GOES_ON =
  /^(?:it|its|they|them|their|this|that|these|those|he|she|so|because|which|who|also)\b/i;
