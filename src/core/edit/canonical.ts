/** Forms of a line in which white space and typography no longer tell lines apart. */

export const isBlank = (line: string): boolean => line.trim() === '';

/** All blanks that a line begins with, whatever they are. */
export const blanksBefore = (line: string): string =>
  /^[ \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]*/.exec(line)?.[0] ?? '';

/** No-break spaces and their like as a keyboard types them. */
export const withoutOddBlanks = (blanks: string): string =>
  /[^ \t]/.test(blanks)
    ? blanks
        .replace(/[\u200b\u2060\ufeff]/g, '')
        .replace(/\u3000/g, '  ')
        .replace(/[^ \t]/g, ' ')
    : blanks;

/** Whether a line is indented by something that no keyboard types. */
export const hasOddIndent = (line: string): boolean => /[^ \t]/.test(blanksBefore(line));

/** What a line is indented by, in tabs and blanks. */
export const indentOf = (line: string): string => withoutOddBlanks(blanksBefore(line));

/** Quotes, dashes, spaces and composition as a keyboard types them. */
export function plainTypography(line: string): string {
  if (!/[^\x00-\x7f]/.test(line)) return line;
  return line
    .normalize('NFC')
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u02bc]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u2033]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\u2026/g, '...')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '');
}

/**
 * The loosest form. Blanks between two words stay one blank, all others vanish; inside of quoted
 * text they are part of a token and stay.
 */
export function looseForm(line: string, isProse: boolean): string {
  const plain = plainTypography(line).trim();
  if (isProse) return plain.replace(/\s+/g, ' ');
  if (!/\s/.test(plain)) return plain;
  let out = '';
  let at = 0;
  let from = 0;
  // Runs between blanks are taken as they are.
  while (at < plain.length) {
    const char = plain[at] as string;
    if (isSpace(char)) {
      out += plain.slice(from, at);
      let next = at + 1;
      while (next < plain.length && isSpace(plain[next] as string)) next += 1;
      if (isWord(plain[at - 1]) && isWord(plain[next])) out += ' ';
      at = next;
      from = next;
    } else if ((char === '"' || char === "'" || char === '`') && isQuote(plain, at)) {
      const close = closingQuote(plain, at);
      at = close > at ? close + 1 : at + 1;
    } else {
      at += 1;
    }
  }
  out += plain.slice(from);
  return out;
}

const isSpace = (char: string): boolean =>
  char === ' ' || char === '\t' || (char > '\x7f' || char < ' ' ? /\s/.test(char) : false);

export function isWord(char: string | undefined): boolean {
  if (char === undefined) return false;
  const code = char.charCodeAt(0);
  if (code >= 0x80) return /[\p{L}\p{N}]/u.test(char) || (code >= 0xd800 && code <= 0xdfff);
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  );
}

/** An apostrophe inside of a word opens nothing. */
function isQuote(text: string, at: number): boolean {
  const char = text[at];
  if (char === '"' || char === '`') return true;
  return char === "'" && !isWord(text[at - 1]);
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[open]) return at;
  }
  return -1;
}

/** Files in which blanks between words mean nothing and quotes hold no tokens. */
export const isProsePath = (path: string): boolean =>
  /\.(md|mdx|markdown|txt|rst|adoc|asciidoc|tex|org)$/i.test(path) || !/\.[^/]+$/.test(path);

/** Says something by which a place is known; a bracket or `end` does not. */
export const isTelling = (line: string): boolean => THREE_LETTERS.test(line) && !CLOSER.test(line);

const THREE_LETTERS = /[\p{L}\p{N}][^\p{L}\p{N}]*[\p{L}\p{N}][^\p{L}\p{N}]*[\p{L}\p{N}]/u;
const CLOSER = /^\s*(?:end|else|then|done|fi|esac)\b[\s;:{]*$/;
