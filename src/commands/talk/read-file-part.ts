import type { ContextPart } from '../../core/prompt/context-part.ts';
import type { LineRange } from '../../core/prompt/find-mentions.ts';
import { linesOf } from '../../core/prompt/render-part.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { mayGive } from './may-give.ts';

/** What a person named goes in before all that was found, and before earlier exchanges. */
export const PRIORITY = 80;

/** A file, or lines of it, as a part that was asked for by name. */
export async function readFilePart(
  path: string,
  lines: LineRange | null,
  context: CommandContext,
): Promise<Result<ContextPart>> {
  const allowed = await mayGive(path, context, 'named');
  if (!allowed.ok) return allowed;
  const text = await context.readers.files.read(path, context.signal);
  if (!text.ok) return text;
  if (text.value === null) return fail('not-found', `There is no file ${path}.`);
  const all = linesOf(text.value);
  const from = lines?.from ?? 1;
  const to = Math.min(lines?.to ?? all.length, all.length);
  if (from > all.length) return fail('not-found', `${path} has only ${all.length} lines.`);
  return ok(linesPart(path, from, to, all));
}

export const linesPart = (
  path: string,
  from: number,
  to: number,
  all: readonly string[],
): ContextPart => ({
  kind: 'mention',
  label: `${path}:${from}-${to}`,
  text: all.slice(from - 1, to).join('\n'),
  priority: PRIORITY,
  cut: 'lines',
  source: { path, startLine: from, endLine: to },
});
