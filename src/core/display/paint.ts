import type { Mode, Tone } from '../types.ts';
import type { Ink, Line, Span } from './line.ts';

/** `none` for pipes, `mono` for NO_COLOR: weights stay, colours go. */
export type Coloring = 'none' | 'mono' | 'color';

/** A line as text for a terminal, without trailing blanks. */
export function paintLine(line: Line, coloring: Coloring, mode: Mode = 'chat'): string {
  const end = line.findLastIndex(({ text }) => text.trimEnd() !== '');
  return line
    .slice(0, end + 1)
    .map((span, index) =>
      paint(index === end ? span.text.trimEnd() : span.text, span, coloring, mode),
    )
    .join('');
}

/** Whole lines, each ended. */
export function paintLines(
  lines: readonly Line[],
  coloring: Coloring,
  mode: Mode = 'chat',
): string {
  return lines.map((line) => `${paintLine(line, coloring, mode)}\n`).join('');
}

/** One piece. Its text must be escaped already. */
function paint(text: string, span: Span, coloring: Coloring, mode: Mode): string {
  if (text === '') return text;
  const place = span.at === undefined || coloring === 'none' ? '' : `\x1b[${span.at + 1}G`;
  const code = coloring === 'none' ? '' : codesOf(span, coloring, mode).join(';');
  return place + (code === '' ? text : `\x1b[${code}m${text}\x1b[0m`);
}

function codesOf(span: Span, coloring: Coloring, mode: Mode): readonly string[] {
  const isInked = span.ink !== undefined && coloring === 'color';
  const color = isInked && span.ink ? INKS[span.ink] : codeOf(span.tone, coloring, mode);
  return [color, span.isUnderlined ? '4' : '', span.isInverse ? '7' : ''].filter(Boolean);
}

const INKS: Readonly<Record<Ink, string>> = {
  keyword: '35',
  string: '36',
  comment: '2',
  number: '36',
};

const ACCENTS: Readonly<Record<Mode, string>> = { chat: '36', propose: '33', execute: '32' };
const COLORS: Readonly<Record<Tone, string>> = {
  plain: '',
  dim: '2',
  strong: '1',
  accent: '',
  good: '32',
  warn: '33',
  bad: '31',
};
const WEIGHTS: Readonly<Record<Tone, string>> = {
  plain: '',
  dim: '2',
  strong: '1',
  accent: '1',
  good: '',
  warn: '1',
  bad: '1',
};

function codeOf(tone: Tone, coloring: Coloring, mode: Mode): string {
  switch (coloring) {
    case 'none':
      return '';
    case 'mono':
      return WEIGHTS[tone];
    case 'color':
      return tone === 'accent' ? ACCENTS[mode] : COLORS[tone];
    default:
      return coloring satisfies never;
  }
}
