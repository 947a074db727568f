import type { Json, JsonObject } from '../types.ts';
import { factsOf, type NameFacts } from './name-facts.ts';
import { quote } from './quote.ts';
import { isHash, MAX_DEPTH, redactItem } from './redact.ts';
import { redactText } from './redact-text.ts';
import { rememberTexts } from './remember-texts.ts';

/**
 * The canonical JSON of details in which nothing has to be redacted, which is most of them: one
 * pass and no copy, as this runs at every append. Null calls for `redact`.
 */
export function writePlain(details: JsonObject): string | null {
  return writeObject(details, 0);
}

function writeObject(object: JsonObject, depth: number): string | null {
  let text = '{';
  for (const key of sortedKeys(object)) {
    const value = object[key];
    const name = factsOf(key);
    if (value === undefined || name.shown !== key) return null;
    const written = typeof value === 'string' ? writeField(name, value) : writeValue(value, depth);
    if (written === null) return null;
    text += text === '{' ? `${name.quoted}:${written}` : `,${name.quoted}:${written}`;
  }
  return `${text}}`;
}

function writeField(name: NameFacts, value: string): string | null {
  if (name.isHash && isHash(value)) return `"${value}"`;
  return name.secretKind === null || value === '' ? writeText(value) : null;
}

function writeList(list: readonly Json[], depth: number): string | null {
  let text = '[';
  for (let index = 0; index < list.length; index++) {
    const item = list[index] as Json;
    const written =
      typeof item === 'string' ? writeItem(item, list[index - 1]) : writeValue(item, depth);
    if (written === null) return null;
    text += index === 0 ? written : `,${written}`;
  }
  return `${text}]`;
}

/** What comes after an option may be a secret, or a hash, by its name. */
function writeItem(item: string, before: Json | undefined): string | null {
  if (typeof before !== 'string' || before[0] !== '-') return writeText(item);
  return redactItem(item, before, 0) === item ? quote(item) : null;
}

function writeText(text: string): string | null {
  const known = PLAIN.get(text);
  if (known !== undefined) return known;
  return redactText(text) === text ? PLAIN.learn(text, quote(text)) : null;
}

/** No secret is among them. */
const PLAIN = rememberTexts();

function writeValue(value: Exclude<Json, string>, depth: number): string | null {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'object' || depth >= MAX_DEPTH) return null;
  return Array.isArray(value)
    ? writeList(value, depth + 1)
    : writeObject(value as JsonObject, depth + 1);
}

/** By their code units. */
function sortedKeys(object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  for (let index = 1; index < keys.length; index++) {
    if ((keys[index] as string) < (keys[index - 1] as string)) return keys.sort();
  }
  return keys;
}
