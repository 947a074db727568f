import type { HeadLine } from './head-line.ts';

/** The records of one moment, while others may go on appending. */
export type RecordsSnapshot = {
  /** Sequences; both 0 where there is no record. */
  readonly first: number;
  readonly last: number;
  count(): number;
  /** The records after `after` up to `upTo`; null where they cannot be read. */
  links(after: number, upTo: number): Links | null;
  /** The same with all their columns, as far as they can be read. */
  rows(after: number, upTo: number): Rows;
  /** The MAC that was stored along with a record of the current epoch. */
  mac(sequence: number): string | null;
};
/** Of each record a line: what is stored, and the text that its hash must be of, in UTF-8. */
export type Links = {
  readonly hashes: string;
  readonly previous: string;
  readonly texts: Uint8Array;
};
export type Rows = { readonly rows: readonly Row[]; readonly damage: string | null };
export type Row = { readonly [column: string]: unknown };

export type JournalSnapshot = {
  readonly base: number;
  /** The newest line, read before the records were: so they must have its record. */
  readonly newest: { readonly sequence: number; readonly line: HeadLine | 'blank' | 'malformed' };
  /** The text of `count` lines; shorter where the journal ends. */
  lines(from: number, count: number): string;
};

/** All that stands outside the database. `null` where there is no such file. */
export type Evidence = {
  readonly journal: JournalSnapshot | 'malformed' | null;
  readonly trail: string | null;
  readonly witness: string | null;
  /** Two while an epoch's key is being replaced. */
  readonly keys: readonly EpochKey[];
};
export type EpochKey = {
  readonly epoch: number;
  readonly publicKey: string;
  mac(sequence: number, hash: string): string;
};
