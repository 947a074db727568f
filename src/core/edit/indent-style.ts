import { blanksBefore, hasOddIndent, indentOf, isBlank } from './canonical.ts';

/** How a text indents: with tabs alone, with so many blanks, or in no one way. */
export type IndentStyle =
  | { readonly kind: 'tabs' }
  | { readonly kind: 'blanks'; readonly unit: number }
  | { readonly kind: 'unknown' };

export function indentStyleOf(lines: readonly string[]): IndentStyle {
  let tabs = 0;
  let blanks = 0;
  const steps = new Map<number, number>();
  let previous = 0;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = indentOf(line);
    // A star that continues a comment stands one blank deeper than its block.
    if (indent.endsWith(' ') && line.trimStart().startsWith('*')) continue;
    if (indent.includes('\t')) tabs += indent.startsWith('\t') && !indent.includes(' ') ? 1 : 0;
    else if (indent !== '') blanks += 1;
    const step = indent.length - previous;
    if (step > 1 && !indent.includes('\t')) steps.set(step, (steps.get(step) ?? 0) + 1);
    previous = indent.length;
  }
  if (tabs > 0 && blanks === 0) return { kind: 'tabs' };
  if (blanks === 0 || tabs > 0) return { kind: 'unknown' };
  return { kind: 'blanks', unit: commonest(steps) ?? DEFAULT_UNIT };
}

const DEFAULT_UNIT = 4;

function commonest(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [value, count] of counts) {
    const bestCount = best === undefined ? 0 : (counts.get(best) ?? 0);
    if (count > bestCount || (count === bestCount && value < (best ?? value))) best = value;
  }
  return best;
}

/** Writes what a line is indented by in the style of the file; `unit` is one step of the writer. */
export function convertIndent(indent: string, style: IndentStyle, unit: number): string {
  if (style.kind === 'tabs') {
    return indent.replace(/ +/g, (run) => {
      const rest = run.length % unit;
      return '\t'.repeat((run.length - rest) / unit) + ' '.repeat(rest);
    });
  }
  if (style.kind === 'blanks') return indent.replaceAll('\t', ' '.repeat(style.unit));
  return indent;
}

/** Lines given without a search: no-break spaces become what the file indents with. */
export function plainIndents(
  lines: readonly string[],
  before: readonly string[],
): readonly string[] {
  if (!lines.some(hasOddIndent) || before.some(hasOddIndent)) return lines;
  const style = indentStyleOf(before);
  return lines.map((line) =>
    hasOddIndent(line)
      ? convertIndent(indentOf(line), style, DEFAULT_UNIT) + line.slice(blanksBefore(line).length)
      : line,
  );
}
