import type { IndentStyle } from './indent-style.ts';

/** How a line of the search is indented, and how the line of the file that it matched is. */
export type Pair = { readonly at: number; readonly said: string; readonly real: string };

/** What a new line is indented by in the file; null where the pairs do not say. */
export type Relation = (indent: string, near: number) => string | null;

/** How the reply and the file step: what is known where the pairs are all as deep. */
export type Steps = {
  readonly style: IndentStyle;
  readonly unit: number;
  /** By how much the reply goes deeper behind the opener of a block. */
  readonly opened?: number;
};

const isSame = ({ said, real }: Pair): boolean => said === real;

/**
 * How the indentation of a reply leads to that of the file, judged by the lines that both have.
 * The strictest way that explains them all is taken; where there is none, lines of the same
 * indentation speak for a new one, and else nothing does.
 */
export function relationOf(pairs: readonly Pair[], steps: Steps): Relation {
  const [first, ...others] = pairs;
  if (first === undefined) return asTyped(steps);
  if (pairs.every(isSame)) {
    const isFlat = pairs.every(({ said }) => said === '');
    return isFlat ? (shiftOf(pairs, steps) ?? asTyped(steps)) : asTyped(steps);
  }
  const lostFirst = first.said === '' && first.real !== '' && others.length > 0;
  if (lostFirst && others.every(isSame)) return asTypedBelow(first, others, steps);
  const shifted = shiftOf(pairs, steps);
  if (shifted !== null) return shifted;
  const rest = lostFirst ? shiftOf(others, steps) : null;
  if (rest !== null) return (indent, near) => (indent === first.said ? null : rest(indent, near));
  return byNeighbours(pairs, steps);
}

/** The model wrote what the file has: what it typed is right, but for tabs and blanks. */
const asTyped =
  (steps: Steps): Relation =>
  (indent) =>
    convert(indent, steps);

/**
 * Only the first line lost its indentation; as deep as that one, other lines say nothing. Two lines
 * may look so where the reply is dedented and has steps of its own: then both ways must agree.
 */
function asTypedBelow(first: Pair, others: readonly Pair[], steps: Steps): Relation {
  const { style, opened } = steps;
  const isOpen = others.some(({ said }) => said === first.said);
  const shifted = shiftOf([first, ...others], steps);
  const own = style.kind === 'blanks' ? style.unit : 0;
  const isWider = [2, 4].some(
    (unit) => unit !== own && shifted?.(' '.repeat(unit), 0) === first.real + ' '.repeat(own),
  );
  return (indent, near) => {
    if (indent === first.said && !isOpen) return null;
    const typed = convert(indent, steps);
    if (!isWider || shifted === null || opened === own) return typed;
    const other = shifted(indent, near);
    return other === typed ? typed : null;
  };
}

/** All lines are shifted alike, and steps are translated alike; null where they are not. */
function shiftOf(pairs: readonly Pair[], steps: Steps): Relation | null {
  const base = pairs.reduce((least, pair) => (pair.said.length < least.said.length ? pair : least));
  const deeper = pairs.flatMap(({ said, real }) =>
    said.startsWith(base.said) && real.startsWith(base.real)
      ? [{ said: said.slice(base.said.length), real: real.slice(base.real.length) }]
      : [],
  );
  if (deeper.length < pairs.length) return null;
  const step = stepOf(deeper, base, steps);
  if (step === null || deeper.some(({ said, real }) => step(said) !== real)) return null;
  return (indent) => {
    if (indent.startsWith(base.said)) {
      const more = step(indent.slice(base.said.length));
      return more === null ? null : base.real + more;
    }
    if (!base.said.startsWith(indent)) return null;
    const less = step(base.said.slice(indent.length));
    return less !== null && base.real.endsWith(less)
      ? base.real.slice(0, base.real.length - less.length)
      : null;
  };
}

type Step = (more: string) => string | null;

const BLANKS = /^ *$/;
const TABS = /^\t*$/;
/** So many blanks of the one for one of the other: indentations of 2, 3, 4 and 8. */
const FACTORS = [2, 0.5, 4, 0.25, 1.5, 2 / 3, 0.75, 4 / 3];
const WIDTHS = [2, 3, 4, 8];

/** What a step deeper is in the file, by a line that has one. */
function stepOf(
  deeper: readonly { readonly said: string; readonly real: string }[],
  base: Pair,
  steps: Steps,
): Step | null {
  const told = deeper.find(({ said, real }) => said !== '' || real !== '');
  if (told === undefined) return guessStep(base, steps);
  const { said, real } = told;
  if (said === real) return (more) => convert(more, steps);
  if (BLANKS.test(said) && BLANKS.test(real)) {
    return FACTORS.some((factor) => factor === real.length / said.length)
      ? scale(real.length / said.length)
      : null;
  }
  if (BLANKS.test(said) && TABS.test(real)) {
    return toTabs(WIDTHS.find((width) => width === said.length / real.length));
  }
  return TABS.test(said) && BLANKS.test(real)
    ? (more) => more.replaceAll('\t', ' '.repeat(real.length / said.length))
    : null;
}

const scale =
  (factor: number): Step =>
  (more) => {
    const length = more.length * factor;
    return BLANKS.test(more) && Number.isInteger(length) ? ' '.repeat(length) : null;
  };

const toTabs = (width: number | undefined): Step | null =>
  width === undefined
    ? null
    : (more) =>
        more.replace(/ +/g, (run) => {
          const rest = run.length % width;
          return '\t'.repeat((run.length - rest) / width) + ' '.repeat(rest);
        });

/** All lines that are known are as deep: the styles of both sides must tell. */
function guessStep({ said, real }: Pair, steps: Steps): Step {
  const { style, unit, opened } = steps;
  const width = said.length / real.length;
  if (BLANKS.test(said) && real !== '' && TABS.test(real)) {
    return toTabs(WIDTHS.find((one) => one === width) ?? unit) as Step;
  }
  return (more) => {
    if (style.kind !== 'blanks' || !BLANKS.test(more)) return convert(more, steps);
    // What a block of the reply is deeper by is a step of the file, whatever its width.
    if (opened !== undefined && opened !== style.unit && WIDTHS.includes(opened))
      return more.length === 1 ? more : scale(style.unit / opened)(more);
    const factor = style.unit / unit;
    if (said !== '' && real.length === said.length * factor) return scale(factor)(more);
    // One blank more is a comment's star; else a step that the file does not make is a riddle.
    const isStep = more.length <= 1 || more.length % style.unit === 0 || said === real;
    return isStep ? more : null;
  };
}

/** Lines of the same indentation beside it; where most of the reply stands as the file does, typing. */
function byNeighbours(pairs: readonly Pair[], steps: Steps): Relation {
  const isMostlySame = pairs.filter(isSame).length * 2 > pairs.length;
  return (indent, near) => {
    const alike = pairs.filter(({ said }) => said === indent);
    if (alike.length === 0) return isMostlySame ? convert(indent, steps) : null;
    const above = alike.findLast(({ at }) => at <= near) ?? alike[0];
    const below = alike.find(({ at }) => at > near) ?? alike.at(-1);
    return above?.real === below?.real ? (above?.real ?? null) : null;
  };
}

/** Tabs and blanks as the file has them. */
function convert(indent: string, { style, unit }: Steps): string {
  if (style.kind === 'tabs') return toTabs(unit)?.(indent) ?? indent;
  if (style.kind === 'blanks') return indent.replaceAll('\t', ' '.repeat(style.unit));
  return indent;
}
