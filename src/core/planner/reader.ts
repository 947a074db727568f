import type { Clause } from './clauses.ts';
import type { Token } from './tokens.ts';

/** Goes through the tokens of a sentence. Keywords count in any letter case. */
export type Reader = {
  readonly clause: Clause;
  /** The keyword at the cursor; empty where there is none. */
  word(ahead?: number): string;
  peek(ahead?: number): Token | undefined;
  next(): Token | undefined;
  /** Steps over the keyword if it is one of these. */
  skip(...words: readonly string[]): boolean;
  skipComma(): boolean;
  isAtEnd(): boolean;
  mark(): number;
  reset(mark: number): void;
  /** The text from the cursor on. */
  rest(): string;
};

export function createReader(clause: Clause): Reader {
  const { tokens, text } = clause;
  const offset = tokens[0]?.start ?? 0;
  let at = 0;
  const peek = (ahead = 0) => tokens[at + ahead];
  const word = (ahead = 0) => {
    const token = peek(ahead);
    return token?.kind === 'word' ? token.text.toLowerCase().replace(/:$/, '') : '';
  };
  return {
    clause,
    word,
    peek,
    next: () => tokens[at++],
    skip(...words) {
      if (!words.includes(word())) return false;
      at += 1;
      return true;
    },
    skipComma() {
      if (peek()?.kind !== 'comma') return false;
      at += 1;
      return true;
    },
    isAtEnd: () => at >= tokens.length,
    mark: () => at,
    reset(mark) {
      at = mark;
    },
    rest: () => text.slice((peek()?.start ?? text.length + offset) - offset),
  };
}

/** The text of a word or a quotation, whatever it is meant to be. */
export const textOf = (token: Token | undefined): string | null =>
  token?.kind === 'word' || token?.kind === 'quoted' ? token.text : null;
