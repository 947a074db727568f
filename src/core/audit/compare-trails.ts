import { linesOf } from './checkpoint.ts';
import type { Finding } from './finding.ts';

/**
 * The trail lies in the configuration, its witness next to the database. A checkpoint is written
 * to the trail first, so a process that was killed in between leaves the witness one line short.
 */
export function compareTrails(trail: string, witness: string | null): Finding | null {
  const ours = linesOf(trail);
  const theirs = witness === null ? [] : linesOf(witness);
  const common = Math.min(ours.length, theirs.length);
  for (let index = 0; index < common; index++) {
    if (ours[index] === theirs[index]) continue;
    return {
      state: 'altered',
      problem: `The trail of checkpoints and its witness differ in line ${index + 1}.`,
    };
  }
  if (theirs.length > ours.length) {
    return truncated(
      'The trail of checkpoints is shorter than its witness: it was cut, or an older copy was put back.',
    );
  }
  if (witness === null && ours.length > 1)
    return truncated('The witness of the checkpoints is gone.');
  if (ours.length - theirs.length > 1) {
    return truncated(
      'The witness is shorter than the trail of checkpoints: it was cut, or an older copy was put back.',
    );
  }
  return null;
}

const truncated = (problem: string): Finding => ({ state: 'truncated', problem });
