import { examineBlock } from './examine-block.ts';
import { altered, type Finding } from './finding.ts';
import { hashesIn, LINE_BYTES } from './head-line.ts';
import type { Anchor, Scan } from './scan.ts';

/** How many records are read at a time: more make texts that are slow to handle. */
const BLOCK_RECORDS = 96;

/** Follows the chain from `start`, the record before the first; the first finding ends it. */
export function scanRecords(scan: Scan, start: Anchor): Finding | null {
  let before = start;
  let sealed = start;
  const anchors = scan.anchors.filter(({ sequence }) => sequence > start.sequence);
  for (const anchor of [...anchors, { sequence: scan.records.last, hash: null }]) {
    while (before.sequence < Math.min(anchor.sequence, scan.records.last)) {
      const upTo = Math.min(before.sequence + BLOCK_RECORDS, anchor.sequence, scan.records.last);
      const hash = confirmBlock(scan, before, upTo);
      const examined = hash ?? examineBlock(scan, before, upTo);
      if (typeof examined !== 'string') return examined;
      before = { sequence: upTo, hash: examined };
    }
    if (before.sequence !== anchor.sequence || anchor.hash === null) continue;
    if (before.hash !== anchor.hash) return breaksSeal(sealed.sequence + 1, anchor.sequence);
    sealed = before;
  }
  return null;
}

/**
 * The last hash of a block in which nothing is wrong, quickly; null calls for a closer look. What
 * is stored is compared once for the whole block, as many short comparisons cost more than hashing.
 */
function confirmBlock(scan: Scan, before: Anchor, upTo: number): string | null {
  const links = scan.records.links(before.sequence, upTo);
  const lines = linesFor(scan, before.sequence, upTo);
  if (links === null || lines === 'incomplete') return null;
  const hashes = links.texts.split('\n').map(scan.sha256);
  if (hashes.length !== upTo - before.sequence || links.hashes !== hashes.join('\n')) return null;
  if (lines !== null && !areLinesRight(scan, lines, before.sequence, hashes, links.hashes))
    return null;
  const last = hashes.at(-1) ?? null;
  // All but the last are linked to, after the one before this block.
  const isLinked = `${links.previous}\n${last}` === `${before.hash}\n${links.hashes}`;
  return isLinked ? last : null;
}

/** Null where there are none to compare with: a killed pruning left records without a line. */
function linesFor({ journal }: Scan, after: number, upTo: number): string | 'incomplete' | null {
  if (journal === null || upTo < journal.base) return null;
  return after + 1 < journal.base ? 'incomplete' : journal.lines(after + 1, upTo - after);
}

/** A block never lies across the newest checkpoint, as that is an anchor. */
function areLinesRight(
  { sealedUpTo, judgeLine }: Scan,
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

/** Chain and journal agree with each other, but not with what was signed. */
const breaksSeal = (from: number, to: number): Finding =>
  altered(
    `A record from ${from} to ${to} was changed, and everything after it linked anew: record ${to} does not have the hash that its checkpoint was signed for.`,
    from,
  );
