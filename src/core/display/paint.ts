import type { Mode, Tone } from '../types.ts';
import type { Line } from './line.ts';

/** `none` for pipes, `mono` for NO_COLOR: weights stay, colours go. */
export type Coloring = 'none' | 'mono' | 'color';

/** A line as text for a terminal, without trailing blanks. */
export function paintLine(line: Line, coloring: Coloring, mode: Mode = 'chat'): string {
  const end = line.findLastIndex(({ text }) => text.trimEnd() !== '');
  return line
    .slice(0, end + 1)
    .map(({ text, tone }, index) =>
      paint(index === end ? text.trimEnd() : text, tone, coloring, mode),
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

/** One text in one tone. The text must be escaped already. */
function paint(text: string, tone: Tone, coloring: Coloring, mode: Mode = 'chat'): string {
  const code = codeOf(tone, coloring, mode);
  return code === '' || text === '' ? text : `\x1b[${code}m${text}\x1b[0m`;
}

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
