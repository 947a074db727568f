import type { Line, Span } from '../../core/display/line.ts';
import { layoutMarkdown } from '../../core/display/markdown/layout-markdown.ts';
import { clip } from './clip.ts';
import type { Look, View } from './view.ts';

/** The end of what a model is writing, as it will look when it is finished. */
export function layoutTalk({ talk, size }: View, look: Look, maxRows: number): readonly Line[] {
  if (talk === null || talk.text.trim() === '' || maxRows < 1) return [];
  const columns = size.columns - 1;
  const lines = layoutMarkdown(talk.text, { ...look, columns, isPlain: false });
  return lines.slice(-maxRows).map((line) => cutLine(line, columns, look));
}

/** Code is as wide as it is; here a row that broke would push the prompt away. */
function cutLine(line: Line, columns: number, look: Look): Line {
  const cut: Span[] = [];
  let room = columns;
  for (const part of line) {
    const cells = look.width(part.text);
    if (cells > room) return [...cut, { ...part, text: clip(part.text, room, look) }];
    cut.push(part);
    room -= cells;
  }
  return cut;
}
