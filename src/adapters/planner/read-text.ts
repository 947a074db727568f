import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

export const MAX_FILE_BYTES = 2 * 1024 * 1024;

/** `mark` is the byte order mark, which is no part of the text. */
export type Text = { readonly mark: string; readonly text: string };

/** Null for a binary file. A text that is no UTF-8 would not come out as it went in. */
export function textOf(bytes: Buffer): Result<Text | null> {
  if (bytes.includes(0)) return ok(null);
  try {
    const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const mark = whole.startsWith('\ufeff') ? '\ufeff' : '';
    return ok({ mark, text: whole.slice(mark.length) });
  } catch {
    return fail('unreadable', 'is not UTF-8');
  }
}
