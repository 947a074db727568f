import type { Json } from '../types.ts';

/**
 * One line of the trail: what stood in the log when an epoch ended, signed with that epoch's key,
 * which is destroyed afterwards. Each names the key of the next one.
 */
export type Checkpoint = {
  readonly kind: 'start' | 'seal' | 'prune';
  readonly epoch: number;
  /** The newest record and its hash. */
  readonly sequence: number;
  readonly hash: string;
  /** The oldest record that is kept, and the hash that it links to. */
  readonly base: number;
  readonly base_hash: string;
  readonly timestamp: string;
  readonly public_key: string;
  readonly next_public_key: string;
  readonly signature: string;
};

/** What verification needs from outside. */
export type Proofs = {
  sha256(text: string): string;
  /** The SHA-256 of every line. */
  hashLines(texts: Uint8Array): readonly string[];
  canonical(value: Json): string;
  isSigned(publicKey: string, text: string, signature: string): boolean;
};

export type Trail = {
  /** As far as each is signed with the key that the one before it named. */
  readonly checkpoints: readonly Checkpoint[];
  /** What is wrong with the line after those. */
  readonly problem: string | null;
};

export function readTrail(text: string, proofs: Proofs): Trail {
  const checkpoints: Checkpoint[] = [];
  for (const line of linesOf(text)) {
    const checkpoint = parseCheckpoint(line, proofs.canonical);
    const before = checkpoints.at(-1) ?? null;
    const problem = checkpoint === null ? 'is malformed' : findProblem(checkpoint, before, proofs);
    if (checkpoint === null || problem !== null) {
      return { checkpoints, problem: `checkpoint ${checkpoints.length + 1} ${problem}` };
    }
    checkpoints.push(checkpoint);
  }
  return { checkpoints, problem: null };
}

/** Whether this is the key of the epoch that the checkpoint begins. */
export const isNamedBy = (
  checkpoint: Checkpoint,
  key: { readonly epoch: number; readonly publicKey: string },
): boolean => key.publicKey === checkpoint.next_public_key && key.epoch === checkpoint.epoch + 1;

/** Lines that were written whole: a process may have been killed within the newest. */
export const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

/** Only the exact text that was written is a checkpoint, so that no byte of it can be changed. */
export function parseCheckpoint(
  line: string,
  canonical: (value: Json) => string,
): Checkpoint | null {
  try {
    const value = JSON.parse(line) as Json;
    return isCheckpoint(value) && canonical(value) === line ? value : null;
  } catch {
    return null;
  }
}

function findProblem(
  checkpoint: Checkpoint,
  before: Checkpoint | null,
  proofs: Proofs,
): string | null {
  const { signature, ...unsigned } = checkpoint;
  if ((before === null) !== (checkpoint.kind === 'start')) return 'is out of place';
  if (checkpoint.epoch !== (before === null ? 0 : before.epoch + 1)) return 'is out of order';
  if (checkpoint.public_key !== (before ?? checkpoint).next_public_key) {
    return 'is signed with a key that the one before it did not name';
  }
  if (before !== null && checkpoint.sequence < before.sequence) return 'goes back';
  if (before !== null && checkpoint.base < before.base) return 'takes back a pruning';
  return proofs.isSigned(checkpoint.public_key, proofs.canonical(unsigned), signature)
    ? null
    : 'has a wrong signature';
}

function isCheckpoint(value: Json): value is Checkpoint & { readonly [key: string]: Json } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const of = value as { readonly [key: string]: Json };
  return (
    (of.kind === 'start' || of.kind === 'seal' || of.kind === 'prune') &&
    ['epoch', 'sequence', 'base'].every((key) => Number.isSafeInteger(of[key])) &&
    TEXTS.every((key) => typeof of[key] === 'string') &&
    Object.keys(of).length === TEXTS.length + 4
  );
}

const TEXTS = [
  'hash',
  'base_hash',
  'timestamp',
  'public_key',
  'next_public_key',
  'signature',
] as const;
