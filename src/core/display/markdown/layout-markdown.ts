import { makeVisible } from '../escape.ts';
import { indent, type Line, type Span, type Surface, span } from '../line.ts';
import { languageOf } from '../syntax/languages.ts';
import { type OpenBlock, tokenizeLine } from '../syntax/tokenize.ts';
import { proseColumns, wrap } from '../wrap.ts';
import { readInline } from './read-inline.ts';
import { isClosing, openFence } from './split-markdown.ts';

/**
 * A block of Markdown as lines. Line breaks stay where the model made them, code is not wrapped,
 * and where nobody looks, as in a pipe, the text stays as it is.
 */
export function layoutMarkdown(text: string, surface: Surface): readonly Line[] {
  const lines = makeVisible(text.replace(/\n+$/, ''), surface.isAscii).split('\n');
  if (surface.columns === Number.POSITIVE_INFINITY || surface.isPlain) {
    return lines.map((line) => [span(line)]);
  }
  const drawn: Line[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = openFence(line);
    if (fence === null) {
      drawn.push(...layoutProse(line, surface));
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !isClosing(lines[end] ?? '', fence)) end++;
    drawn.push(...layoutCode(lines.slice(at + 1, end), fence.open, fence.mark));
    at = end;
  }
  return drawn;
}

const MARGIN = 2;

function layoutCode(lines: readonly string[], open: string, mark: string): readonly Line[] {
  const info = open.slice(open.indexOf(mark) + mark.length).trim();
  const language = languageNamed(info);
  let state: OpenBlock = null;
  return lines.map((line): Line => {
    if (language === null) return [indent(MARGIN), span(line)];
    const { tokens, open: next } = tokenizeLine(line, language, state);
    state = next;
    const spans: Span[] = [indent(MARGIN)];
    let from = 0;
    for (const token of tokens) {
      if (token.from > from) spans.push(span(line.slice(from, token.from)));
      spans.push({ ...span(line.slice(token.from, token.to)), ink: token.ink });
      from = token.to;
    }
    return [...spans, span(line.slice(from))];
  });
}

/** What models call languages, as endings of files; they also write whole paths there. */
const ENDINGS: Readonly<Record<string, string>> = {
  typescript: 'ts',
  javascript: 'js',
  python: 'py',
  python3: 'py',
  rust: 'rs',
  golang: 'go',
  shell: 'sh',
  console: 'sh',
  zsh: 'sh',
  'c++': 'cpp',
  'c#': 'cs',
  csharp: 'cs',
  kotlin: 'kt',
  ruby: 'rb',
};

function languageNamed(info: string) {
  const [word = ''] = info.toLowerCase().split(/[\s{,]/, 1);
  if (word === '') return null;
  return languageOf(word) ?? languageOf(`x.${ENDINGS[word] ?? word}`);
}

/** A heading, an item of a list, a quotation, or a line of plain text. */
function layoutProse(line: string, surface: Surface): readonly Line[] {
  const [, title] = /^#{1,6}\s+(.*?)\s*#*$/.exec(line) ?? [];
  if (title !== undefined) {
    return rowsOf(title, proseColumns(surface), surface).map((row) =>
      row.map((part) => ({ ...part, tone: 'strong' })),
    );
  }
  if (/^\s*\|.*\|\s*$/.test(line)) return [readInline(line)];
  const lead = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+|(?:>\s?)+)?/.exec(line)?.[0] ?? '';
  const room = Math.max(MIN_ROOM, proseColumns(surface) - surface.width(lead));
  return rowsOf(line.slice(lead.length), room, surface).map((row, at) => [
    ...(lead === '' ? [] : [at === 0 ? span(lead) : indent(surface.width(lead))]),
    ...row,
  ]);
}

const MIN_ROOM = 12;

/** Rows of text with their looks: wrapped as a whole, then divided where the looks change. */
function rowsOf(text: string, columns: number, surface: Surface): readonly Line[] {
  const spans = readInline(text);
  const plain = spans.map((part) => part.text).join('');
  let at = 0;
  return wrap(plain, columns, surface).map((row) => {
    const from = Math.max(at, plain.indexOf(row, at));
    at = from + row.length;
    return sliceSpans(spans, from, at);
  });
}

function sliceSpans(spans: Line, from: number, to: number): Line {
  const cut: Span[] = [];
  let start = 0;
  for (const part of spans) {
    const end = start + part.text.length;
    const text = part.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (end > from && start < to && text !== '') cut.push({ ...part, text });
    start = end;
  }
  return cut;
}
