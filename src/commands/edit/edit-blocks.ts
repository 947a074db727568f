import { splitText } from '../../core/edit/text-lines.ts';
import type { EditResult, FileEdit } from '../../core/edit/types.ts';
import type { Block } from '../../core/types.ts';

/** An edit for a person: which files, how their places were found, and the lines that change. */
export function editBlocks(
  result: EditResult,
  before: (path: string) => string | undefined,
): readonly Block[] {
  if (!result.ok) {
    const { code, message } = result.error;
    return [{ kind: 'failure', failure: { code: 'invalid', message: `${code}: ${message}` } }];
  }
  if (result.files.length === 0) {
    return [{ kind: 'text', text: 'The reply changes nothing.', tone: 'dim' }];
  }
  return result.files.flatMap((file): readonly Block[] => [
    { kind: 'heading', text: `${file.path} (${wordsOf(file)})` },
    ...changedLines(file, before(file.path) ?? ''),
  ]);
}

const wordsOf = ({ after, rung }: FileEdit): string => {
  if (after === null) return rung === 'move' ? 'moved away' : 'deleted';
  return rung === 'create' ? 'new' : `found: ${rung}`;
};

const MAX_SHOWN = 400;

function changedLines({ after, spans }: FileEdit, before: string): readonly Block[] {
  const old = splitText(before).texts;
  const now = splitText(after ?? '').texts;
  const lines = spans.flatMap((span) => [
    `@@ line ${span.before.start}`,
    ...old.slice(span.before.start - 1, span.before.end).map((line) => `-${line}`),
    ...now.slice(span.after.start - 1, span.after.end).map((line) => `+${line}`),
  ]);
  if (lines.length === 0) return [];
  const more = lines.length - MAX_SHOWN;
  const shown = more > 0 ? [...lines.slice(0, MAX_SHOWN), `… ${more} more lines`] : lines;
  return [{ kind: 'code', text: shown.join('\n'), language: 'diff' }];
}
