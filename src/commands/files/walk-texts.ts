import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

const MOST_FILES = 20_000;
const MOST_CHARS = 64_000_000;
const MOST_FILE_CHARS = 1_000_000;
const MOST_MS = 6_000;

/**
 * Reads one file after the other until `visit` says that it is enough, or files, letters or time are
 * over. What cannot be read, or is no text, holds nothing to find.
 */
export async function walkTexts(
  paths: readonly string[],
  { readers, signal, now }: CommandContext,
  visit: (path: string, text: string) => Promise<Result<boolean>>,
): Promise<Result<{ readonly isPartial: boolean }>> {
  const end = now().getTime() + MOST_MS;
  let chars = 0;
  for (const [at, path] of paths.entries()) {
    if (signal.aborted) return fail('cancelled', 'The search was cancelled.');
    if (at >= MOST_FILES || chars >= MOST_CHARS || now().getTime() > end) {
      return ok({ isPartial: true });
    }
    const text = await readers.files.read(path, signal);
    if (!text.ok || text.value === null || text.value.length > MOST_FILE_CHARS) continue;
    chars += text.value.length;
    const goesOn = await visit(path, text.value);
    if (!goesOn.ok) return goesOn;
    if (!goesOn.value) return ok({ isPartial: at < paths.length - 1 });
  }
  return ok({ isPartial: false });
}
