import { fail, ok } from '../result.ts';
import type { Json, Result } from '../types.ts';
import { altered, type Finding } from './finding.ts';

/** A head that was kept elsewhere: what `audit head` printed, or its hash alone. */
export type KeptHead = { readonly hash: string; readonly sequence: number | null };

/** Reads `hash`, or the JSON of a head. */
export function parseHead(text: string): Result<KeptHead> {
  const trimmed = text.trim();
  if (HASH.test(trimmed)) return ok({ hash: trimmed, sequence: null });
  const value = parseJson(trimmed);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const { hash, sequence } = value as { readonly [key: string]: Json };
    const isHead =
      typeof hash === 'string' &&
      HASH.test(hash) &&
      typeof sequence === 'number' &&
      Number.isSafeInteger(sequence);
    if (isHead) return ok({ hash, sequence });
  }
  return fail('usage', 'That is no head of an audit log.', {
    hint: 'Give the 64 hexadecimal digits of its hash, or what audit head --json printed.',
  });
}

/** The log goes on from a head if it still has that very record. */
export function compareHead(
  head: KeptHead,
  entries: Iterable<{
    readonly sequence: number;
    readonly hash: string;
    readonly previous_hash: string;
  }>,
): Finding | null {
  let last = 0;
  for (const entry of entries) {
    // The record of a head may be the last that was pruned.
    if (entry.hash === head.hash) return null;
    if (last === 0 && entry.previous_hash === head.hash) return null;
    last = entry.sequence;
    if (entry.sequence === head.sequence) {
      return altered(
        `Record ${entry.sequence} does not have the hash of the head that was kept.`,
        last,
      );
    }
  }
  return {
    state: 'truncated',
    firstBad: last + 1,
    problem:
      head.sequence === null
        ? `No record has the hash of the head that was kept: the log was cut, or another one was put in its place.`
        : `The head that was kept is of record ${head.sequence}, which the log does not have.`,
  };
}

const HASH = /^[0-9a-f]{64}$/;

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
