import type { Json, JsonObject } from '../types.ts';
import { redactText } from './redact-text.ts';
import { isHashName, secretKindOf } from './secret-names.ts';

/** Deeper values are named, not kept: what is recorded must always be writable. */
const MAX_DEPTH = 32;

/**
 * Takes secrets out of what will be recorded, so that they are never hashed, stored or exported.
 * Each leaves `[redacted:<kind>]`. It also makes every value one that canonical JSON can say.
 */
export function redact(details: JsonObject): JsonObject {
  return redactObject(details, 0);
}

export const replaceLoneSurrogates = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');

export const markOf = (kind: string): string => `[redacted:${kind}]`;

function redactValue(value: Json, depth: number): Json {
  if (typeof value === 'string') return redactText(replaceLoneSurrogates(value));
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value !== 'object') return value ?? null;
  if (depth >= MAX_DEPTH) return '[too deep]';
  return Array.isArray(value)
    ? redactList(value, depth + 1)
    : redactObject(value as JsonObject, depth + 1);
}

function redactObject(object: JsonObject, depth: number): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    entries.push([redactText(replaceLoneSurrogates(key)), redactField(key, value, depth)]);
  }
  // Not by assignment: a key may be called __proto__.
  return Object.fromEntries(entries);
}

function redactField(key: string, value: Json, depth: number): Json {
  if (typeof value !== 'string') return redactValue(value, depth);
  if (isHashName(key) && HASH.test(value)) return value;
  const kind = secretKindOf(key);
  return kind !== null && value !== '' ? markOf(kind) : redactValue(value, depth);
}

/** An argv may hold a secret after the option that names it: `--password hunter2`. */
function redactList(list: readonly Json[], depth: number): Json {
  return list.map((item, index) => {
    const before = index === 0 ? null : list[index - 1];
    if (typeof item !== 'string' || typeof before !== 'string') return redactValue(item, depth);
    const option = /^--?([A-Za-z][\w-]*)$/.exec(before)?.[1] ?? '';
    const kind = secretKindOf(option);
    if (kind !== null && item !== '') return markOf(kind);
    const isUser = option === 'u' || option === 'user' || option === 'proxy-user';
    if (isUser && /^[^:\s]+:./.test(item)) return `${item.split(':', 1)[0]}:${markOf('password')}`;
    return isHashName(option) && HASH.test(item) ? item : redactValue(item, depth);
  });
}

const HASH = /^(?:sha(?:1|256|512)[:-])?(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/;
