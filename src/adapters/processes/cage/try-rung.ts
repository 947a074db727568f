import type { Rung } from '../../../core/types.ts';
import { cageCommand } from './cage-command.ts';
import type { Inside, Means } from './inside.ts';
import { runTrial, type Trial } from './run-trial.ts';
import { seccompFilter } from './seccomp.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether a rung holds here; if it does, with what it was made. */
export type Tried =
  | { readonly holds: true; readonly means: Means }
  /** `isLate`: the machine was too busy to tell, so it will not tell sooner. */
  | { readonly holds: false; readonly why: string; readonly isLate: boolean };

/**
 * Runs something in a cage of that rung that must fail there, and something that must work. That a
 * program is installed proves nothing.
 */
export async function tryRung(
  rung: Rung,
  inside: Inside,
  means: Means,
  around: Surroundings,
): Promise<Tried> {
  const missing = describeMissing(rung, means);
  if (missing !== null) return { holds: false, why: missing, isLate: false };
  const first = await tryWith(rung, inside, means, around);
  let [tried, had] = [first, means];
  while (!tried.holds && !tried.isLate) {
    const less = withLess(rung, had, tried.why);
    if (less === null) return first;
    [tried, had] = [await tryWith(rung, inside, less, around), less];
  }
  return tried;
}

function describeMissing(rung: Rung, { platform, arch, tools }: Means): string | null {
  if (tools.sh === null || tools.env === null) return 'there is no shell';
  if (rung === 'L0') return null;
  if (platform === 'darwin') {
    if (rung !== 'L2') return 'macOS has sandbox-exec alone, which stands for L2';
    return tools['sandbox-exec'] === null ? 'sandbox-exec is not installed' : null;
  }
  if (platform !== 'linux') return `there is none for ${platform}`;
  if (rung === 'L1') {
    const name = (['unshare', 'setpriv'] as const).find((tool) => tools[tool] === null);
    return name === undefined ? null : `${name} is not installed`;
  }
  if (tools.bwrap === null) return 'bwrap is not installed';
  const hasFilter = rung !== 'L3' || seccompFilter(arch) !== null;
  return hasFilter ? null : `there is no filter of system calls for ${arch}`;
}

/** The same rung with what an older program or a container leaves of it. */
function withLess(rung: Rung, means: Means, why: string): Means | null {
  if (means.platform !== 'linux') return null;
  if (rung === 'L0') return null;
  if (rung === 'L1') return means.hasOwnProcesses ? { ...means, hasOwnProcesses: false } : null;
  if (/unknown option/i.test(why) && !means.isBwrapOld) return { ...means, isBwrapOld: true };
  return rung === 'L2' && !means.isUnfiltered ? { ...means, isUnfiltered: true } : null;
}

async function tryWith(
  rung: Rung,
  inside: Inside,
  means: Means,
  around: Surroundings,
): Promise<Tried> {
  const command = cageCommand(rung, inside, means, around);
  const script = SCRIPTS[means.platform === 'darwin' ? 'mac' : rung];
  const words = [means.tools.sh ?? '', '-c', script, 'sh', inside.workspace];
  const first = await runTrial(command, words);
  const trial = first.kind === 'late' ? await runTrial(command, words) : first;
  const name = means.platform === 'darwin' ? 'sandbox-exec' : MADE_WITH[rung];
  return trial.kind === 'ended' && trial.exitCode === 0 && trial.out === WORKED
    ? { holds: true, means }
    : { holds: false, why: describeTrial(name, trial), isLate: trial.kind === 'late' };
}

const MADE_WITH = { L3: 'bwrap', L2: 'bwrap', L1: 'unshare', L0: 'sh' };

function describeTrial(name: string, trial: Trial): string {
  if (trial.kind === 'absent') return `${name} is not installed`;
  if (trial.kind === 'late') return `${name} did not answer in time`;
  const said = trial.err.trim().split('\n')[0]?.slice(0, 160);
  return `${name} cannot do more: ${said || 'it does not close'}`;
}

const WORKED = 'works\n';

/** Says what is wrong. Only what the shell itself can do: every program more takes its time. */
const SAY = 'no() { echo "$1" >&2; exit 9; }';
const NO_CAPABILITIES = `
while read -r name value; do
  case $name in
    CapPrm:|CapEff:|CapBnd:) case $value in *[!0]*) no 'capabilities are left';; esac;;
    NoNewPrivs:) [ "$value" = 1 ] || no 'privileges can be gained';;
  esac
done < /proc/self/status`;
const FILTERED = `
while read -r name value; do
  case $name in Seccomp:) [ "$value" = 2 ] || no 'system calls are not filtered';; esac
done < /proc/self/status`;
/** The routing table of the kernel has its head alone. */
const NO_NETWORK = `
{ read -r line; read -r line; } < /proc/net/route && no 'there is a network'`;
/** The workspace is shown for reading only, so not even its owner may write. */
const NO_WRITING = `
set -C
for at in "$1/.tinycode-probe" /usr/.tinycode-probe; do
  if ( : > "$at" ) 2>/dev/null; then rm -f "$at"; no 'what is shown can be written'; fi
done`;
const CAN_WRITE = `
echo a > /tmp/probe || no 'nothing can be written'`;
const WORKS = '\necho works';

const SCRIPTS = {
  L3: SAY + NO_CAPABILITIES + FILTERED + NO_NETWORK + NO_WRITING + CAN_WRITE + WORKS,
  L2: SAY + NO_CAPABILITIES + NO_NETWORK + NO_WRITING + CAN_WRITE + WORKS,
  L1: SAY + NO_CAPABILITIES + NO_NETWORK + WORKS,
  L0: WORKS,
  mac: SAY + NO_WRITING + WORKS,
};
