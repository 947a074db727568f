import type { Json, JsonObject } from '../types.ts';
import { isPlain, redactText } from './redact-text.ts';
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

const markOf = (kind: string): string => `[redacted:${kind}]`;

function redactValue(value: Json, depth: number): Json {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value !== 'object') return value ?? null;
  if (depth >= MAX_DEPTH) return '[too deep]';
  return Array.isArray(value)
    ? redactList(value, depth + 1)
    : redactObject(value as JsonObject, depth + 1);
}

function redactObject(object: JsonObject, depth: number): JsonObject {
  const redacted: { [key: string]: Json } = {};
  // In the order of canonical JSON, which is then written quickly.
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value === undefined) continue;
    const isPlainName = isPlain(key);
    const name = isPlainName ? key : redactText(key);
    const field =
      isPlainName && !isHash(value) ? redactValue(value, depth) : redactField(key, value, depth);
    if (name === '__proto__') Object.defineProperty(redacted, name, { value: field, ...PLAIN });
    else redacted[name] = field;
  }
  return redacted;
}

function redactField(key: string, value: Json, depth: number): Json {
  if (typeof value !== 'string') return redactValue(value, depth);
  if (isHash(value) && isHashName(key)) return value;
  const kind = secretKindOf(key);
  return kind !== null && value !== '' ? markOf(kind) : redactValue(value, depth);
}

/** An argv may hold a secret after the option that names it: `--password hunter2`. */
function redactList(list: readonly Json[], depth: number): Json {
  return list.map((item, index) => {
    const before = index === 0 ? null : list[index - 1];
    const isValue = typeof item === 'string' && typeof before === 'string' && before[0] === '-';
    if (!isValue) return redactValue(item, depth);
    const option = /^--?([A-Za-z][\w-]*)$/.exec(before)?.[1] ?? '';
    const kind = secretKindOf(option);
    if (kind !== null && item !== '') return markOf(kind);
    const isUser = option === 'u' || option === 'user' || option === 'proxy-user';
    if (isUser && /^[^:\s]+:./.test(item)) return `${item.split(':', 1)[0]}:${markOf('password')}`;
    return isHash(item) && isHashName(option) ? item : redactValue(item, depth);
  });
}

const PLAIN = { enumerable: true, configurable: true, writable: true };
const HASH = /^(?:sha(?:1|256|512)[:-])?(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/;
const isHash = (value: Json): boolean =>
  typeof value === 'string' && value.length >= 40 && HASH.test(value);
