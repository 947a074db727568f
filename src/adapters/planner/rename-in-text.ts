import { objectionTo } from '../../core/planner/names/check-name.ts';
import { classify } from '../../core/planner/names/classify.ts';
import { type Language, UNICODE } from '../../core/planner/names/language.ts';
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
import type { ParseCode, Parsed, ParsedText } from './parse-code.ts';
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

async function renameCode(
  code: ParseCode,
  file: Candidate,
  { language, grammar }: Grammar,
  wish: Wish,
): Promise<Result<Renamed>> {
  const { path, text } = file;
  if (findWords(text, wish.from, language.characters).length === 0) return ok(nothing(path));
  const renamed = await code.withTree(grammar, text, (parsed) =>
    renameParsed(file, language, parsed, wish),
  );
  if (renamed.ok || renamed.error.code !== 'timeout') return renamed;
  return fail('timeout', `${path}: ${renamed.error.message}`);
}

function renameParsed(
  { path, text, mark }: Candidate,
  language: Language,
  parsed: ParsedText,
  wish: Wish,
): Result<Renamed> {
  const { from, to, alsoIn } = wish;
  const at = ({ start }: Place) => `${path}:${lineOf(text, start)}`;
  const places = findPlaces(language, text, from, parsed.leafAt);
  const kinds = new Set<Place['kind']>(['names', ...alsoIn]);
  const spans = places.filter(({ kind }) => kinds.has(kind));
  const isLeft = ({ kind }: Place) => !kinds.has(kind) && kind !== 'others';
  const leftAlone = [...new Set(places.filter(isLeft).map(at))];
  if (spans.length === 0) return ok({ ...nothing(path), leftAlone });
  const named = spans.find(({ kind }) => kind === 'names');
  const objection = named === undefined ? null : objectionTo(language, from, to);
  if (objection !== null) return fail('invalid', `${objection} (${at(named as Place)}).`);
  const changed = replaceSpans(text, spans, to);
  const lost = parsed.after(changed, spans, to, (after) =>
    findLost(language, changed, spans, wish, after),
  );
  if (!lost.ok) return lost;
  const { hasError } = parsed;
  const wrong = lost.value.place ?? (lost.value.hasError && !hasError ? spans[0] : null);
  if (wrong) {
    return fail('invalid', `“${to}” cannot stand for “${from}” at ${at(wrong)}.`, {
      hint: 'There it would be read as something else.',
    });
  }
  const clashes = findPlaces(language, text, to, parsed.leafAt);
  return ok({
    ...nothing(path),
    content: mark + changed,
    places: spans.length,
    clashes: [...new Set(clashes.filter(({ kind }) => kind === 'names').map(at))],
    leftAlone,
    hasError,
  });
}

/** In what comes of it every name has to be one still. Gives the first that is not. */
function findLost(
  language: Language,
  changed: string,
  spans: readonly Place[],
  { from, to }: Wish,
  { leafAt, hasError }: Parsed,
) {
  const growth = to.length - from.length;
  const isLost = ({ start, kind }: Place, index: number) => {
    if (kind !== 'names') return false;
    const now = start + index * growth;
    const leaf = leafAt(now, now + to.length);
    return leaf === null || classify(language, changed, now, now + to.length, leaf) !== 'names';
  };
  return { place: spans.find(isLost) ?? null, hasError };
}
