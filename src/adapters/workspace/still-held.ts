import { type BigIntStats, fstatSync, lstatSync } from 'node:fs';
import type { Held } from './hold.ts';
import { PERMISSION_BITS } from './hold.ts';
import { fullBudget, hashHeld, isUnwritten } from './read-held.ts';

/**
 * Whether what lies at a name is that very thing, unwritten and unchanged, with so many names. Of
 * its changes only that of its inode (ctime) is not compared: our own links and renames change it.
 */
export function isStillAt(at: string, stats: BigIntStats, names: number): boolean {
  const now = lstatSync(at, { bigint: true, throwIfNoEntry: false });
  return (
    now !== undefined &&
    now.dev === stats.dev &&
    now.ino === stats.ino &&
    now.mode === stats.mode &&
    now.uid === stats.uid &&
    now.gid === stats.gid &&
    now.nlink === BigInt(names) &&
    isUnwritten(stats, now)
  );
}

/**
 * Whether nobody has written to the held file since it was read. A write that falls into the same
 * tick of the file system's clock as the one before it leaves no other time behind, so a file that
 * was written just now is read once more. `now` is that clock, as it stood when reading was done.
 * What nobody can see from outside is a write through memory that was mapped, and dirty, before.
 */
export function isUnwrittenSince(held: Held, now: bigint): boolean {
  if (held.fd === null || held.stats === null || held.image.kind !== 'file') return true;
  if (!isUnwritten(held.stats, fstatSync(held.fd, { bigint: true }))) return false;
  const age = now - held.stats.mtimeNs;
  if (age > TICK_NS || age < -TICK_NS) return true;
  const again = hashHeld(held.fd, held.image.path, fullBudget());
  return again.ok && again.value.hash === held.image.hash;
}

/** Some file systems count seconds, FAT every second one; then there is the time that hashing took. */
const TICK_NS = 3_000_000_000n;

export const modeOf = ({ mode }: BigIntStats): number => Number(mode) & PERMISSION_BITS;
