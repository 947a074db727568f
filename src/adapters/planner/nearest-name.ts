import { namesIn } from '../../core/planner/names/check-name.ts';
import { grammarOf, isCodeLike } from '../../core/planner/names/languages.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { Sight } from './outcome.ts';
import { nothingSkipped, readCandidates } from './read-candidates.ts';
import type { ScopedFile } from './scope-files.ts';

const MAX_TEXT = 32 * 1024 * 1024;
const MAX_NAMES = 100_000;

/** The name in these files that was probably meant. */
export async function nearestName(
  sight: Sight,
  files: readonly ScopedFile[],
  name: string,
): Promise<string | null> {
  const isLike = (word: string) => Math.abs(word.length - name.length) <= name.length / 3 + 1;
  const names = new Set<string>();
  let read = 0;
  for await (const { path, text } of readCandidates(sight, files, null, nothingSkipped())) {
    if (grammarOf(path, '') === null && !isCodeLike(path)) continue;
    for (const word of namesIn(text)) if (word !== name && isLike(word)) names.add(word);
    read += text.length;
    if (read > MAX_TEXT || names.size > MAX_NAMES) break;
  }
  return nearest(name, [...names]) ?? null;
}
