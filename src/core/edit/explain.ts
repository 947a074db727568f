import { isBlank, isTelling } from './canonical.ts';
import type { FileIndex } from './file-index.ts';
import type { Place } from './find-places.ts';
import { nearestLine } from './nearest-line.ts';
import { quoteLine, refuse } from './refuse.ts';
import type { Reading, Refused } from './types.ts';

/** Refusals of a hunk, with what its writer needs to mend it. */

export function refuseSeveral(
  index: FileIndex,
  { search }: Reading,
  places: readonly Place[],
): Refused {
  const [first, second] = [...places].sort((a, b) => a.start - b.start);
  const more = places.length - 2;
  const lines = `lines ${(first?.start ?? 0) + 1} and ${(second?.start ?? 0) + 1}${more > 0 ? ` and ${more} more places` : ''}`;
  return refuse(
    'ambiguous',
    `${index.path}: ${quoteLine(firstTelling(search))} fits at ${lines}. Send the edit again with more of the lines above or below the place that you mean, copied from the file.`,
    { path: index.path, line: (first?.start ?? 0) + 1 },
  );
}

export function refuseMissing(index: FileIndex, reading: Reading): Refused {
  const { texts } = index.file;
  const wanted = firstMissing(index, reading.search);
  const near = nearestLine(texts, wanted)?.at ?? -1;
  const hint =
    near < 0
      ? 'No line of the file is like it.'
      : `The nearest line is ${near + 1}: ${quoteLine(texts[near] ?? '')}.`;
  return refuse(
    'no-match',
    `${index.path}: the lines to be replaced are not in the file; ${quoteLine(wanted)} is not there as it was given. ${hint} Read the file again and copy the lines as they stand.`,
    { path: index.path, ...(near < 0 ? {} : { line: near + 1 }) },
  );
}

export const refusePlaceholder = (path: string, line: string): Refused =>
  refuse(
    'placeholder',
    `${path}: ${quoteLine(line)} stands for code that was left out, and writing it would delete that code. Send every line in full, or edit only the lines that change.`,
    { path },
  );

export const refuseIndent = (path: string, line: string): Refused =>
  refuse(
    'ambiguous',
    `${path}: it cannot be told how ${quoteLine(line.trim())} is to be indented, since the lines of the edit are indented in another way than those of the file. Send the edit again with the indentation that the file has.`,
    { path },
  );

export const refuseNoise = (path: string, noise: string): Refused =>
  refuse(
    'malformed',
    `${path}: the new lines hold ${noise}, which does not belong into the file. Send the lines alone.`,
    { path },
  );

export const refuseEmptySearch = (path: string): Refused =>
  refuse(
    'empty-search',
    `${path}: the edit does not say where its lines belong, and the file is not empty. Put a line of the file that stands next to the place into the search, and repeat it in the replacement.`,
    { path },
  );

const firstTelling = (lines: readonly string[]): string =>
  lines.find(isTelling) ?? lines.find((line) => !isBlank(line)) ?? '';

function firstMissing(index: FileIndex, search: readonly string[]): string {
  const { positions } = index.loose();
  const isMissing = (line: string) => !isBlank(line) && !positions.has(index.looseForm(line));
  return search.find(isMissing) ?? firstTelling(search);
}
