import { fail, ok } from '../../core/result.ts';
import { isMadeByPrograms } from '../../core/retrieval/is-made-by-programs.ts';
import { rankPassages } from '../../core/retrieval/rank-passages.ts';
import { termsOf, wordsOf } from '../../core/retrieval/words.ts';
import type { Result } from '../../core/types.ts';
import type { Clock, Found, Retriever, WorkspaceReader } from '../../ports.ts';

export type TextRetrieverOptions = {
  readonly files: WorkspaceReader;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly limits?: Partial<RetrieverLimits>;
};
export type RetrieverLimits = {
  readonly files: number;
  readonly bytes: number;
  readonly timeMs: number;
};

const LIMITS: RetrieverLimits = { files: 6_000, bytes: 48_000_000, timeMs: 1_500 };
/** What is longer was mostly not written by a person. */
const MAX_FILE_CHARS = 400_000;
const MAX_CANDIDATES = 400;
/** So many files are read between two looks at the clock and at other work. */
const AT_ONCE = 32;

/** Searches names and texts of the workspace's files, without an index. */
export function createTextRetriever(options: TextRetrieverOptions): Retriever {
  const limits = { ...LIMITS, ...options.limits };
  return {
    async search({ text, limit }, signal) {
      const terms = termsOf(text);
      if (terms.length === 0) return ok({ passages: [], isPartial: false });
      const listed = await options.files.list(signal);
      if (!listed.ok) return listed;
      const found = await findCandidates(options, limits, listed.value, terms, signal);
      if (!found.ok) return found;
      const passages = rankPassages(found.value.candidates, terms, limit);
      return ok({ passages, isPartial: found.value.isPartial } satisfies Found);
    },
  };
}

type Gathered = {
  readonly candidates: readonly { readonly path: string; readonly text: string }[];
  readonly isPartial: boolean;
};

/** Files that hold one of the words; those whose names do are read first, as time may end. */
async function findCandidates(
  { files, clock }: TextRetrieverOptions,
  limits: RetrieverLimits,
  listed: readonly string[],
  terms: readonly string[],
  signal: AbortSignal,
): Promise<Result<Gathered>> {
  const wanted = new Set(terms);
  const readable = listed.filter((path) => !isMadeByPrograms(path));
  const nameCount = (path: string): number =>
    wordsOf(path).filter((word) => wanted.has(word)).length;
  const order = readable
    .map((path) => ({ path, count: nameCount(path) }))
    .toSorted((one, two) => two.count - one.count || depthOf(one.path) - depthOf(two.path));
  const endMs = clock.monotonicMs() + limits.timeMs;
  const candidates: { path: string; text: string; met: number }[] = [];
  let bytes = 0;
  let read = 0;
  while (read < order.length) {
    if (signal.aborted) return fail('cancelled', 'The search was cancelled.');
    if (read >= limits.files || bytes >= limits.bytes || clock.monotonicMs() > endMs) break;
    const some = order.slice(read, read + AT_ONCE);
    read += some.length;
    for (const { path, count } of some) {
      const text = await files.read(path, signal);
      // What cannot be read, or is no text, holds nothing to find.
      if (!text.ok || text.value === null || text.value.length > MAX_FILE_CHARS) continue;
      bytes += text.value.length;
      const lower = text.value.toLowerCase();
      const met = terms.filter((term) => lower.includes(term)).length;
      if (met + count > 0) candidates.push({ path, text: text.value, met: met + count });
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const most = candidates.toSorted((one, two) => two.met - one.met).slice(0, MAX_CANDIDATES);
  return ok({ candidates: most, isPartial: read < order.length });
}

const depthOf = (path: string): number => path.split('/').length;
