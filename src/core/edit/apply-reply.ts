import { applyEdits } from './apply-edits.ts';
import { applyHunks } from './apply-hunks.ts';
import { readReply } from './read-reply.ts';
import { linesOf } from './text-lines.ts';
import type { Edited, EditFormat, EditResult, EditView, Hunk, Rung, Span } from './types.ts';

/** Reads a reply and applies it, where every file is loaded already. */
export function applyReply(reply: string, format: EditFormat, view: EditView): EditResult {
  const requests = readReply(reply, format, view.paths);
  return requests.ok ? applyEdits(requests.value, view) : requests;
}

export type Replaced = {
  readonly text: string;
  readonly rung: Rung;
  readonly spans: readonly Span[];
};

/** The ladder for one text: the only place where `search` stands, exactly or loosely, is replaced. */
export function findAndReplace(
  text: string,
  search: string,
  replacement: string,
  options: { readonly path?: string; readonly line?: number } = {},
): Edited<Replaced> {
  const hunk: Hunk = {
    readings: [{ search: linesOf(search), replacement: linesOf(replacement) }],
    isInline: true,
    ...(options.line === undefined ? {} : { line: options.line }),
  };
  return applyHunks(options.path ?? 'The text', text, [{ hunks: [hunk], isOrdered: false }]);
}
