import type { Token } from './tokens.ts';

/** One sentence of several: its tokens, and its own text. */
export type Clause = { readonly tokens: readonly Token[]; readonly text: string };

/**
 * Cuts at line ends, `;`, `then`, `and` before a verb, and a full stop before a word with a capital
 * that may begin a sentence: a verb, where nothing else is said. Quotations are never cut.
 */
export function splitClauses(
  text: string,
  tokens: readonly Token[],
  isVerb: (word: string) => boolean,
  mayBegin: (word: string) => boolean = isVerb,
): readonly Clause[] {
  const clauses: Token[][] = [[]];
  tokens.forEach((token, index) => {
    const current = clauses.at(-1) as Token[];
    const next = tokens[index + 1];
    const isThen = wordOf(token) === 'then';
    const isAnd = wordOf(token) === 'and' && next !== undefined && isVerb(wordOf(next));
    if (token.kind === 'break' || isThen || isAnd) clauses.push([]);
    else if (isFreshStart(text, current.at(-1), token, mayBegin)) clauses.push([token]);
    else current.push(token);
  });
  return clauses
    .map(trim)
    .filter((clause) => clause.length > 0)
    .map((clause) => {
      const [first] = clause as [Token];
      return { tokens: clause, text: text.slice(first.start, (clause.at(-1) as Token).end) };
    });
}

const wordOf = (token: Token): string => (token.kind === 'word' ? token.text.toLowerCase() : '');

/** `… to bar. Run npm test` */
function isFreshStart(
  text: string,
  before: Token | undefined,
  token: Token,
  mayBegin: (word: string) => boolean,
) {
  if (before === undefined || token.kind !== 'word') return false;
  const isEnd =
    before.kind === 'word'
      ? endsSentence(before.text)
      : text.slice(before.end, token.start).startsWith('.');
  return isEnd && /^\p{Lu}/u.test(token.text) && mayBegin(wordOf(token));
}

const endsSentence = (word: string): boolean => /[^./]\.$/.test(word);

/** What is left over around a cut, and the full stop at the end. */
function trim(clause: readonly Token[]): readonly Token[] {
  const isOneOf = (words: ReadonlySet<string>) => (token: Token) =>
    token.kind === 'comma' || words.has(wordOf(token));
  const isLead = isOneOf(LEADS);
  const isTail = isOneOf(TAILS);
  const start = clause.findIndex((token) => !isLead(token));
  if (start < 0) return [];
  const end = clause.findLastIndex((token) => !isTail(token));
  if (end < start) return [];
  const kept = clause.slice(start, end + 1);
  const last = kept.at(-1) as Token;
  return [...kept.slice(0, -1), withoutFullStop(last)];
}

const LEADS = new Set(['and', 'please', 'kindly', 'now', 'first', 'next', 'finally', "let's"]);
const TAILS = new Set(['and', 'please']);

function withoutFullStop(token: Token): Token {
  if (token.kind !== 'word') return token;
  const bare = /^(?:everywhere|please|now)[.!]+$/i.test(token.text)
    ? token.text.replace(/[.!]+$/, '')
    : endsSentence(token.text)
      ? token.text.slice(0, -1)
      : token.text;
  return { ...token, text: bare, end: token.start + bare.length };
}
