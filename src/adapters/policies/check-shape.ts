import { distance } from 'fastest-levenshtein';

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
    problems.push(`${at}: unknown key ${key}; did you mean ${nearest(key, known)}?`);
  }
}

const nearest = (key: string, known: readonly string[]): string =>
  known.reduce((best, each) => (distance(key, each) < distance(key, best) ? each : best));

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
