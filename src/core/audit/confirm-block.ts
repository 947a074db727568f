import { hashesIn, LINE_BYTES } from './head-line.ts';
import type { Block, Confirmed, Scan } from './scan.ts';

/** What a block is compared with that is looked at by itself. */
export type BlockScan = Pick<
  Scan,
  'records' | 'journal' | 'sealedUpTo' | 'judgeLine' | 'hashLines'
>;

/**
 * The ends of a block in which nothing is wrong, quickly; null calls for a closer look. What is
 * stored is compared once for the whole block, as many short comparisons cost more than hashing.
 */
export function confirmBlock(scan: BlockScan, { after, upTo }: Block): Confirmed | null {
  const links = scan.records.links(after, upTo);
  const lines = linesFor(scan, after, upTo);
  if (links === null || lines === 'incomplete') return null;
  const hashes = scan.hashLines(links.texts);
  if (hashes.length !== upTo - after || links.hashes !== hashes.join('\n')) return null;
  if (lines !== null && !areLinesRight(scan, lines, after, hashes, links.hashes)) return null;
  const to = hashes.at(-1);
  const from = links.previous.split('\n', 1)[0];
  if (from === undefined || to === undefined) return null;
  // All but the last are linked to, after the one before this block.
  return `${links.previous}\n${to}` === `${from}\n${links.hashes}` ? { from, to } : null;
}

/** Null where there are none to compare with: a killed pruning left records without a line. */
function linesFor(
  { journal }: BlockScan,
  after: number,
  upTo: number,
): string | 'incomplete' | null {
  if (journal === null || upTo < journal.base) return null;
  return after + 1 < journal.base ? 'incomplete' : journal.lines(after + 1, upTo - after);
}

/** A block never lies across the newest checkpoint, as that is an anchor. */
function areLinesRight(
  { sealedUpTo, judgeLine }: BlockScan,
  lines: string,
  after: number,
  hashes: readonly string[],
  joined: string,
): boolean {
  if (after < sealedUpTo) return hashesIn(lines) === joined;
  return hashes.every((hash, index) => {
    const line = lines.slice(index * LINE_BYTES, (index + 1) * LINE_BYTES);
    return judgeLine(after + 1 + index, hash, line) === null;
  });
}
