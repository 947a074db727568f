import { makeVisible, nameCharacter } from './escape.ts';
import type { Surface } from './line.ts';

/** One character of program text as it is drawn, and how many cells are kept for it. */
export type Cell = { readonly shown: string; readonly cells: number };

const TAB_STOP = 4;

export const isPlainAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/**
 * How a character is drawn that begins in a column of its line. Where terminals disagree about
 * its width, as for families of emoji, the most that any could take is kept for it.
 */
export function cellOf(character: string, column: number, surface: Surface): Cell {
  if (character.length === 1 && isPlainAscii(character)) return { shown: character, cells: 1 };
  if (character === '\t') {
    const cells = TAB_STOP - (column % TAB_STOP);
    return { shown: ' '.repeat(cells), cells };
  }
  const memory = memoryOf(surface);
  const known = memory.get(character);
  if (known) return known;
  const cell = measure(character, surface);
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  memory.set(character, cell);
  return cell;
}

function measure(character: string, surface: Surface): Cell {
  const parts = [...character];
  // An accent without a letter would land on what stands before it.
  const isLone = /^\p{M}/u.test(character);
  const shown = isLone
    ? parts.map((part) => nameCharacter(part, surface.isAscii)).join('')
    : makeVisible(character, surface.isAscii);
  const most = shown === character ? parts.reduce((sum, part) => sum + surface.width(part), 0) : 0;
  return { shown, cells: Math.max(surface.width(shown), most) };
}

const MAX_REMEMBERED = 5_000;
const memories = new WeakMap<Surface['width'], Map<string, Cell>[]>();

function memoryOf({ width, isAscii }: Surface): Map<string, Cell> {
  const both = memories.get(width) ?? [new Map(), new Map()];
  memories.set(width, both);
  return both[isAscii ? 1 : 0] ?? new Map();
}
