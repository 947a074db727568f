import { type Arranged, arrangePlaces, type Place } from './arrange-places.ts';
import type { Inside, Means } from './inside.ts';
import type { Surroundings } from './surroundings.ts';

/** The descriptor that bwrap reads its filter from. */
export const FILTER_DESCRIPTOR = 3;

/** Rungs L2 and L3, up to and without the program. */
export function bwrapWords(
  rung: 'L2' | 'L3',
  inside: Inside,
  means: Means,
  { system, around }: Surroundings,
  isFiltered: boolean,
): readonly string[] {
  const workspace: Place = {
    kind: inside.isWritable ? 'open' : 'shown',
    at: inside.workspace,
    from: inside.folder,
  };
  const arranged =
    rung === 'L3'
      ? arrangePlaces('nothing', [...system, ...around, workspace])
      : arrangePlaces('disk', [...around, workspace]);
  const words = (place: Arranged) => wordsFor(place, inside, means);
  const root = arranged.filter(({ at }) => at === '/');
  const rest = arranged.filter(({ at }) => at !== '/');
  const isBare = rung === 'L3' && root.length === 0;
  return [
    ...devicesForReading(inside, means),
    ...[programOf(means), ...closing(inside, means)],
    ...(rung === 'L2' && root.length === 0 ? ['--ro-bind', '/', '/'] : root.flatMap(words)),
    ...kernelFolders(inside, means),
    ...rest.flatMap(words),
    // A folder that only seems to take a file would be a trap for whoever writes it.
    ...(isBare ? ['--remount-ro', '/'] : []),
    ...['--chdir', inside.cwd],
    ...(isFiltered ? ['--seccomp', String(FILTER_DESCRIPTOR)] : []),
    '--',
  ];
}

function programOf({ tools }: Means): string {
  if (tools.bwrap === null) throw new Error('bwrap is not here, and its rung was not tried.');
  return tools.bwrap;
}

/**
 * bwrap lends the devices of the system, and their owner may change their modes for everybody: for
 * root they are made read-only first, which a device can still be written through. A holder has
 * done so already.
 */
function devicesForReading({ isHeld }: Inside, { user, tools }: Means): readonly string[] {
  if (user.uid !== 0 || isHeld || !tools.unshare || !tools.sh) return [];
  const own = ['--map-root-user', '--mount', '--propagation', 'private'];
  return [tools.unshare, ...own, tools.sh, '-c', READ_ONLY_DEVICES, tools.sh];
}

const READ_ONLY_DEVICES = 'mount --rbind /dev /dev && mount -o remount,bind,ro /dev && exec "$@"';

/** What is the same on both rungs: namespaces, capabilities, and that nothing outlives TinyCode. */
const closing = ({ hasNetwork }: Inside, { user, isBwrapOld }: Means): readonly string[] => [
  ...['--unshare-all', '--unshare-user', '--uid', String(user.uid), '--gid', String(user.gid)],
  ...(hasNetwork ? ['--share-net'] : []),
  ...(isBwrapOld ? [] : ['--disable-userns']),
  // The first process is the shell that watches the program: bwrap's own would end too late.
  ...['--cap-drop', 'ALL', '--die-with-parent', '--new-session', '--as-pid-1'],
];

const kernelFolders = (inside: Inside, means: Means): readonly string[] => [
  ...['--proc', '/proc'],
  // The owner may change the kernel's settings without any capability, and root is the owner.
  ...(means.user.uid === 0 ? ['--ro-bind', '/proc/sys', '/proc/sys'] : []),
  ...['--dev', '/dev'],
  ...(means.isBwrapOld ? [] : [...emptyFolder('/dev/shm', inside, means), '--remount-ro', '/dev']),
];

function wordsFor(place: Arranged, inside: Inside, means: Means): readonly string[] {
  switch (place.kind) {
    case 'shown':
      return ['--ro-bind', place.from, place.at];
    case 'open':
      return ['--bind', place.from, place.at];
    case 'scratch':
      return emptyFolder(place.at, inside, means);
    case 'hidden':
      // Programs take an empty file of settings better than one that they may not read.
      return place.isFolder
        ? emptyFolder(place.at, inside, means)
        : ['--dev-bind', '/dev/null', place.at];
    case 'link':
      return ['--symlink', place.target, place.at];
    case 'folder':
      return ['--dir', place.at];
    default:
      throw new Error(`unknown place ${place satisfies never}`);
  }
}

/** All of them together hold no more than what the program may write. */
function shareOf(at: string, home: string | undefined): number {
  if (at === '/tmp') return 1 / 2;
  if (at === home) return 1 / 4;
  return at === '/dev/shm' ? 1 / 8 : 1 / 64;
}

const emptyFolder = (at: string, { tempBytes, env }: Inside, { isBwrapOld }: Means) =>
  isBwrapOld
    ? ['--tmpfs', at]
    : [
        '--perms',
        /(tmp|shm)$/.test(at) ? '1777' : '0755',
        '--size',
        String(Math.ceil(tempBytes * shareOf(at, env.HOME))),
        '--tmpfs',
        at,
      ];
