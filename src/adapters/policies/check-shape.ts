import { nearest } from '../../core/text/nearest.ts';

/** What is wrong with a file, each with the place where it is wrong. */
export type Problems = string[];

export const CONDITION_KEYS = [
  'action',
  'mode',
  'access',
  'path',
  'tree',
  'by',
  'program',
  'group',
  'flags',
  'operand',
  'assigns',
  'scope',
  'value',
  'reads',
  'sets',
  'address',
  'code',
  'contains',
  'trait',
];

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Complains about keys that mean nothing, and names the one that was probably meant. */
export function pick(
  record: Record<string, unknown>,
  known: readonly string[],
  at: string,
  problems: Problems,
): void {
  for (const key of Object.keys(record)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const hint = near ? `did you mean ${near}?` : `known are ${known.join(', ')}`;
    problems.push(`${at}: unknown key ${key}; ${hint}`);
  }
}

export function listOf(value: unknown, at: string, problems: Problems): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  problems.push(`${at}: is not a list`);
  return [];
}

export function textOf(value: unknown, at: string, problems: Problems): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  problems.push(`${at}: is ${JSON.stringify(value) ?? 'missing'}, not a text`);
  return '';
}
