/** The words of a text as they are compared: identifiers whole and in their parts, stemmed. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [identifier] of text.matchAll(IDENTIFIER)) {
    const parts = partsOf(identifier);
    const whole = identifier.toLowerCase().replace(/[_$-]/g, '');
    if (parts.length > 1 && whole.length <= MAX_WORD) words.push(whole);
    for (const part of parts) if (part.length >= LEAST_WORD) words.push(stem(part));
  }
  return words;
}

/**
 * What a question looks for: its words without those that every question has, and neighbours as
 * the one identifier that they may be.
 */
export function termsOf(question: string): readonly string[] {
  const asked = [...question.matchAll(IDENTIFIER)].map(([word]) => word).slice(0, MAX_TERMS);
  const isAsked = (word: string) => !COMMON.has(word.toLowerCase()) && word.length >= LEAST_WORD;
  const terms = new Set(asked.filter(isAsked).flatMap((word) => wordsOf(word)));
  for (const [at, word] of asked.entries()) {
    const next = asked[at + 1];
    if (next === undefined || !isAsked(word) || !isAsked(next)) continue;
    terms.add((word + next).toLowerCase().replace(/[_$-]/g, ''));
  }
  return [...terms].slice(0, MAX_TERMS);
}

const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const LEAST_WORD = 3;
const MAX_WORD = 64;
const MAX_TERMS = 64;

/** `parseHTTPHeader2` and `parse_http_header_2` have the same parts. */
const partsOf = (identifier: string): readonly string[] =>
  (identifier.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}]+|\p{N}+/gu) ?? []).map((part) =>
    part.toLowerCase(),
  );

/** Endings that say the same: `rounding`, `rounds` and `rounded` are all about `round`. */
export function stem(word: string): string {
  if (word.length < 5) return word.length === 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
  const short = word
    .replace(/(?:ies)$/, 'y')
    .replace(/(?:ations?|ating|ated|ates)$/, 'ate')
    .replace(/(?:ings?|edly|ed|ers?|(?<!s)s)$/, '');
  const base = short.length >= 4 ? short : word;
  return base.replace(/([^aeiouls])\1$/, '$1').replace(/(?<=.{4})e$/, '');
}

const COMMON: ReadonlySet<string> = new Set(
  `about above after again all also and any are aren because been before being below between both
  but can cannot code could did does doing done down each else every explain few file files find
  for from function get give had has have having hello help her here him his how into its itself
  just know let like line lines look made make makes many may mean means might more most much must
  need nor not now off once one only other our out over please project put said same say says see
  she should show since some such sure tell than thank thanks that the their them then there these
  they thing this those through too two under until use used uses using very want was way were what
  when where which while who whom why will with work works would yes yet you your
  aber alle als auch auf aus bei bin bis das dass dem den der des die dies diese dir doch ein eine
  einem einen einer eines fur für hat hier ich ihr ist kann kein man mein mich mit nach nicht noch
  nur oder sein sich sie sind und uns von vor war warum was wenn wer wie wird wo zu zum zur`.split(
    /\s+/,
  ),
);
