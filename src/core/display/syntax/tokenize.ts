import type { Ink } from '../line.ts';
import type { Block, Language } from './language.ts';

/** A part of a line in one ink, in UTF-16 units. What has none is not named. */
export type Token = { readonly from: number; readonly to: number; readonly ink: Ink };

/** The block that a line ends in; null outside of all. */
export type OpenBlock = Block | null;

/** What is longer gets no colours; no person reads it. */
const MAX_LINE = 2_000;

/**
 * The tokens of one line, and the block that is still open at its end. Roughly right, as an eye
 * needs it: what stands inside a template string is a string.
 */
export function tokenizeLine(
  line: string,
  language: Language,
  open: OpenBlock,
): { readonly tokens: readonly Token[]; readonly open: OpenBlock } {
  if (line.length > MAX_LINE) return { tokens: [], open };
  const { finder, keywords } = compile(language);
  const tokens: Token[] = [];
  let at = 0;
  let block = open;
  while (at < line.length) {
    if (block !== null) {
      const end = endOf(line, at, block);
      tokens.push({ from: at, to: end ?? line.length, ink: block.ink });
      if (end === null) return { tokens, open: block.isLong ? block : null };
      at = end;
      block = null;
      continue;
    }
    finder.lastIndex = at;
    const found = finder.exec(line);
    if (found === null) break;
    const [text] = found;
    const from = found.index;
    at = from + text.length;
    if (language.lineComments?.includes(text)) {
      tokens.push({ from, to: line.length, ink: 'comment' });
      break;
    }
    const begun = language.blocks?.find(({ open }) => open === text);
    if (begun !== undefined) {
      const end = endOf(line, at, begun);
      tokens.push({ from, to: end ?? line.length, ink: begun.ink });
      if (end === null) return { tokens, open: begun.isLong ? begun : null };
      at = end;
    } else if (/^\d/.test(text)) tokens.push({ from, to: at, ink: 'number' });
    else if (keywords.has(language.isCaseless ? text.toLowerCase() : text)) {
      tokens.push({ from, to: at, ink: 'keyword' });
    }
  }
  return { tokens, open: block };
}

/** Where a block ends, behind its closing; null where it does not end in this line. */
function endOf(line: string, from: number, { close, isEscaped }: Block): number | null {
  for (let at = from; at < line.length; ) {
    const end = line.indexOf(close, at);
    if (end < 0) return null;
    const slash = isEscaped ? line.indexOf('\\', at) : -1;
    if (slash < 0 || slash >= end) return end + close.length;
    at = slash + 2;
  }
  return null;
}

type Compiled = { readonly finder: RegExp; readonly keywords: ReadonlySet<string> };

const compiled = new WeakMap<Language, Compiled>();

/** All that can begin something, in one pattern; of two openings the longer one first. */
function compile(language: Language): Compiled {
  const known = compiled.get(language);
  if (known) return known;
  const { lineComments = [], blocks = [], wordSigns = '', keywords } = language;
  const opens = [...lineComments, ...blocks.map(({ open }) => open)]
    .sort((one, two) => two.length - one.length)
    .map((open) => open.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const signs = `_${wordSigns.replace('-', '\\-')}`;
  const word = `[\\p{L}${signs}][\\p{L}\\p{M}\\p{N}${signs}]*`;
  const finder = new RegExp([...opens, '\\d[\\w.]*', word].join('|'), 'gu');
  const made = { finder, keywords: new Set(keywords) };
  compiled.set(language, made);
  return made;
}
