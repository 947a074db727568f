import { indentOf, isBlank } from './canonical.ts';
import type { FileIndex } from './file-index.ts';
import { convertIndent, type IndentStyle, indentStyleOf } from './indent-style.ts';
import type { Reading } from './types.ts';

/** How a line of the search is indented, and how the line of the file that it matched is. */
type Pair = { readonly at: number; readonly said: string; readonly real: string };

/**
 * Makes the function that indents new lines as the file would: what the matched lines are shifted
 * by, they are shifted by too. `near` is the line of the search beside which the new line stands.
 */
export function createIndenter(
  index: FileIndex,
  { search, replacement }: Reading,
  lineOf: readonly number[],
): (line: string, near: number) => string {
  const pairs = search.flatMap((line, at): readonly Pair[] => {
    const real = index.file.texts[lineOf[at] ?? -1];
    return real === undefined || isBlank(line)
      ? []
      : [{ at, said: indentOf(line), real: indentOf(real) }];
  });
  const style = index.style();
  const written = [...search, ...replacement];
  const unit = unitOf(written);
  const isShifted =
    pairs.some(({ said, real }) => said !== real) && !isAlreadyAtHome(pairs, replacement);
  const scale = scaleOf(pairs, style, unit);
  return (line, near) => {
    if (isBlank(line)) return line.trim() === '' ? '' : line;
    const indent = indentOf(line);
    const rest = line.slice(indent.length);
    if (!isShifted) return convertIndent(indent, style, unit) + rest;
    return shift(indent, nearest(pairs, indent, near), style, scale) + rest;
  };
}

type Scale = { readonly unit: number; readonly factor: number };

/** The replacement is written as deep as the file, though the search was not. */
function isAlreadyAtHome(pairs: readonly Pair[], replacement: readonly string[]): boolean {
  const first = replacement.find((line) => !isBlank(line));
  if (first === undefined) return true;
  const told = shallowest(replacement.filter((line) => !isBlank(line)).map(indentOf));
  const said = shallowest(pairs.map((pair) => pair.said));
  const real = shallowest(pairs.map((pair) => pair.real));
  return told !== said && told === real;
}

const shallowest = (indents: readonly string[]): string =>
  indents.reduce(
    (least, indent) => (indent.length < least.length ? indent : least),
    indents[0] ?? '',
  );

/** The pair that tells most about a line: one of the same depth, near by; else the nearest depth. */
function nearest(pairs: readonly Pair[], indent: string, near: number): Pair {
  let best = pairs[0] as Pair;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const pair of pairs) {
    const depth = Math.abs(indent.length - pair.said.length);
    // A line that lost its indentation altogether says nothing about the others.
    const cost = depth * 1000 + Math.abs(near - pair.at);
    if (cost < bestCost) [best, bestCost] = [pair, cost];
  }
  return best;
}

function shift(indent: string, { said, real }: Pair, style: IndentStyle, scale: Scale): string {
  if (indent === said) return real;
  if (indent.startsWith(said)) return real + grow(indent.slice(said.length), style, scale);
  if (said.startsWith(indent)) {
    const less = grow(said.slice(indent.length), style, scale);
    return real.slice(0, Math.max(0, real.length - less.length));
  }
  return convertIndent(indent, style, scale.unit);
}

function grow(more: string, style: IndentStyle, { unit, factor }: Scale): string {
  if (style.kind === 'tabs' || more.includes('\t')) return convertIndent(more, style, unit);
  return ' '.repeat(Math.round(more.length * factor));
}

/** Where the reply indents by two and the file by four, depths are doubled. */
function scaleOf(pairs: readonly Pair[], style: IndentStyle, unit: number): Scale {
  const first = pairs[0];
  const other = pairs.find(
    ({ said, real }) =>
      first !== undefined && said.length !== first.said.length && real.length !== first.real.length,
  );
  if (first === undefined || other === undefined || style.kind !== 'blanks') {
    return { unit, factor: 1 };
  }
  const factor = (other.real.length - first.real.length) / (other.said.length - first.said.length);
  const isUniform = pairs.every(
    ({ said, real }) =>
      real.length - first.real.length === factor * (said.length - first.said.length),
  );
  return { unit, factor: isUniform && factor > 0 ? factor : 1 };
}

function unitOf(lines: readonly string[]): number {
  const style = indentStyleOf(lines);
  const least = lines
    .filter((line) => !isBlank(line))
    .map((line) => / *$/.exec(indentOf(line))?.[0].length ?? 0)
    .filter((length) => length > 1);
  if (style.kind === 'blanks') return Math.min(style.unit, ...least);
  return least.length > 0 ? Math.min(...least) : 4;
}
