/** Something named in a request: `@src/cart.ts`, `@src/cart.ts:10-40`, `@roundPrice`. */
export type Mention = {
  /** As it was written, with the `@`. */
  readonly raw: string;
  /** A path or a name. */
  readonly name: string;
  readonly lines: LineRange | null;
};
export type LineRange = { readonly from: number; readonly to: number };

const MAX_MENTIONS = 20;
/** Where a word begins, so that addresses of people are none. Names with blanks stand in quotes. */
const MENTION = /(?<=^|[\s([{"'`,;])@(?:"([^"\n]+)"|([^\s"'`,;()[\]{}<>]+))/gu;

/** What a request names, each once, in its order. */
export function findMentions(text: string): readonly Mention[] {
  const found = new Map<string, Mention>();
  for (const [, quoted, bare = ''] of text.matchAll(MENTION)) {
    const word = quoted ?? bare.replace(/[.:!?…]+$/u, '');
    if (word === '' || found.size >= MAX_MENTIONS) continue;
    found.set(word, { raw: `@${word}`, ...readReference(word) });
  }
  return [...found.values()];
}

/** `path`, `path:12` or `path:10-40`. */
export function readReference(word: string): {
  readonly name: string;
  readonly lines: LineRange | null;
} {
  const [, name = word, from, to] = /^(.+?):(\d{1,7})(?:-(\d{1,7}))?$/.exec(word) ?? [];
  if (from === undefined) return { name: trim(word), lines: null };
  const first = Math.max(1, Number(from));
  const last = to === undefined ? first : Number(to);
  return { name: trim(name), lines: { from: Math.min(first, last), to: Math.max(first, last, 1) } };
}

const trim = (name: string): string => name.replace(/^\.\//, '');
