/** The end of what a model wrote, as far as it is needed to see that it says the same for ever. */
export type Tail = { readonly text: string; readonly unseen: number; readonly blanks: number };

export const EMPTY_TAIL: Tail = { text: '', unseen: 0, blanks: 0 };

/**
 * What is repeated, or null. Code may well repeat itself, in tables and in rows of brackets: only
 * what goes on far longer than that counts.
 */
export function watchTail(
  tail: Tail,
  more: string,
): { readonly tail: Tail; readonly repeated: string | null } {
  const text = (tail.text + more).slice(-KEPT);
  const blanks = more.trim() === '' ? tail.blanks + more.length : trailingBlanks(more);
  const unseen = tail.unseen + more.length;
  if (blanks >= MOST_BLANKS) return { tail: { text, unseen, blanks }, repeated: ' ' };
  if (unseen < EVERY) return { tail: { text, unseen, blanks }, repeated: null };
  return { tail: { text, unseen: 0, blanks }, repeated: findRepeated(text) };
}

const KEPT = 6000;
const EVERY = 100;
const MOST_BLANKS = 600;

const trailingBlanks = (text: string): number => text.length - text.trimEnd().length;

/** The shorter what is repeated, the longer it has to go on. */
const LIMITS = [
  { upTo: 8, least: 800 },
  { upTo: 80, least: 1600 },
  { upTo: 400, least: 2800 },
  { upTo: 1200, least: 5000 },
] as const;

/**
 * Reads the end backwards and looks for the shortest period: where a text is equal to itself moved
 * by so many characters, which the failure function of Knuth, Morris and Pratt tells for every
 * length at once.
 */
function findRepeated(text: string): string | null {
  const length = text.length;
  const same = new Int32Array(length);
  let matched = 0;
  for (let at = 1; at < length; at += 1) {
    const char = text.charCodeAt(length - 1 - at);
    while (matched > 0 && char !== text.charCodeAt(length - 1 - matched)) {
      matched = same[matched - 1] as number;
    }
    if (char === text.charCodeAt(length - 1 - matched)) matched += 1;
    same[at] = matched;
    const period = at + 1 - matched;
    if (LIMITS.some(({ upTo, least }) => period <= upTo && at + 1 >= least)) {
      return text.slice(length - period);
    }
  }
  return null;
}
