import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { cancelled } from './list-files.ts';
import type { Sight } from './outcome.ts';
import { createPause } from './pause.ts';
import { MAX_FILE_BYTES, type Text, textOf } from './read-text.ts';
import { nameSome } from './remarks.ts';
import type { ScopedFile } from './scope-files.ts';

export type Candidate = ScopedFile & Text;
/** What could not be looked into. */
export type Skipped = { readonly notUtf8: string[]; readonly tooBig: string[] };

/**
 * The texts of these files, one after the other, as far as they hold the needle: a search over
 * bytes, as most files hold nothing of what is looked for. Binary files and links are passed over.
 */
export async function* readCandidates(
  { view, signal }: Sight,
  files: readonly ScopedFile[],
  needle: Buffer | null,
  skipped: Skipped,
): AsyncGenerator<Candidate> {
  const pause = createPause();
  for (const file of files) {
    await pause();
    if (signal.aborted) return;
    const bytes = view.read(file.path, MAX_FILE_BYTES);
    if (!bytes.ok) {
      if (bytes.error.code === 'limit') skipped.tooBig.push(file.path);
      continue;
    }
    if (needle !== null && !bytes.value.includes(needle)) continue;
    const text = textOf(bytes.value);
    if (!text.ok) skipped.notUtf8.push(file.path);
    else if (text.value !== null) yield { ...file, ...text.value };
  }
}

export const nothingSkipped = (): Skipped => ({ notUtf8: [], tooBig: [] });

export const remarksOn = ({ notUtf8, tooBig }: Skipped): readonly string[] => [
  ...(notUtf8.length > 0 ? [`Left out, as they are not UTF-8: ${nameSome(notUtf8)}.`] : []),
  ...(tooBig.length > 0
    ? [`Not looked into, as they are bigger than 2 MiB: ${nameSome(tooBig)}.`]
    : []),
];

const MAX_RESULT_BYTES = 64 * 1024 * 1024;

/** Whether a plan can carry this much. */
export function checkSize(signal: AbortSignal, bytes: number): Result<void> {
  if (signal.aborted) return cancelled();
  if (bytes <= MAX_RESULT_BYTES) return ok(undefined);
  return fail('limit', 'More than 64 MiB would change; that is too much for one plan.', {
    hint: 'Name a folder.',
  });
}
