import type { Failure, Json } from '../types.ts';
import { makeVisible } from './escape.ts';
import { indent, type Line, type Surface, span } from './line.ts';
import { symbolsOf } from './symbols.ts';
import { proseColumns, wrap } from './wrap.ts';

/** What was refused or went wrong, by which rule, and what would be possible. */
export function layoutFailure(failure: Failure, surface: Surface): readonly Line[] {
  const label = failure.code.replaceAll('-', ' ');
  const below = [...rulesOf(failure.data), ...(failure.hint ? [failure.hint] : [])];
  return surface.isPlain
    ? speak([`${label}: ${failure.message}`, ...below], surface)
    : draw(label, failure.message, below, surface);
}

function draw(
  label: string,
  message: string,
  below: readonly string[],
  surface: Surface,
): readonly Line[] {
  const columns = proseColumns(surface);
  const mark = `${symbolsOf(surface).fail} ${label}  `;
  // A long label leaves too little beside it in a narrow window.
  const isBeside = columns - mark.length >= MIN_BESIDE;
  const room = isBeside ? columns - mark.length : columns - 2;
  const rows = wrap(makeVisible(message, surface.isAscii), room, surface);
  const lines = rows.map(
    (row, index): Line =>
      index === 0 && isBeside
        ? [span(mark, 'bad'), span(row)]
        : [indent(isBeside ? mark.length : 2), span(row)],
  );
  const first: readonly Line[] = isBeside ? [] : [[span(mark.trimEnd(), 'bad')]];
  const more = below.flatMap((text) =>
    wrap(makeVisible(text, surface.isAscii), columns - 2, surface),
  );
  return [...first, ...lines, ...more.map((row): Line => [indent(2), span(row)])];
}

const MIN_BESIDE = 24;

const speak = (sentences: readonly string[], surface: Surface): readonly Line[] =>
  sentences
    .flatMap((text) => wrap(makeVisible(text, surface.isAscii), proseColumns(surface), surface))
    .map((row) => [span(row)]);

/** A refusal may carry `because: [{ rule, reason }]`, as decisions do. */
function rulesOf(data: Json | undefined): readonly string[] {
  if (data === null || typeof data !== 'object' || !('because' in data)) return [];
  const { because } = data;
  if (!Array.isArray(because)) return [];
  return because.flatMap((one: Json) =>
    one !== null && typeof one === 'object' && 'rule' in one && 'reason' in one
      ? [`rule ${String(one.rule)}  ${String(one.reason)}`]
      : [],
  );
}
