import { findMentions } from '../../core/author/find-mentions.ts';
import type { Order } from '../../core/author/order.ts';
import { type Candidate, type PackedOrder, packOrder } from '../../core/author/pack-order.ts';
import { namesIn, rankPaths } from '../../core/author/rank-paths.ts';
import { failModel } from '../../core/models/trouble.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Author } from './open-author.ts';

export type Gathered = PackedOrder & { readonly paths: readonly string[] };

/** Less than half of the window: what is not read costs no time, and the answer needs room too. */
const CONTEXT_SHARE = 0.45;
const MOST_CONTEXT_TOKENS = 6000;

/** Finds what of the project the model should see, and says what of it has no room. */
export async function gather(author: Author, order: Order): Promise<Result<Gathered>> {
  const { context, windowTokens, estimate } = author;
  const { readers, signal, show } = context;
  const listed = await readers.files.list(signal);
  if (!listed.ok && listed.error.code === 'cancelled') return listed;
  // In a workspace that is too big to list, files must be named exactly.
  const paths = listed.ok ? listed.value : [];
  const named = namedFiles(author, order, paths);
  if (!named.ok) return named;
  const budget = Math.min(Math.floor(windowTokens * CONTEXT_SHARE), MOST_CONTEXT_TOKENS);
  const others = [
    ...findMentions(order.evidence?.text ?? '', paths).files.map(({ path }) => path),
    ...rankPaths(order.request, paths),
    ...(await findNames(author, order, paths)),
  ];
  const files = [...named.value];
  for (const path of new Set(others)) {
    if (signal.aborted) return fail('cancelled', 'Cancelled.');
    if (files.length >= MOST_FILES) break;
    if (files.some((file) => file.path === path) || hides(author, path) !== null) continue;
    const text = author.texts.read(path);
    if (text.ok && text.value !== null) {
      files.push({ path, text: text.value, lines: null, isNamed: false });
    }
  }
  const packed = packOrder(order, files, paths, budget, estimate);
  if (packed.isOver) {
    return failModel(
      'window',
      `The request is more than fits into the window of ${author.model}.`,
      {
        hint: 'Ask for less at once, or give the model a larger window.',
        data: { contextTokens: windowTokens },
      },
    );
  }
  for (const path of packed.leftOut) {
    show({
      kind: 'text',
      text: `${path} does not fit whole beside the request into the ${windowTokens} tokens of ${author.model}; the outline is made without all of it.`,
      tone: 'warn',
    });
  }
  return ok({ ...packed, paths });
}

const MOST_FILES = 12;

/** Why a file is not shown to a model; null where it may be. */
function hides({ context }: Author, path: string): string | null {
  const decided = context.readers.policy.decide({ kind: 'file.read', path }, context.situation);
  if (!decided.ok) return decided.error.message;
  if (decided.value.verdict === 'allow') return null;
  return decided.value.because[0]?.reason ?? 'It may not be read.';
}

/** What a person names has to be there, and may be seen; else they are told before any time is spent. */
function namedFiles(
  author: Author,
  order: Order,
  paths: readonly string[],
): Result<readonly Candidate[]> {
  const { files: mentioned, unknown } = findMentions(order.request, paths);
  const [first] = unknown;
  if (first !== undefined) {
    return fail('not-found', `There is no file ${first.slice(1)} in the workspace.`, {
      hint: 'Name it by its path; without an @ it is a word like others.',
    });
  }
  const wanted = [
    ...order.paths.map((path) => ({ path, lines: null })),
    ...mentioned.filter(({ path }) => !order.paths.includes(path)),
  ];
  const files: Candidate[] = [];
  for (const { path, lines } of wanted) {
    const hidden = hides(author, path);
    if (hidden !== null) {
      return fail('denied', `${path} is not shown to a model: ${hidden}`, {
        hint: 'Ask without it, or change the file yourself.',
      });
    }
    const text = author.texts.read(path);
    if (!text.ok) return text;
    if (text.value === null) return fail('not-found', `There is no file ${path}.`);
    files.push({ path, text: text.value, lines, isNamed: true });
  }
  return ok(files);
}

const MOST_SEARCHED = 400;
const MOST_CHARACTERS = 8_000_000;
const MOST_HITS = 6;

/** Files in which names of the request stand, those with most of them first. */
async function findNames(
  { context }: Author,
  order: Order,
  paths: readonly string[],
): Promise<readonly string[]> {
  const names = namesIn(order.request);
  if (names.length === 0) return [];
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_])(?:${names.map((name) => name.replace(/[$]/g, '\\$')).join('|')})(?![\\p{L}\\p{N}_])`,
    'gu',
  );
  const found: { readonly path: string; readonly hits: number }[] = [];
  let left = MOST_CHARACTERS;
  for (const path of paths.filter((each) => /\.\w{1,6}$/.test(each)).slice(0, MOST_SEARCHED)) {
    if (context.signal.aborted || left <= 0) break;
    const read = await context.readers.files.read(path, context.signal);
    if (!read.ok || read.value === null) continue;
    left -= read.value.length;
    const hits = read.value.match(pattern)?.length ?? 0;
    if (hits > 0) found.push({ path, hits });
  }
  return found
    .sort((a, b) => b.hits - a.hits)
    .slice(0, MOST_HITS)
    .map(({ path }) => path);
}
