/**
 * Brace expansion the way bash does it: on the text of the word, before anything else. Gives the
 * source of each word, or null when there would be more than the limit.
 */
export function expandBraces(source: string, limit: number): readonly string[] | null {
  const pending = [source];
  const done: string[] = [];
  while (pending.length > 0) {
    if (pending.length + done.length > limit) return null;
    const text = pending.pop() as string;
    const brace = findBrace(text);
    if (brace === null) {
      done.push(text);
      continue;
    }
    const before = text.slice(0, brace.start);
    const after = text.slice(brace.end);
    for (let i = brace.choices.length - 1; i >= 0; i -= 1) {
      pending.push(`${before}${brace.choices[i]}${after}`);
    }
    if (brace.choices.length > limit) return null;
  }
  return done;
}

type Brace = { readonly start: number; readonly end: number; readonly choices: readonly string[] };

function findBrace(text: string): Brace | null {
  for (let i = 0; i < text.length; i = skip(text, i)) {
    if (text[i] !== '{') continue;
    const brace = readBrace(text, i);
    if (brace !== null) return brace;
  }
  return null;
}

function readBrace(text: string, start: number): Brace | null {
  const commas: number[] = [];
  let depth = 0;
  for (let i = start; i < text.length; i = skip(text, i)) {
    if (text[i] === '{') depth += 1;
    if (text[i] === ',' && depth === 1) commas.push(i);
    if (text[i] === '}') {
      depth -= 1;
      if (depth === 0) return braceOf(text, start, i, commas);
    }
  }
  return null;
}

function braceOf(text: string, start: number, close: number, commas: number[]): Brace | null {
  const end = close + 1;
  if (commas.length === 0) {
    const inner = text.slice(start + 1, close);
    if (isEndless(inner)) return { start, end, choices: ENDLESS };
    const choices = sequence(inner);
    return choices === null ? null : { start, end, choices };
  }
  const edges = [start, ...commas, close];
  const choices = edges.slice(1).map((edge, i) => text.slice((edges[i] as number) + 1, edge));
  return { start, end, choices };
}

const SEQUENCE = /^(-?\d{1,9}|[A-Za-z])\.\.(-?\d{1,9}|[A-Za-z])(?:\.\.-?\d{1,9})?$/;
const LONGEST_SEQUENCE = 64;

/** So many words that the shell itself would break. */
const isEndless = (inner: string): boolean => {
  const match = /^(-?\d+)\.\.(-?\d+)/.exec(inner);
  return match !== null && Math.abs(Number(match[1]) - Number(match[2])) > 100_000;
};
const ENDLESS = Array.from({ length: 1_000 }, () => '');

/** Long sequences are cut: for a verdict the ends of a range are as good as its middle. */
function sequence(inner: string): readonly string[] | null {
  const match = SEQUENCE.exec(inner);
  if (match === null) return null;
  const [from, to] = [match[1] as string, match[2] as string];
  const isNumber = /\d$/.test(from);
  if (isNumber !== /\d$/.test(to)) return null;
  const first = isNumber ? Number(from) : from.charCodeAt(0);
  const last = isNumber ? Number(to) : to.charCodeAt(0);
  const length = Math.min(Math.abs(last - first) + 1, LONGEST_SEQUENCE);
  const step = last < first ? -1 : 1;
  return Array.from({ length }, (_, i) =>
    isNumber ? String(first + i * step) : String.fromCharCode(first + i * step),
  );
}

/** The index after the character, escape, quotation or expansion that starts at `i`. */
function skip(text: string, i: number): number {
  const char = text[i];
  if (char === '\\') return i + 2;
  if (char === "'") return after(text, text.indexOf("'", i + 1));
  if (char === '"' || char === '`') return skipQuoted(text, i, char);
  if (char === '$' && text[i + 1] === "'") return skipQuoted(text, i + 1, "'");
  if (char === '$' && text[i + 1] === '{') return skipNested(text, i + 1, '{', '}');
  if ((char === '$' || char === '<' || char === '>') && text[i + 1] === '(') {
    return skipNested(text, i + 1, '(', ')');
  }
  return i + 1;
}

function skipQuoted(text: string, start: number, quote: string): number {
  for (let i = start + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === quote) return i + 1;
  }
  return text.length;
}

function skipNested(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let i = start; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === "'" && close === ')') i = after(text, text.indexOf("'", i + 1)) - 1;
    else if (text[i] === open) depth += 1;
    else if (text[i] === close) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

const after = (text: string, index: number): number => (index < 0 ? text.length : index + 1);
