import { confirmBlock } from './confirm-block.ts';
import { examineBlock } from './examine-block.ts';
import { altered, type Finding } from './finding.ts';
import type { Anchor, Block, CoReading, Scan } from './scan.ts';

/** How many records are read at a time: more make texts that are slow to handle. An epoch has eight. */
const BLOCK_RECORDS = 128;

/** Whoever changed a sequence can make a log look as long as they like. */
const MAX_CO_READ_RECORDS = 20_000_000;

/** Follows the chain from `start`, the record before the first; the first finding ends it. */
export function scanRecords(scan: Scan, start: Anchor): Finding | null {
  const coReading = startCoReading(scan, start.sequence);
  try {
    return walk(scan, start, coReading);
  } finally {
    coReading?.end();
  }
}

function walk(scan: Scan, start: Anchor, coReading: CoReading | null): Finding | null {
  let before = start;
  let sealed = start;
  let index = 0;
  for (const stop of stopsOf(scan, start.sequence)) {
    while (before.sequence < Math.min(stop.sequence, scan.records.last)) {
      const block = blockAfter(before.sequence, Math.min(stop.sequence, scan.records.last));
      const found = coReading?.found(index++) ?? confirmBlock(scan, block);
      // Whoever confirmed the block, it has to go on from the very hash that we have come to.
      const isLinked = found?.from === before.hash;
      const examined = isLinked ? found.to : examineBlock(scan, before, block.upTo);
      if (typeof examined !== 'string') return examined;
      before = { sequence: block.upTo, hash: examined };
    }
    if (before.sequence !== stop.sequence || stop.hash === null) continue;
    if (before.hash !== stop.hash) return breaksSeal(sealed.sequence + 1, stop.sequence);
    sealed = before;
  }
  return null;
}

/** What no block lies across. */
const stopsOf = ({ anchors, records }: Scan, start: number) => [
  ...anchors.filter(({ sequence }) => sequence > start),
  { sequence: records.last, hash: null },
];

const blockAfter = (after: number, stop: number): Block => ({
  after,
  upTo: Math.min(after + BLOCK_RECORDS, stop),
});

/** The sealed blocks are the first ones of our walk, so they are numbered alike. */
function startCoReading(scan: Scan, start: number): CoReading | null {
  const end = Math.min(scan.sealedUpTo, scan.records.last);
  if (scan.coRead === null || end - start > MAX_CO_READ_RECORDS) return null;
  const blocks: Block[] = [];
  let after = start;
  for (const { sequence } of stopsOf(scan, start)) {
    while (after < Math.min(sequence, end)) {
      const block = blockAfter(after, Math.min(sequence, end));
      blocks.push(block);
      after = block.upTo;
    }
  }
  return scan.coRead(blocks);
}

/** Chain and journal agree with each other, but not with what was signed. */
const breaksSeal = (from: number, to: number): Finding =>
  altered(
    `A record from ${from} to ${to} was changed, and everything after it linked anew: record ${to} does not have the hash that its checkpoint was signed for.`,
    from,
  );
