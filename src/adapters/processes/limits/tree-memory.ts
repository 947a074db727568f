import type { Member } from './find-members.ts';
import { readMemory, readSharedMemory } from './read-process.ts';

export type TreeMemory = {
  readonly bytes: number;
  /** Some of it may be counted more than once: what was shared since a fork was not looked at yet. */
  readonly isUpperBound: boolean;
  /** The most that one process has of what its limit is compared with. */
  readonly dataBytes: number;
};

/**
 * Adds up what processes hold. What each has resident is read quickly, but counts pages that were
 * shared by a fork once for each. Fair shares are dear, so they are asked for only where the quick
 * sum is over `enough`, for the biggest first, and only for so many at a time.
 */
export function createMemoryMeter(): (members: Iterable<Member>, enough: number) => TreeMemory {
  let shares = new Map<string, Share>();

  return (members, enough) => {
    const rows = [...members].map((member) => ({ member, ...readMemory(member.pid) }));
    rows.sort((one, other) => other.ownBytes - one.ownBytes);
    let bytes = rows.reduce((sum, { ownBytes }) => sum + ownBytes, 0);
    let reads = 0;
    let isUpperBound = false;
    const kept: typeof shares = new Map();
    for (const { member, ownBytes } of rows) {
      if (bytes <= enough) break;
      const name = `${member.pid}:${member.bornTicks}`;
      const known = shares.get(name);
      const isFresh = known !== undefined && isNear(known.ownBytes, ownBytes);
      const share = isFresh ? known : reads < MAX_READS ? readShare(member.pid, ownBytes) : null;
      if (!isFresh && share !== null) reads++;
      if (share === null) isUpperBound = true;
      else {
        kept.set(name, share);
        bytes -= Math.max(0, share.ownBytes - share.bytes);
      }
    }
    shares = kept;
    const dataBytes = Math.max(0, ...rows.map((row) => row.dataBytes));
    return { bytes, isUpperBound, dataBytes };
  };
}

type Share = { readonly ownBytes: number; readonly bytes: number };

const MAX_READS = 32;

/** A share that cannot be read is the whole. */
const readShare = (pid: number, ownBytes: number): Share => ({
  ownBytes,
  bytes: readSharedMemory(pid) ?? ownBytes,
});

const isNear = (before: number, now: number): boolean => Math.abs(now - before) <= before / 20;
