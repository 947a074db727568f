import { altered, type Finding } from './finding.ts';
import { type HeadLine, hashIn, parseLine } from './head-line.ts';
import type { EpochKey, RecordsSnapshot } from './snapshot.ts';

/** What is wrong with a record's line in the journal, or null. */
export type JudgeLine = (sequence: number, hash: string, line: string) => Finding | null;

/** The journal is put on the disk this often; only a power failure can lose newer lines. */
export const JOURNAL_SYNC_RECORDS = 255;

export type LineJudge = {
  readonly judge: JudgeLine;
  /** Records without a line that their MAC in the database still proves. */
  readonly lagging: Set<number>;
};

/**
 * In a sealed epoch a line must be there and name the record's hash; the rest of it has no meaning
 * any more. In the current epoch all of it must be right, the MAC too; a line that is not written yet, or that a power failure took, is made up for by the MAC in
 * the database, which nobody makes without the epoch's key. `key` is null where it could not be had.
 */
export function createLineJudge(
  records: Pick<RecordsSnapshot, 'mac'>,
  key: EpochKey | null,
  sealedUpTo: number,
): LineJudge {
  const lagging = new Set<number>();
  return { judge, lagging };

  function judge(sequence: number, hash: string, text: string): Finding | null {
    if (sequence <= sealedUpTo) {
      const found = hashIn(text);
      if (found === '') return judgeMissing(sequence, hash);
      return found === hash ? null : differs(sequence);
    }
    const line = parseLine(text);
    if (line === 'blank') return judgeMissing(sequence, hash);
    if (line === 'malformed') {
      return altered(`The line of record ${sequence} in the journal is malformed.`, sequence);
    }
    if (line.sequence !== sequence || line.hash !== hash) return differs(sequence);
    if (key === null || isKeyed(line, key)) return null;
    return altered(
      `The line of record ${sequence} in the journal was not written with this epoch's key.`,
      sequence,
    );
  }

  function judgeMissing(sequence: number, hash: string): Finding | null {
    const mac = sequence > sealedUpTo ? records.mac(sequence) : null;
    if (mac === null || (key !== null && key.mac(sequence, hash) !== mac)) {
      return altered(
        `Record ${sequence} has no line in the journal of heads: it was not written by TinyCode.`,
        sequence,
      );
    }
    lagging.add(sequence);
    if (lagging.size <= JOURNAL_SYNC_RECORDS) return null;
    return {
      state: 'truncated',
      firstBad: Math.min(...lagging),
      problem: `The journal of heads lacks more than ${JOURNAL_SYNC_RECORDS} records: it was cut, or an older copy was put back.`,
    };
  }
}

const isKeyed = ({ sequence, hash, epoch, mac }: HeadLine, key: EpochKey): boolean =>
  epoch === key.epoch && mac === key.mac(sequence, hash);

const differs = (sequence: number): Finding =>
  altered(
    `Record ${sequence} is not the one that was written: its hash differs from the journal of heads, though the chain may have been linked anew.`,
    sequence,
  );
