import type { Score, ToolMode } from '../types.ts';

/** Fewer tries than this say nothing. */
const LEAST_TRIES = 2;

/** How tools are called most surely; the server's own way where both do equally well. */
export function learnToolMode(native: Score, text: Score): ToolMode | null {
  const isNative = native.of >= LEAST_TRIES && native.right > 0;
  const isText = text.of >= LEAST_TRIES && text.right > 0;
  if (isNative && (!isText || native.right / native.of >= text.right / text.of)) return 'native';
  if (isText) return 'text';
  return text.of >= LEAST_TRIES ? 'none' : null;
}

/** Calls in the text are tried only where the server's own way leaves something to be desired. */
export const isTextWorthTrying = ({ right, of }: Score): boolean => of === 0 || right < of;
