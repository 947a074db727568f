import { fail, ok } from '../result.ts';
import type { AuditDraft, Json, JsonObject, Result } from '../types.ts';
import { hashRecord, NO_HASH, type StoredRecord } from './record.ts';
import { redact, replaceLoneSurrogates } from './redact.ts';
import { writePlain } from './write-plain.ts';

export type DraftHashing = {
  sha256(text: string): string;
  canonical(value: Json): string;
};
/** What the log adds to a draft. */
export type Stamp = {
  readonly now: string;
  readonly user: string;
  readonly last: Pick<StoredRecord, 'sequence' | 'hash' | 'timestamp'> | null;
};

export type Linked = { readonly record: StoredRecord; readonly details: JsonObject };

/** What was drafted, and the text of it that is hashed and stored. */
export type Details = { readonly value: JsonObject; readonly text: string };

/** Larger details have their long texts cut; what is still larger is not recorded. */
const MAX_DETAILS_CHARACTERS = 262_144;
const MAX_TEXT_CHARACTERS = 4_096;

/** Details as they are stored: without secrets, of bounded size, as canonical JSON. */
export function prepareDetails(details: JsonObject, hashing: DraftHashing): Result<Details> {
  const plain = writePlain(details);
  const value = plain === null ? redact(details) : details;
  const text = plain ?? hashing.canonical(value);
  if (text.length <= MAX_DETAILS_CHARACTERS) return ok({ value, text });
  const shorter = cutTexts(value, hashing) as JsonObject;
  const shorterText = hashing.canonical(shorter);
  if (shorterText.length <= MAX_DETAILS_CHARACTERS)
    return ok({ value: shorter, text: shorterText });
  return fail('limit', `The details of an audit record have ${text.length} characters.`, {
    hint: `At most ${MAX_DETAILS_CHARACTERS} can be recorded. Do it in smaller steps.`,
  });
}

/** The record that comes after `last`. A clock that went back is noted in the details. */
export function linkDraft(
  draft: AuditDraft,
  prepared: Details,
  { now, user, last }: Stamp,
  hashing: DraftHashing,
): Linked {
  const { value, text } = noteClock(prepared, now, last?.timestamp ?? now, hashing);
  const record = {
    sequence: (last?.sequence ?? 0) + 1,
    timestamp: now,
    session: replaceLoneSurrogates(draft.session),
    action: replaceLoneSurrogates(draft.action),
    mode: draft.mode,
    user: replaceLoneSurrogates(user),
    details: text,
    risk_level: draft.risk_level,
    previous_hash: last?.hash ?? NO_HASH,
    hash: '',
  };
  // In its place from the start: a copy of all the rest costs more than the hash.
  record.hash = hashRecord(record, hashing.sha256);
  return { record, details: value };
}

function noteClock(
  details: Details,
  now: string,
  last: string,
  { canonical }: DraftHashing,
): Details {
  if (now >= last) return details;
  const value = { ...details.value, clock_went_back_from: last };
  return { value, text: canonical(value) };
}

function cutTexts(value: Json, hashing: DraftHashing): Json {
  if (typeof value === 'string') return cutText(value, hashing);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: Json) => cutTexts(item, hashing));
  const entries = Object.entries(value).map(([key, item]) => [key, cutTexts(item, hashing)]);
  return Object.fromEntries(entries);
}

/** The hash tells later whether a text at hand is the one that was cut. */
function cutText(text: string, { sha256 }: DraftHashing): string {
  if (text.length <= MAX_TEXT_CHARACTERS) return text;
  const kept = replaceLoneSurrogates(text.slice(0, MAX_TEXT_CHARACTERS));
  return `${kept}[cut: ${text.length - MAX_TEXT_CHARACTERS} more characters, whole text sha256:${sha256(text)}]`;
}
