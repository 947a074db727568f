import { bodyOf } from '../../core/diff/lines.ts';
import type { Language } from '../../core/display/syntax/language.ts';
import { languageOf } from '../../core/display/syntax/languages.ts';
import { type OpenBlock, type Token, tokenizeLine } from '../../core/display/syntax/tokenize.ts';

/** A longer text gets no colours. */
const MAX_LINES = 50_000;

/** Tokens of the lines down to the one that was asked for last; what is below nobody waits for. */
type Read = { readonly tokens: (readonly Token[])[]; open: OpenBlock };

const texts = new WeakMap<readonly string[], Read>();

/** What is to be told apart in one line of a text. */
export function tokensIn(lines: readonly string[], at: number, path: string): readonly Token[] {
  const language = languageOf(path);
  if (language === null || lines.length > MAX_LINES) return [];
  const read = texts.get(lines) ?? { tokens: [], open: null };
  texts.set(lines, read);
  readDownTo(at, read, lines, language);
  return read.tokens[at] ?? [];
}

function readDownTo(at: number, read: Read, lines: readonly string[], language: Language): void {
  while (read.tokens.length <= at) {
    const line = bodyOf(lines[read.tokens.length] ?? '');
    const { tokens, open } = tokenizeLine(line, language, read.open);
    read.tokens.push(tokens);
    read.open = open;
  }
}
