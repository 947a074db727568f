import { findNamedFiles, type NamedFile } from '../../core/author/find-named-files.ts';
import type { Order } from '../../core/author/order.ts';
import { type Candidate, type PackedOrder, packOrder } from '../../core/author/pack-order.ts';
import { pathsAfter } from '../../core/author/paths-after.ts';
import { failModel } from '../../core/models/trouble.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { findSymbol } from '../talk/find-symbol.ts';
import { mayGive } from '../talk/may-give.ts';
import type { Author } from './open-author.ts';

export type Gathered = PackedOrder & { readonly paths: readonly string[] };

/** Less than half of the window: what is not read costs no time, and the answer needs room too. */
const CONTEXT_SHARE = 0.45;
const MOST_CONTEXT_TOKENS = 6000;
const MOST_FILES = 12;

/** Finds what of the project the model should see, and says what of it has no room. */
export async function gather(author: Author, order: Order): Promise<Result<Gathered>> {
  const { context, windowTokens, estimate, model } = author;
  const { readers, signal, show } = context;
  const listed = await readers.files.list(signal);
  if (!listed.ok && listed.error.code === 'cancelled') return listed;
  // In a workspace that is too big to list, files must be named exactly.
  const paths = listed.ok ? pathsAfter(listed.value, author.before) : [];
  const named = await readNamed(author, order, paths);
  if (!named.ok) return named;
  const files = [...named.value];
  for (const path of await findOthers(author, order, paths)) {
    if (signal.aborted) return fail('cancelled', 'Cancelled.');
    if (files.length >= MOST_FILES) break;
    if (files.some((file) => file.path === path)) continue;
    if (!(await mayGive(path, context, 'found')).ok) continue;
    const text = author.texts.read(path);
    if (text.ok && text.value !== null) {
      files.push({ path, text: text.value, lines: null, isNamed: false });
    }
  }
  const budget = Math.min(Math.floor(windowTokens * CONTEXT_SHARE), MOST_CONTEXT_TOKENS);
  const packed = packOrder(order, files, paths, budget, estimate);
  if (packed.isOver) {
    return failModel('window', `The request is more than fits into the window of ${model}.`, {
      hint: 'Ask for less at once, or give the model a larger window.',
      data: { contextTokens: windowTokens },
    });
  }
  for (const path of packed.leftOut) {
    const text = `${path} does not fit whole beside the request into the ${windowTokens} tokens of ${model}; the outline is made without all of it.`;
    show({ kind: 'text', text, tone: 'warn' });
  }
  return ok({ ...packed, paths });
}

/** What a person names has to be there, and may be seen; else they are told before any time is spent. */
async function readNamed(
  author: Author,
  order: Order,
  paths: readonly string[],
): Promise<Result<readonly Candidate[]>> {
  const wanted = await findNamed(author, order, paths);
  if (!wanted.ok) return wanted;
  const files: Candidate[] = [];
  for (const { path, lines } of wanted.value) {
    const allowed = await mayGive(path, author.context, 'named');
    if (!allowed.ok) return allowed;
    author.given.add(path);
    const text = author.texts.read(path);
    if (!text.ok) return text;
    if (text.value === null) return fail('not-found', `There is no file ${path}.`);
    files.push({ path, text: text.value, lines, isNamed: true });
  }
  return ok(files);
}

async function findNamed(
  { context }: Author,
  order: Order,
  paths: readonly string[],
): Promise<Result<readonly NamedFile[]>> {
  const named = findNamedFiles(order.request, paths);
  const [unclear] = named.unclear;
  if (unclear !== undefined) return fail('usage', unclear, { hint: 'Write more of the path.' });
  const found = new Map<string, NamedFile>();
  for (const path of order.paths) found.set(path, { path, lines: null });
  for (const file of named.files) if (!found.has(file.path)) found.set(file.path, file);
  for (const name of named.symbols) {
    const defined = await findSymbol(name, paths, context);
    if (!defined.ok) return defined;
    if (defined.value.length === 0) {
      return fail('not-found', `@${name} is no file here, and nothing of that name was found.`, {
        hint: 'Without an @ it is a word like others.',
      });
    }
    for (const { source } of defined.value) {
      if (source === undefined || found.has(source.path)) continue;
      const lines = { from: source.startLine, to: source.endLine };
      found.set(source.path, { path: source.path, lines });
    }
  }
  return ok([...found.values()]);
}

const MOST_PASSAGES = 12;
/** What has less to do with the request than this, of what the best one has, leads astray. */
const LEAST_SHARE = 0.25;

/** Files that what a program said names, and those that a search for the request finds. */
async function findOthers(
  { context }: Author,
  { request, evidence }: Order,
  paths: readonly string[],
): Promise<readonly string[]> {
  const said = findNamedFiles(evidence?.text ?? '', paths).files.map(({ path }) => path);
  const query = { text: request, limit: MOST_PASSAGES };
  const found = await context.readers.retriever.search(query, context.signal);
  const passages = found.ok ? found.value.passages : [];
  const least = (passages[0]?.score ?? 0) * LEAST_SHARE;
  const near = passages.filter(({ score }) => score >= least).map(({ path }) => path);
  return [...new Set([...said, ...near])];
}
