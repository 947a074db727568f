import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';

/** A piece of a sentence; `start` and `end` say where it stands in the text. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string; readonly quote: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  | { readonly kind: 'comma' }
  | { readonly kind: 'break' }
);

/**
 * Takes a text apart. A quotation begins where a word could begin and ends at the same mark before
 * a blank or punctuation, so an apostrophe opens and closes nothing; what it holds is verbatim.
 * `/…/` is a regular expression only in a sentence that replaces, before its `with`.
 */
export function readTokens(text: string): Result<readonly Token[]> {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (char === '\n' || char === ';') tokens.push({ kind: 'break', start: at, end: ++at });
    else if (/\s/.test(char)) at += 1;
    else if (char === ',') tokens.push({ kind: 'comma', start: at, end: ++at });
    else {
      const token = readToken(text, at, tokens);
      if (!token.ok) return token;
      tokens.push(token.value);
      at = skipPunctuation(text, token.value);
    }
  }
  return ok(tokens);
}

/** From each opening mark to its closing one. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '‘': '’',
  '„': '“',
  '«': '»',
};

function readToken(text: string, at: number, before: readonly Token[]): Result<Token> {
  const close = QUOTES[text[at] as string];
  if (close !== undefined) {
    const end = findClose(text, at, close);
    if (end < 0) return fail('usage', `A ${text[at]} is opened and never closed.`);
    const quote = text[at] as string;
    return ok({ kind: 'quoted', text: text.slice(at + 1, end), quote, start: at, end: end + 1 });
  }
  const regex = text[at] === '/' && takesRegex(before) ? readRegex(text, at) : null;
  return ok(regex ?? readWord(text, at));
}

/** Where the quotation ends; in plain double quotes a backslash keeps the mark after it. */
function findClose(text: string, open: number, close: string): number {
  for (let i = open + 1; i < text.length; i += 1) {
    if (text[i] === '\\' && close === '"') i += 1;
    else if (text[i] === close && /^(?:[.,;:!?)]*(?:\s|$))/.test(text.slice(i + 1, i + 8)))
      return i;
  }
  return -1;
}

function takesRegex(before: readonly Token[]): boolean {
  const clause = before.slice(before.findLastIndex(({ kind }) => kind === 'break') + 1);
  const words = clause.map((token) => (token.kind === 'word' ? token.text.toLowerCase() : ''));
  const verb = words.findLastIndex((word) => word === 'replace' || word === 'change');
  return verb >= 0 && !words.slice(verb).some((word) => word === 'with' || word === 'to');
}

function readRegex(text: string, start: number): Token | null {
  let isInSet = false;
  for (let i = start + 1; i < text.length; i += 1) {
    const char = text[i];
    if (char === '\n') return null;
    if (char === '\\') i += 1;
    else if (char === '[') isInSet = true;
    else if (char === ']') isInSet = false;
    else if (char === '/' && !isInSet) {
      const flags = /^([a-z]*)(?=[\s,;]|$)/.exec(text.slice(i + 1))?.[1];
      if (flags === undefined || i === start + 1) return null;
      const source = text.slice(start + 1, i);
      return { kind: 'regex', source, flags, start, end: i + 1 + flags.length };
    }
  }
  return null;
}

/** Up to a blank; `--format="a b"` stays together. */
function readWord(text: string, start: number): Token {
  let end = start;
  while (end < text.length && !/\s/.test(text[end] as string)) {
    const close = text[end] === '=' ? text[end + 1] : undefined;
    const isQuote = close === '"' || close === "'";
    const shut = isQuote ? findClose(text, end + 1, close) : -1;
    end = shut < 0 ? end + 1 : shut + 1;
  }
  while (end > start + 1 && /[,;]/.test(text[end - 1] as string)) end -= 1;
  return { kind: 'word', text: text.slice(start, end), start, end };
}

/** A full stop or an exclamation mark right after a quotation says nothing. */
function skipPunctuation(text: string, { kind, end }: Token): number {
  if (kind === 'word') return end;
  return end + (/^[.!:]+(?=\s|$)/.exec(text.slice(end, end + 8))?.[0].length ?? 0);
}
