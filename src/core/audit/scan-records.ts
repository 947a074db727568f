import { explainBlock } from './explain-block.ts';
import { altered, type Finding } from './finding.ts';
import { isLineOf, LINE_BYTES } from './head-line.ts';
import type { Anchor, Scan } from './scan.ts';
import type { Link } from './snapshot.ts';

/** How many records are read at a time. */
const BLOCK_RECORDS = 256;

/** Follows the chain from `start`, the record before the first; the first finding ends it. */
export function scanRecords(scan: Scan, start: Anchor): Finding | null {
  let before = start;
  let sealed = start;
  const anchors = scan.anchors.filter(({ sequence }) => sequence > start.sequence);
  for (const anchor of [...anchors, { sequence: scan.records.last, hash: null }]) {
    while (before.sequence < Math.min(anchor.sequence, scan.records.last)) {
      const upTo = Math.min(before.sequence + BLOCK_RECORDS, anchor.sequence, scan.records.last);
      const hash = confirmBlock(scan, before, upTo);
      if (hash === null) return explainBlock(scan, before, upTo);
      before = { sequence: upTo, hash };
    }
    if (before.sequence !== anchor.sequence || anchor.hash === null) continue;
    if (before.hash !== anchor.hash) return breaksSeal(sealed.sequence + 1, anchor.sequence);
    sealed = before;
  }
  return null;
}

/** The last hash of a block in which nothing is wrong, quickly; null calls for an explanation. */
function confirmBlock(scan: Scan, before: Anchor, upTo: number): string | null {
  const { sequence: after } = before;
  const links = scan.records.links(after, upTo);
  if (links.length !== upTo - after) return null;
  const hash = followLinks(links, before.hash, scan.sha256);
  return hash !== null && areLinesRight(scan, links, after) ? hash : null;
}

function followLinks(
  links: readonly Link[],
  before: string,
  sha256: (text: string) => string,
): string | null {
  let previous = before;
  for (const [hash, text] of links) {
    if (!text.startsWith(previous) || sha256(text) !== hash) return null;
    previous = hash;
  }
  return previous;
}

function areLinesRight(scan: Scan, links: readonly Link[], after: number): boolean {
  const { journal, sealedUpTo } = scan;
  // Records that a killed pruning left behind have no lines any more.
  if (journal === null || after + links.length < journal.base) return true;
  if (after + 1 < journal.base) return false;
  const lines = journal.lines(after + 1, links.length);
  return links.every(([hash], index) => {
    const sequence = after + 1 + index;
    if (sequence <= sealedUpTo) return isLineOf(lines, index * LINE_BYTES, sequence, hash);
    const line = lines.slice(index * LINE_BYTES, (index + 1) * LINE_BYTES);
    return scan.judgeLine(sequence, hash, line) === null;
  });
}

/** Chain and journal agree with each other, but not with what was signed. */
const breaksSeal = (from: number, to: number): Finding =>
  altered(
    `A record from ${from} to ${to} was changed, and everything after it linked anew: record ${to} does not have the hash that its checkpoint was signed for.`,
    from,
  );
