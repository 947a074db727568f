import type { Word, WordPart } from '../shell-syntax.ts';
import { type Context, deeper } from './evaluator.ts';
import { expandParameter } from './expand-parameter.ts';
import { judgeNames, judgeSumText, LATER } from './hidden.ts';
import { MARK } from './marks.ts';
import { forkState } from './state.ts';
import type { Stream } from './stream.ts';

/** One way a word may come out: the fields it gives. */
export type Fields = readonly string[];
type Piece = { readonly text: string; readonly isSplit: boolean; readonly isQuoted: boolean };
type Pieces = readonly Piece[];

/** More ways than this are not told apart any more. */
const MOST_WAYS = 32;

/**
 * All ways in which the words together may come out. From the word `namesFrom` on a lone `$(find …)`
 * gives the names that it prints. Where it prints none there is no word, and in quotes an empty one: a loop
 * would go round with that, so there only a bare one counts.
 */
export function expandWords(
  words: readonly Word[],
  context: Context,
  namesFrom = Number.POSITIVE_INFINITY,
): readonly Fields[] {
  let ways: string[][] = [[]];
  for (const [i, word] of words.entries()) {
    const next =
      i < namesFrom ? expandWord(word, context) : expandNames(word, context, namesFrom > 0);
    const only = next.length === 1 ? next[0] : undefined;
    // The usual case grows in place: copying would be quadratic in the number of words.
    if (only !== undefined) for (const way of ways) for (const field of only) way.push(field);
    else ways = ways.flatMap((way) => next.map((fields) => [...way, ...fields]));
    if (ways.length > MOST_WAYS) ways = [...ways.slice(0, MOST_WAYS - 1), blurred(ways)];
  }
  return ways;
}

/** What is left of too many ways: fields that differ are unknown. */
function blurred(ways: readonly Fields[]): string[] {
  const longest = ways.reduce((a, b) => (b.length > a.length ? b : a), [] as Fields);
  return longest.map((field, i) => (ways.every((way) => way[i] === field) ? field : MARK.unknown));
}

export function expandWord(word: Word, context: Context): readonly Fields[] {
  const only = word.parts.length === 1 ? word.parts[0] : undefined;
  if (only?.kind === 'braces') return expandWords(only.words, context);
  if (only?.kind === 'quoted') return [[only.text]];
  if (only?.kind === 'literal' && !only.hasTilde) return [[only.text]];
  return expandParts(word.parts, context, false).map((pieces) => splitFields(pieces, context));
}

function expandNames(word: Word, context: Context, areQuotedToo: boolean): readonly Fields[] {
  const only = word.parts.length === 1 ? word.parts[0] : undefined;
  const isQuoted = only?.kind === 'double' && only.parts.length === 1;
  const inner = isQuoted && areQuotedToo ? only.parts[0] : only;
  if (inner?.kind !== 'substitution') return expandWord(word, context);
  const output = context.evaluator.walkScript(inner.script, forked(context));
  if (output.kind === 'names') return [output.paths];
  return [splitFields([piece(outputOf(output), !isQuoted, isQuoted)], context)];
}

/** As one string, unsplit: assignments, redirects, here-texts, `case`. */
export function expandText(parts: readonly WordPart[], context: Context): readonly string[] {
  const ways = expandParts(parts, context, true).map((pieces) =>
    pieces
      .map((piece) => piece.text)
      .join('')
      .replaceAll(MARK.between, ' '),
  );
  return [...new Set(ways)];
}

function expandParts(
  parts: readonly WordPart[],
  context: Context,
  isQuoted: boolean,
): readonly Pieces[] {
  let ways: readonly Pieces[] = [[]];
  for (const part of parts) {
    ways = cross(ways, expandPart(part, context, isQuoted), (a, b) => [...a, ...b]);
    if (ways.length > MOST_WAYS || ways.some(isLong)) {
      return [...ways.slice(0, MOST_WAYS), [{ text: MARK.unknown, isSplit: false, isQuoted }]];
    }
  }
  return ways;
}

const isLong = (pieces: Pieces): boolean =>
  pieces.reduce((length, { text }) => length + text.length, 0) > LONGEST_WORD;
const LONGEST_WORD = 65_536;

function expandPart(part: WordPart, context: Context, isQuoted: boolean): readonly Pieces[] {
  switch (part.kind) {
    case 'literal':
      return [
        [piece(part.hasTilde ? expandTilde(part.text, context) : part.text, false, isQuoted)],
      ];
    case 'quoted':
      return [[piece(part.text, false, true)]];
    case 'double':
      return part.parts.length === 0
        ? [[piece('', false, true)]]
        : expandParts(part.parts, context, true).map((pieces) => [
            ...pieces,
            piece('', false, true),
          ]);
    case 'glob':
      return expandGlob(part, context, isQuoted).map((text) => [piece(text, false, isQuoted)]);
    case 'parameter':
      return expandParameter(part, context, (word) => expandText(word.parts, context)).map(
        (text) => [piece(text, !isQuoted, isQuoted)],
      );
    case 'substitution': {
      const output = context.evaluator.walkScript(part.script, forked(context));
      return [[piece(outputOf(output), !isQuoted, isQuoted)]];
    }
    case 'process':
      return [[piece(processPath(part, context), false, true)]];
    case 'sum':
      judgeSum(part.parts, context);
      return [[piece(plainNumber(part.parts) ?? MARK.output, false, true)]];
    case 'braces':
      return expandWords(part.words, context).map((fields) =>
        fields.map((text) => piece(`${text} `, true, false)),
      );
    default:
      part satisfies never;
      return [];
  }
}

/** As a glob, and as text where a subscript may hold a substitution that runs later. */
function expandGlob(
  { glob, inner }: WordPart & { kind: 'glob' },
  context: Context,
  isQuoted: boolean,
): readonly string[] {
  const mark = isQuoted ? '*' : MARK[glob === 'extended' ? 'set' : glob];
  const texts = inner.length === 0 ? [] : expandText(inner, context);
  for (const text of texts) judgeNames(text, context);
  return [mark, ...texts.filter((text) => LATER.test(text)).map((text) => `[${text}]`)];
}

const piece = (text: string, isSplit: boolean, isQuoted: boolean): Piece => ({
  text,
  isSplit,
  isQuoted,
});

const forked = (context: Context): Context => ({
  ...deeper(context),
  state: forkState(context.state),
});

function plainNumber(parts: readonly WordPart[]): string | null {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only?.kind === 'quoted' && /^\d+$/.test(only.text) ? only.text : null;
}

/** What a substitution leaves in a word. */
function outputOf(output: Stream): string {
  switch (output.kind) {
    case 'none':
      return '';
    case 'text':
      return output.text.replace(/\n+$/, '');
    case 'decoded':
    case 'network':
      return MARK.foreign;
    case 'altered':
      return MARK.altered;
    case 'secret':
      return MARK.secret;
    case 'file':
    case 'names':
    case 'local':
      return MARK.output;
    default:
      output satisfies never;
      return MARK.foreign;
  }
}

/** A process substitution is a file that the other command reads or writes. */
function processPath(part: WordPart & { kind: 'process' }, context: Context): string {
  const path = `/dev/fd/${1000 + context.state.files.size}`;
  const input: Stream = part.direction === '>' ? { kind: 'local' } : context.input;
  const output = context.evaluator.walkScript(part.script, { ...forked(context), input });
  context.state.files.set(path, part.direction === '<' ? output : { kind: 'none' });
  return path;
}

function expandTilde(word: string, context: Context): string {
  const at = word.indexOf('~');
  const text = word.slice(at);
  const name = word.slice(0, at);
  const slash = text.indexOf('/');
  const user = slash < 0 ? text.slice(1) : text.slice(1, slash);
  const rest = slash < 0 ? '' : text.slice(slash);
  if (user === '') return `${name}${context.evaluator.situation.home}${rest}`;
  if (user === '+') return `${name}${context.state.cwds[0] ?? MARK.unknown}${rest}`;
  if (user === 'root') return `${name}/root${rest}`;
  return /^[\w.-]+$/.test(user) ? `${name}/home/${user}${rest}` : word;
}

/** Splits what was not quoted at blanks; a word of nothing unquoted is no field at all. */
function splitFields(pieces: Pieces, context: Context): Fields {
  const separators = context.state.variables.get('IFS')?.join('') ?? ' \t\n';
  const fields: string[] = [];
  let open: string | null = null;
  for (const { text, isSplit, isQuoted } of pieces) {
    if (!isSplit && !text.includes(MARK.between)) {
      if (text !== '' || isQuoted) open = (open ?? '') + text;
      continue;
    }
    for (const char of text) {
      if (char === MARK.between || (isSplit && separators.includes(char))) {
        if (open !== null) fields.push(open);
        open = null;
      } else open = (open ?? '') + (isSplit ? globMark(char) : char);
    }
  }
  if (open !== null) fields.push(open);
  return fields;
}

/** Stars in an unquoted variable are still globs. */
const globMark = (char: string): string =>
  char === '*' ? MARK.star : char === '?' ? MARK.one : char;

function cross<A, B, C>(as: readonly A[], bs: readonly B[], join: (a: A, b: B) => C): readonly C[] {
  if (bs.length === 1) return as.map((a) => join(a, bs[0] as B));
  return as.flatMap((a) => bs.map((b) => join(a, b)));
}

export function judgeSum(parts: readonly WordPart[], context: Context): void {
  for (const text of expandText(parts, context)) judgeSumText(text, context);
}

/** What stands between the brackets of `a[…]` is a sum. */
export function expandSubscript(index: Word | null, context: Context): readonly string[] {
  if (index === null) return [];
  const texts = expandText(index.parts, context);
  for (const text of texts) judgeSumText(text, context);
  return texts;
}
