import type { EditRefusal, EditRefusalCode, Refused } from './types.ts';

export const refuse = (
  code: EditRefusalCode,
  message: string,
  where: Pick<EditRefusal, 'path' | 'line'> = {},
): Refused => ({ ok: false, error: { code, message, ...where } });

/** A line as a message quotes it: short, on one line. */
export const quoteLine = (line: string): string => {
  const text = line.trim();
  return `“${text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text}”`;
};

const MAX_QUOTE = 80;
