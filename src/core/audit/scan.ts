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
};
export type Anchor = Pick<Checkpoint, 'sequence' | 'hash'>;
