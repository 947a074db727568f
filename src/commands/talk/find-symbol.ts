import type { ContextPart } from '../../core/prompt/context-part.ts';
import { findDefinition } from '../../core/prompt/find-definition.ts';
import { linesOf } from '../../core/prompt/render-part.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { mayGive } from './may-give.ts';
import { linesPart } from './read-file-part.ts';

const MAX_FILES = 4_000;
const MAX_CHARS = 400_000;
const MAX_FOUND = 3;
const MAX_MS = 1_500;
const SOURCE =
  /\.[cm]?[jt]sx?$|\.(?:py|go|rs|java|kt|cs|c|h|cc|cpp|hpp|rb|php|swift|scala|sh|lua)$/;

/** Where a name is defined, in the first few files that do; bounded in files and in time. */
export async function findSymbol(
  name: string,
  paths: readonly string[],
  context: CommandContext,
): Promise<Result<readonly ContextPart[]>> {
  const { files } = context.readers;
  const end = context.now().getTime() + MAX_MS;
  const parts: ContextPart[] = [];
  for (const path of paths.filter((each) => SOURCE.test(each)).slice(0, MAX_FILES)) {
    if (context.signal.aborted) return fail('cancelled', 'The search was cancelled.');
    if (parts.length >= MAX_FOUND || context.now().getTime() > end) break;
    const text = await files.read(path, context.signal);
    if (!text.ok || text.value === null || text.value.length > MAX_CHARS) continue;
    const place = findDefinition(text.value, name);
    if (place === null || !(await mayGive(path, context, 'found')).ok) continue;
    parts.push(linesPart(path, place.startLine, place.endLine, linesOf(text.value)));
  }
  return ok(parts);
}
