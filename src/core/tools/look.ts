import { withoutBreaks } from '../prompt/render-part.ts';
import type { ArgValues, CommandCard, Json, JsonObject, Source } from '../types.ts';

/** One look of a model, as it goes back to it and as it is kept. */
export type Look = {
  readonly tool: string;
  /** The same look has the same key; empty where it may be asked for again. */
  readonly key: string;
  /** `search “round” in src`. */
  readonly label: string;
  /** What came of it, in a few words. */
  readonly note: string;
  /** As the model reads it: every line begins with a mark. */
  readonly text: string;
  readonly fate: 'whole' | 'cut' | 'short';
  /** It was answered before, and was not done again. */
  readonly isRepeated?: boolean;
  /** Lines of a file that were shown. */
  readonly source?: Source;
  /** Single lines that were shown, of files that were not. */
  readonly places: readonly Source[];
};

/** What a look has shown, with its lines marked as data. */
export function seeLook(
  named: Pick<Look, 'tool' | 'key' | 'label'>,
  sight: { readonly text: string; readonly data: Json },
): Look {
  const data = isObject(sight.data) ? sight.data : {};
  const source = sourceIn(data) ?? undefined;
  const places = Array.isArray(data.places) ? data.places.flatMap(asSource) : [];
  const lines = sight.text === '' ? ['nothing'] : sight.text.split('\n');
  // Lines of a file have their numbers already.
  const numbered = source === undefined ? 0 : source.endLine - source.startLine + 1;
  return {
    ...named,
    note: sayWhat(data),
    text: mark(named.label, lines, numbered),
    fate: 'whole',
    ...(source === undefined ? {} : { source }),
    places,
  };
}

/** A look that came to nothing; the model may try another one. */
export const missLook = (
  named: Pick<Look, 'tool' | 'key' | 'label'>,
  why: string,
  note: string,
): Look => ({
  ...named,
  note,
  text: mark(named.label, [why.replaceAll('\n', ' ')], 0),
  fate: 'whole',
  places: [],
});

const mark = (label: string, lines: readonly string[], numbered: number): string =>
  [
    `== ${withoutBreaks(label).replace(/\s+/g, ' ')}`,
    ...lines.map((line, at) => `${at < numbered ? '' : '| '}${withoutBreaks(line)}`),
  ].join('\n');

/** The first lines of a look, down to so many tokens. */
export function cutLook(look: Look, room: number, estimate: (text: string) => number): Look {
  if (estimate(look.text) <= room) return look;
  const lines = look.text.split('\n');
  let [fits, tooMany] = [1, lines.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (estimate(lines.slice(0, middle).join('\n')) + CUT_TOKENS <= room) fits = middle;
    else tooMany = middle;
  }
  return keepLines(look, fits);
}

const CUT_TOKENS = 20;

/**
 * What is left of an older look where the window gets narrow. It may be asked for again, and what it
 * has shown stays a source.
 */
export function shortenLook(look: Look): Look {
  const lines = look.text.split('\n');
  if (look.fate === 'short' || lines.length <= SHORT_LINES + 2) return look;
  const more = `| ${lines.length - SHORT_LINES} more lines, taken out to make room`;
  const text = [...lines.slice(0, SHORT_LINES), more].join('\n');
  return { ...look, key: '', text, fate: 'short' };
}

const SHORT_LINES = 3;

/** `count` with the heading. */
function keepLines(look: Look, count: number): Look {
  const lines = look.text.split('\n').slice(0, count);
  const { source, ...rest } = look;
  const places = look.places.slice(0, count - 1);
  const endLine = (source?.startLine ?? 1) + count - 2;
  if (source === undefined || endLine >= source.endLine) {
    const text = [...lines, '| cut here, as there is no room for more'].join('\n');
    return { ...look, text, fate: 'cut', places };
  }
  const more = `| cut here, as there is no room for more: it goes on at line ${endLine + 1}`;
  const cut: Look = { ...rest, text: [...lines, more].join('\n'), fate: 'cut', places };
  return endLine < source.startLine ? cut : { ...cut, source: { ...source, endLine } };
}

/** `read src/cart.ts from 10 to 40`, `search “round” in src`. */
export function labelLook({ name, args }: CommandCard, values: ArgValues): string {
  const words = Object.entries(args).flatMap(([key, { kind }]): readonly string[] => {
    const value = values[key];
    if (value === undefined || value === false || value === '') return [];
    if (kind === 'flag') return [key];
    if (kind === 'option') return [key, String(value)];
    return [Array.isArray(value) ? `“${value.join(' ')}”` : String(value)];
  });
  return [name, ...words].join(' ').replace(/\s+/g, ' ').slice(0, MOST_LABEL);
}

const MOST_LABEL = 120;

/** The same for the same look, in whatever order its values stand. */
export const keyOf = (tool: string, values: ArgValues | JsonObject): string =>
  `${tool} ${JSON.stringify(Object.entries(values).sort(([one], [two]) => (one < two ? -1 : 1)))}`;

function sayWhat(data: JsonObject): string {
  const count = (value: Json | undefined, one: string): string | null => {
    const length = Array.isArray(value) ? value.length : value;
    if (typeof length !== 'number') return null;
    const all = Array.isArray(value) && typeof data.more === 'number' ? length + data.more : length;
    return `${all} ${all === 1 ? one : `${one}s`}`;
  };
  const lines = sourceIn(data);
  if (lines !== null) return `lines ${lines.startLine} to ${lines.endLine}`;
  return (
    count(data.places, 'place') ?? count(data.commits, 'commit') ?? count(data.files, 'file') ?? ''
  );
}

function sourceIn({ path, startLine, endLine }: JsonObject): Source | null {
  if (typeof path !== 'string' || typeof startLine !== 'number') return null;
  return typeof endLine === 'number' ? { path, startLine, endLine } : null;
}

function asSource(value: Json): readonly Source[] {
  const source = isObject(value) ? sourceIn(value) : null;
  return source === null ? [] : [source];
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
