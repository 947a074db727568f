import type { Rung } from '../../../core/types.ts';
import { bwrapWords, FILTER_DESCRIPTOR } from './bwrap-words.ts';
import type { CageCommand, Inside, Means } from './inside.ts';
import { macProfile } from './mac-profile.ts';
import { seccompFilter } from './seccomp.ts';
import type { Surroundings } from './surroundings.ts';
import { inFolder, plainWords, unshareWords } from './unshare-words.ts';

/** How a program is started on that rung. Throws where it is one that this machine has not. */
export function cageCommand(
  rung: Rung,
  inside: Inside,
  means: Means,
  around: Surroundings,
): CageCommand {
  const filter = filterFor(rung, means);
  if (rung === 'L3' && filter === null) throw new Error(`There is no filter for ${means.arch}.`);
  return {
    argv: wordsOf(rung, inside, means, around, filter !== null),
    bytes: filter === null ? new Map() : new Map([[FILTER_DESCRIPTOR, filter]]),
    env: OUTER_VARIABLES,
  };
}

/** L2 holds more with it, and is L2 without it. */
function filterFor(rung: Rung, { platform, arch, isUnfiltered }: Means): Uint8Array | null {
  const isFiltered = rung === 'L3' || (rung === 'L2' && platform === 'linux' && !isUnfiltered);
  return isFiltered ? seccompFilter(arch) : null;
}

/** What stands outside of a cage needs nothing of a person's, and nothing of a step's. */
const OUTER_VARIABLES = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };

function wordsOf(
  rung: Rung,
  inside: Inside,
  means: Means,
  around: Surroundings,
  isFiltered: boolean,
): readonly string[] {
  if (rung === 'L0') return plainWords(inside, means);
  if (means.platform === 'darwin') return macWords(inside, means, around);
  return rung === 'L1'
    ? unshareWords(inside, means)
    : bwrapWords(rung, inside, means, around, isFiltered);
}

function macWords(inside: Inside, { tools }: Means, { around }: Surroundings): readonly string[] {
  const program = tools['sandbox-exec'];
  if (program === null || tools.sh === null) throw new Error('sandbox-exec is not here.');
  return [program, '-p', macProfile(inside, around), ...inFolder(tools.sh, inside)];
}
