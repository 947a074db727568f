import type { Checkpoint, Proofs } from './checkpoint.ts';
import type { JudgeLine } from './judge-line.ts';
import type { JournalSnapshot, RecordsSnapshot } from './snapshot.ts';

/** What a pass over the records compares them with. */
export type Scan = {
  readonly records: RecordsSnapshot;
  readonly journal: JournalSnapshot | null;
  /** In order: what a record's hash must be. */
  readonly anchors: readonly Anchor[];
  /** The last record that a checkpoint covers; later lines are proven by their MACs. */
  readonly sealedUpTo: number;
  readonly judgeLine: JudgeLine;
  readonly sha256: Proofs['sha256'];
  readonly hashLines: Proofs['hashLines'];
  readonly coRead: CoRead | null;
};

/** The records after one, up to another. */
export type Block = { readonly after: number; readonly upTo: number };
/** The hash that a block goes on from, and its last one. */
export type Confirmed = { readonly from: string; readonly to: string };

/**
 * Confirms blocks of sealed epochs at the same time as we do, in any order. What it found of a block
 * is as good as what we would find; null leaves the block to us. Null where it is not worth it.
 */
export type CoRead = (sealed: readonly Block[]) => CoReading | null;
export type CoReading = { found(index: number): Confirmed | null; end(): void };

export type Anchor = Pick<Checkpoint, 'sequence' | 'hash'>;
