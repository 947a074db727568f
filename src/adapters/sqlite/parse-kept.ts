import type { Json } from '../../core/types.ts';

/** JSON that this program wrote; undefined where it is no longer what was written. */
export function parseKept(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
