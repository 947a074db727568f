import type { Inside, Means } from './inside.ts';

/** Rung L1, up to and without the program: the disk stays as it is. */
export function unshareWords(inside: Inside, means: Means): readonly string[] {
  const { tools, hasOwnProcesses } = means;
  const { unshare, setpriv, sh } = tools;
  if (!unshare || !setpriv || !sh)
    throw new Error('unshare is not here, and its rung was not tried.');
  return [
    // Kept until the network is set up, and for taking them away for good.
    ...[unshare, ...ownUser(means), '--keep-caps'],
    ...['--ipc', '--uts', ...(inside.hasNetwork ? [] : ['--net'])],
    ...(hasOwnProcesses ? OWN_PROCESSES : []),
    ...[sh, '-c', `${OWN_NETWORK}; exec "$@"`, sh, inside.cwd],
    ...[inside.hasNetwork ? '' : (tools.ip ?? '')],
    ...[setpriv, ...NO_CAPABILITIES],
  ];
}

/** Rung L0: nothing is closed; only what a holder could do, the program cannot. */
export function plainWords(inside: Inside, means: Means): readonly string[] {
  const { unshare, setpriv, sh } = means.tools;
  if (!sh) throw new Error('A system without a shell runs nothing.');
  const there = inFolder(sh, inside.cwd);
  if (!inside.isHeld) return there;
  if (!unshare || !setpriv) throw new Error('unshare is not here, and yet there is a holder.');
  return [
    ...[unshare, ...ownUser(means), '--keep-caps', ...OWN_PROCESSES],
    ...[...there, setpriv, ...NO_CAPABILITIES],
  ];
}

/** What follows is started in that folder. */
export const inFolder = (sh: string, cwd: string): readonly string[] => [
  ...[sh, '-c', 'cd -- "$1" && shift && exec "$@"', sh, cwd],
];

/** In a namespace of its own, so that what runs outside as the same person is out of reach. */
const ownUser = ({ user: { uid, gid } }: Means): readonly string[] => [
  ...['--user', `--map-user=${uid}`, `--map-group=${gid}`],
];

/** The first of them is the shell that watches the program; when it goes, all that is left goes. */
const OWN_PROCESSES = ['--pid', '--fork', '--kill-child', '--mount-proc'];

const NO_CAPABILITIES = [
  ...['--bounding-set', '-all', '--inh-caps', '-all', '--ambient-caps', '-all', '--no-new-privs'],
  '--',
];

/** A network of its own has an interface for talking to oneself, which is off at first. */
const OWN_NETWORK =
  'if [ -n "$2" ]; then "$2" link set lo up 2>/dev/null; fi; cd -- "$1" || exit; shift 2';
