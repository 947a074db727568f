import { graphemesOf } from '../editor/graphemes.ts';
import type { Look } from './view.ts';

/** As much of a text as fits; where some is left out, the end says so. */
export function clip(text: string, cells: number, look: Look): string {
  if (look.width(text) <= cells) return text;
  const mark = look.isAscii ? '...' : '…';
  const room = cells - look.width(mark);
  let shown = '';
  for (const part of graphemesOf(text)) {
    if (look.width(shown + part) > room) break;
    shown += part;
  }
  return room <= 0 ? '' : shown + mark;
}
