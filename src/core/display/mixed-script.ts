/**
 * The scripts that one word mixes in a way that no writing system does, such as a Cyrillic `а` in
 * a Latin `pаypal`; null for a word that is fine. Japanese, Korean and Chinese mixtures, also with
 * Latin, are fine.
 */
export function findMixedScript(word: string): readonly string[] | null {
  if (/^[\x20-\x7e]*$/.test(word)) return null;
  const found = SCRIPTS.filter(({ pattern }) => pattern.test(word)).map(({ name }) => name);
  if (found.length < 2) return null;
  return ALLOWED_TOGETHER.some((group) => found.every((name) => group.includes(name)))
    ? null
    : found;
}

export type MixedWord = { readonly word: string; readonly scripts: readonly string[] };

/** The first words of a text that mix scripts. */
export function findMixedWords(text: string): readonly MixedWord[] {
  if (/^[\n\t\x20-\x7e]*$/.test(text)) return [];
  const found = new Map<string, readonly string[]>();
  for (const [word] of text.matchAll(WORD)) {
    const scripts = findMixedScript(word);
    if (scripts) found.set(word, scripts);
    if (found.size >= MAX_WORDS) break;
  }
  return [...found].map(([word, scripts]) => ({ word, scripts }));
}

const MAX_WORDS = 5;
const WORD = /[\p{L}\p{M}\p{N}_$]+/gu;

const SCRIPTS = [
  { name: 'Latin', pattern: /\p{Script=Latin}/u },
  { name: 'Cyrillic', pattern: /\p{Script=Cyrillic}/u },
  { name: 'Greek', pattern: /\p{Script=Greek}/u },
  { name: 'Armenian', pattern: /\p{Script=Armenian}/u },
  { name: 'Georgian', pattern: /\p{Script=Georgian}/u },
  { name: 'Cherokee', pattern: /\p{Script=Cherokee}/u },
  { name: 'Coptic', pattern: /\p{Script=Coptic}/u },
  { name: 'Lisu', pattern: /\p{Script=Lisu}/u },
  { name: 'Hebrew', pattern: /\p{Script=Hebrew}/u },
  { name: 'Arabic', pattern: /\p{Script=Arabic}/u },
  { name: 'Devanagari', pattern: /\p{Script=Devanagari}/u },
  { name: 'Thai', pattern: /\p{Script=Thai}/u },
  { name: 'Han', pattern: /\p{Script=Han}/u },
  { name: 'Hiragana', pattern: /\p{Script=Hiragana}/u },
  { name: 'Katakana', pattern: /\p{Script=Katakana}/u },
  { name: 'Hangul', pattern: /\p{Script=Hangul}/u },
  { name: 'Bopomofo', pattern: /\p{Script=Bopomofo}/u },
] as const;

/** The "highly restrictive" sets of Unicode's UTS 39. */
const ALLOWED_TOGETHER: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];
