import { objectionTo } from '../../core/planner/names/check-name.ts';
import { classify } from '../../core/planner/names/classify.ts';
import { UNICODE } from '../../core/planner/names/language.ts';
import { type Grammar, grammarOf, isCodeLike } from '../../core/planner/names/languages.ts';
import {
  findPlaces,
  findWords,
  lineOf,
  type Place,
  replaceSpans,
} from '../../core/planner/names/places.ts';
import type { Prose } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { ParseCode } from './parse-code.ts';
import type { Candidate } from './read-candidates.ts';

type Wish = { readonly from: string; readonly to: string; readonly alsoIn: readonly Prose[] };

export type Renamed = {
  readonly path: string;
  /** Null where nothing changes. */
  readonly content: string | null;
  readonly places: number;
  /** Where the new name stands already, as file:line. */
  readonly clashes: readonly string[];
  /** Where the old one stays, in strings and comments. */
  readonly leftAlone: readonly string[];
  readonly isWordsOnly: boolean;
  readonly isLeftOut: boolean;
  readonly hasError: boolean;
};

export async function renameInText(
  code: ParseCode,
  file: Candidate,
  wish: Wish,
): Promise<Result<Renamed>> {
  const firstLine = file.text.slice(0, Math.max(0, file.text.indexOf('\n')));
  const grammar = grammarOf(file.path, firstLine);
  return grammar === null ? ok(renameWords(file, wish)) : renameCode(code, file, grammar, wish);
}

const nothing = (path: string): Renamed => ({
  path,
  content: null,
  places: 0,
  clashes: [],
  leftAlone: [],
  isWordsOnly: false,
  isLeftOut: false,
  hasError: false,
});

/** Without a grammar code cannot be told from text, so text changes only where it is named. */
function renameWords(file: Candidate, { from, to }: Wish): Renamed {
  const { path, text, mark } = file;
  const spans = findWords(text, from, CHARACTERS);
  if (spans.length === 0) return nothing(path);
  if (!file.isNamed && !isCodeLike(path)) return { ...nothing(path), isLeftOut: true };
  return {
    ...nothing(path),
    content: mark + replaceSpans(text, spans, to),
    places: spans.length,
    clashes: findWords(text, to, CHARACTERS).map(({ start }) => `${path}:${lineOf(text, start)}`),
    isWordsOnly: true,
  };
}

const CHARACTERS = `${UNICODE}$`;

type Looked = {
  readonly places: readonly Place[];
  readonly clashes: readonly Place[];
  readonly hasError: boolean;
};

async function renameCode(
  code: ParseCode,
  file: Candidate,
  { language, grammar }: Grammar,
  wish: Wish,
): Promise<Result<Renamed>> {
  const { path, text, mark } = file;
  const { from, to } = wish;
  if (findWords(text, from, language.characters).length === 0) return ok(nothing(path));
  const looked = await code.withTree(grammar, text, ({ leafAt, hasError }): Looked => {
    const places = findPlaces(language, text, from, leafAt);
    const clashes = findPlaces(language, text, to, leafAt).filter(({ kind }) => kind === 'names');
    return { places, clashes, hasError };
  });
  if (!looked.ok) return fail(looked.error.code, `${path}: ${looked.error.message}`);
  const { places, clashes, hasError } = looked.value;
  const kinds = new Set<Place['kind']>(['names', ...wish.alsoIn]);
  const spans = places.filter(({ kind }) => kinds.has(kind));
  const at = ({ start }: Place) => `${path}:${lineOf(text, start)}`;
  const isLeft = ({ kind }: Place) => !kinds.has(kind) && kind !== 'others';
  const leftAlone = [...new Set(places.filter(isLeft).map(at))];
  if (spans.length === 0) return ok({ ...nothing(path), leftAlone });
  const named = spans.find(({ kind }) => kind === 'names');
  const objection = named === undefined ? null : objectionTo(language, from, to);
  if (objection !== null) return fail('invalid', `${objection} (${at(named as Place)}).`);
  const changed = replaceSpans(text, spans, to);
  const problem = await verify(code, { language, grammar }, changed, spans, wish, hasError);
  if (!problem.ok) return problem;
  if (problem.value !== null) {
    return fail('invalid', `“${to}” cannot stand for “${from}” at ${at(problem.value)}.`, {
      hint: 'There it would be read as something else.',
    });
  }
  const content = mark + changed;
  return ok({
    ...nothing(path),
    content,
    places: spans.length,
    clashes: [...new Set(clashes.map(at))],
    leftAlone,
    hasError,
  });
}

/** Parses what comes of it: every place has to be a name still. Gives the first that is not. */
async function verify(
  code: ParseCode,
  { language, grammar }: Grammar,
  changed: string,
  spans: readonly Place[],
  { from, to }: Wish,
  hadError: boolean,
): Promise<Result<Place | null>> {
  const growth = to.length - from.length;
  return code.withTree(grammar, changed, ({ leafAt, hasError }) => {
    const isStillName = ({ start, kind }: Place, index: number) => {
      if (kind !== 'names') return true;
      const now = start + index * growth;
      const leaf = leafAt(now, now + to.length);
      return leaf !== null && classify(language, changed, now, now + to.length, leaf) === 'names';
    };
    const lost = spans.find((span, index) => !isStillName(span, index));
    return lost ?? (hasError && !hadError ? (spans[0] ?? null) : null);
  });
}
