import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import type { Places } from '../../../ports.ts';
import { removeTree } from '../view/remove-tree.ts';
import type { Means } from './inside.ts';
import { isFolder } from './look.ts';
import { doubtOverlay } from './overlay-doubts.ts';
import { runTrial } from './run-trial.ts';
import { isWithin } from './within.ts';

/** Where what programs write can lie: beside TinyCode's state, or in memory alone. */
export type UpperPlace = 'state' | 'memory';

/**
 * Whether this workspace can be seen copy-on-write: it is mounted over in a namespace of its own
 * that ends with the process, and something is written there. Leaves nothing on the disk.
 */
export async function tryOverlay(
  places: Pick<Places, 'workspace' | 'state'>,
  { platform, tools, user }: Means,
): Promise<Result<UpperPlace>> {
  const { unshare, sh } = tools;
  if (platform !== 'linux') return unavailable(`${platform} has none`);
  if (unshare === null || sh === null) return unavailable('unshare is not installed');
  const doubt = doubtOverlay(places.workspace, user);
  if (doubt !== null) return unavailable(doubt);
  const room = makeRoom(places);
  if (room === null) return unavailable('there is no folder for them outside of the workspace');
  try {
    const own = ['--user', '--map-root-user', '--mount', '--pid', '--fork', '--kill-child'];
    const words = [unshare, ...own, '--propagation', 'private', sh, '-c', SCRIPT, sh];
    const trial = await runTrial({ argv: words, bytes: new Map(), env: VARIABLES }, [
      places.workspace,
      room.folder,
      room.place,
    ]);
    if (trial.kind === 'absent') return unavailable('unshare is not installed');
    if (trial.kind === 'late') return unavailable('it did not answer in time');
    const place = PLACES.find((each) => trial.out === `${each}\n`);
    if (trial.exitCode === 0 && place !== undefined) return ok(place);
    return unavailable(trial.err.trim().split('\n')[0]?.slice(0, 160) || 'it does not hold');
  } finally {
    await removeTree(room.folder, tools);
  }
}

const PLACES = ['state', 'memory'] as const;
const VARIABLES = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };

/** As a holder does it: the layers are descriptors, so that no name can be misread. */
const SCRIPT = `
try() {
  mkdir "$2/upper" "$2/work" && exec 3<"$1" 4<"$2/upper" 5<"$2/work" || return
  mount -t overlay -o "userxattr,lowerdir=/proc/self/fd/3,upperdir=/proc/self/fd/4,workdir=/proc/self/fd/5" tinycode "$1" || return
  echo above > "$1/.tinycode-probe" || return
  [ -e "$2/upper/.tinycode-probe" ] && [ ! -e /proc/self/fd/3/.tinycode-probe ]
}
if [ "$3" = state ] && try "$1" "$2"; then echo state; exit; fi
mount -t tmpfs tinycode "$2" && try "$1" "$2" && echo memory
`;

/** In the file system of the state folder, unless the workspace holds that. */
function makeRoom({ workspace, state }: Pick<Places, 'workspace' | 'state'>) {
  const near = nearest(state);
  const wanted = [
    ...(isWithin(near, workspace) ? [] : [{ folder: near, place: 'state' as const }]),
    ...(isWithin('/tmp', workspace) ? [] : [{ folder: '/tmp', place: 'memory' as const }]),
  ];
  for (const { folder, place } of wanted) {
    try {
      return { folder: mkdtempSync(join(folder, '.tinycode-probe-')), place };
    } catch {}
  }
  return null;
}

const nearest = (path: string): string => {
  const above = dirname(path);
  return above === path || isFolder(path) ? path : nearest(above);
};

const unavailable = (why: string) =>
  fail('unavailable', why, { hint: 'A kernel from 5.11 on that allows user namespaces has them.' });
