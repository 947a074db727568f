import type { Json, JsonObject } from '../types.ts';
import { factsOf, type NameFacts } from './name-facts.ts';
import { redactText } from './redact-text.ts';
import { isHashName, secretKindOf } from './secret-names.ts';

/** Deeper values are named, not kept: what is recorded must always be writable. */
export const MAX_DEPTH = 32;

/**
 * Takes secrets out of what will be recorded, so that they are never hashed, stored or exported.
 * Each leaves `[redacted:<kind>]`. It also makes every value one that canonical JSON can say.
 */
export function redact(details: JsonObject): JsonObject {
  return redactObject(details, 0);
}

export const replaceLoneSurrogates = (text: string): string =>
  /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}/gu, '\uFFFD') : text;

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
    const name = factsOf(key);
    const field = redactField(name, value, depth);
    if (name.shown === '__proto__') {
      Object.defineProperty(redacted, name.shown, { value: field, ...PLAIN });
    } else redacted[name.shown] = field;
  }
  return redacted;
}

function redactField(name: NameFacts, value: Json, depth: number): Json {
  if (typeof value !== 'string' || value === '') return redactValue(value, depth);
  if (name.isHash && isHash(value)) return value;
  return name.secretKind === null ? redactText(value) : markOf(name.secretKind);
}

function redactList(list: readonly Json[], depth: number): Json {
  return list.map((item, index) => redactItem(item, list[index - 1], depth));
}

/** An argv may hold a secret after the option that names it: `--password hunter2`. */
export function redactItem(item: Json, before: Json | undefined, depth: number): Json {
  const isValue = typeof item === 'string' && typeof before === 'string' && before[0] === '-';
  if (!isValue) return redactValue(item, depth);
  const option = /^--?([A-Za-z][\w-]*)$/.exec(before)?.[1];
  if (option === undefined) return redactText(item);
  const kind = secretKindOf(option);
  if (kind !== null && item !== '') return markOf(kind);
  const isUser = option === 'u' || option === 'user' || option === 'proxy-user';
  if (isUser && /^[^:\s]+:./.test(item)) return `${item.split(':', 1)[0]}:${markOf('password')}`;
  return isHash(item) && isHashName(option) ? item : redactText(item);
}

const PLAIN = { enumerable: true, configurable: true, writable: true };
const HASH = /^(?:sha(?:1|256|512)[:-])?(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/;
export const isHash = (value: Json): boolean =>
  typeof value === 'string' && value.length >= 40 && HASH.test(value);
