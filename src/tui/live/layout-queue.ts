import { makeVisible } from '../../core/display/escape.ts';
import { type Line, span } from '../../core/display/line.ts';
import { clip } from './clip.ts';
import type { Look, View } from './view.ts';

/** Lines that wait their turn, the next one first. */
export function layoutQueue(view: View, look: Look, maxRows: number): readonly Line[] {
  const room = view.size.columns - 1;
  const rows = view.queued.slice(0, maxRows).map((line): Line => {
    const text = makeVisible(line, look.isAscii).replaceAll('\n', ' ');
    return [span(clip(`waiting: ${text}`, room, look), 'dim')];
  });
  const hidden = view.queued.length - rows.length;
  return hidden > 0
    ? [...rows.slice(0, -1), [span(`waiting: ${hidden + 1} more lines`, 'dim')]]
    : rows;
}
