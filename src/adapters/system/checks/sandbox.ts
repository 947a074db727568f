import { readFileSync } from 'node:fs';
import { type Finding, fine, type Probe, warn } from '../probe.ts';
import type { RunProgram } from '../run-program.ts';

/**
 * Which rung of the sandbox ladder holds here. Each is tried by running something that must fail
 * inside: that a program is installed proves nothing.
 */
export const sandboxProbe = (run: RunProgram, platform: string): Probe => ({
  check: 'sandbox',
  async run(signal) {
    if (platform === 'darwin') return probeMac(run, signal);
    let why = '';
    for (const rung of RUNGS) {
      const [file = '', ...argv] = rung.argv;
      const tried = await run(file, argv, signal);
      if (tried.kind === 'ended' && tried.exitCode === 0) return describeRung(rung, why);
      why ||= tried.kind === 'absent' ? `${file} is not installed` : reasonOf(file, tried.err);
    }
    return describeRung(NO_RUNG, why);
  },
});

type Rung = { readonly name: string; readonly holds: string; readonly argv: readonly string[] };

/** No way to the network: the routing table of the kernel is empty. */
const NO_NETWORK = '[ "$(cat /proc/net/route 2>/dev/null | wc -l)" -le 1 ]';
const NO_WRITING = '! touch /usr/.tinycode-probe 2>/dev/null';
/** As root, whoever keeps its capabilities can mount the disk anew and write: that is no sandbox. */
const NO_CAPABILITIES = "grep -q '^CapEff:[[:space:]]*0*$' /proc/self/status";
const ALL_CLOSED = ['/bin/sh', '-c', `${NO_NETWORK} && ${NO_WRITING} && ${NO_CAPABILITIES}`];

const CAGE = [
  ...['bwrap', '--unshare-all', '--die-with-parent', '--new-session', '--clearenv'],
  ...['--cap-drop', 'ALL', '--setenv', 'PATH', '/usr/bin:/bin:/usr/sbin:/sbin'],
];
const ALLOWED_ROOT = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/nix/store'];

const RUNGS: readonly Rung[] = [
  {
    name: 'L3',
    holds: 'bwrap with only the system folders in sight, no network, no capabilities',
    argv: [
      ...CAGE,
      ...ALLOWED_ROOT.flatMap((folder) => ['--ro-bind-try', folder, folder]),
      ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--', ...ALL_CLOSED],
    ],
  },
  {
    name: 'L2',
    holds: 'bwrap over the whole disk read-only, no network, no capabilities',
    argv: [
      ...[...CAGE, '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
      ...['--tmpfs', '/tmp', '--tmpfs', '/run', '--', ...ALL_CLOSED],
    ],
  },
  {
    name: 'L1',
    holds: 'unshare: no network, but commands can write whatever you can',
    argv: ['unshare', '-rnpf', 'sh', '-c', NO_NETWORK],
  },
];
const NO_RUNG: Rung = {
  name: 'L0',
  holds: 'no sandbox: every command needs its own approval, and the strict levels refuse all',
  argv: [],
};

function describeRung(rung: Rung, why: string): Finding {
  const detail = `${rung.name}: ${rung.holds}${why ? ` (${why})` : ''}.`;
  return rung.name === 'L3' || rung.name === 'L2' ? fine(detail) : warn(detail, remedyFor(why));
}

async function probeMac(run: RunProgram, signal: AbortSignal): Promise<Finding> {
  const profile = '(version 1)(allow default)(deny network*)(deny file-write*)';
  const inside = ['/bin/sh', '-c', '! touch /private/tmp/.tinycode-probe 2>/dev/null'];
  const tried = await run('sandbox-exec', ['-p', profile, ...inside], signal);
  if (tried.kind === 'ended' && tried.exitCode === 0) {
    return fine('sandbox-exec: no network, and no writing outside what is allowed.');
  }
  return warn(`${NO_RUNG.name}: ${NO_RUNG.holds}.`, 'Check that sandbox-exec runs.');
}

const reasonOf = (file: string, stderr: string): string =>
  `${file} cannot do more: ${stderr.trim().split('\n')[0]?.slice(0, 160) || 'it does not close'}`;

/** Switches of the kernel that take user namespaces away, and what turns them back. */
const SWITCHES = [
  { file: 'kernel/unprivileged_userns_clone', closed: '0', open: '1' },
  { file: 'user/max_user_namespaces', closed: '0', open: '10000' },
  { file: 'kernel/apparmor_restrict_unprivileged_userns', closed: '1', open: '0' },
];

function remedyFor(why: string): string {
  if (why === 'bwrap is not installed') {
    return 'Install bubblewrap, for example: sudo apt install bubblewrap';
  }
  const closed = SWITCHES.find(({ file, closed }) => readSwitch(file) === closed);
  return closed
    ? `Let the kernel make user namespaces: sudo sysctl ${closed.file.replace('/', '.')}=${closed.open}`
    : 'In a container, allow user namespaces when you start it; then run doctor again.';
}

function readSwitch(file: string): string | null {
  try {
    return readFileSync(`/proc/sys/${file}`, 'utf8').trim();
  } catch {
    return null;
  }
}
