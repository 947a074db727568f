import type { Surface } from '../core/display/line.ts';
import type { Coloring } from '../core/display/paint.ts';
import { quickWidth } from '../core/display/quick-width.ts';
import type { Settings } from '../ports.ts';

type Stream = { readonly isTTY?: boolean; readonly columns?: number };
type Taste = Pick<Settings, 'color' | 'isAscii' | 'isScreenReader'>;

/** Nothing is wrapped where no terminal is. */
export const surfaceOf = (stream: Stream, taste: Taste): Surface => ({
  columns: stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY,
  width: quickWidth,
  isAscii: taste.isAscii,
  isPlain: taste.isScreenReader,
});

/** NO_COLOR takes the colours away and nothing else. */
export function coloringOf(env: NodeJS.ProcessEnv, stream: Stream, taste: Taste): Coloring {
  if (taste.color === 'always') return 'color';
  if (!stream.isTTY || env.TERM === 'dumb') return 'none';
  return taste.color === 'never' ? 'mono' : 'color';
}
