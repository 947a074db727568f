import { readFileSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { RunLimits } from '../../../core/types.ts';
import { isAtLeast } from './kernel-version.ts';
import { mostTasks } from './most-tasks.ts';

/** What this machine has for putting limits on a program. */
export type LimitTools = {
  /** Where `prlimit` of util-linux lies; null: a shell has to do. */
  readonly prlimit: string | null;
  /** What may not be exceeded here by anybody but root: a higher limit is refused as a whole. */
  readonly ceilings: Ceilings;
  /** Processes are counted for each user namespace, and not for the user on the whole machine. */
  readonly countsApart: boolean;
};

/** Of the kernel's limits, by their names in /proc/self/limits. Infinity: no limit. */
export type Ceilings = { readonly [name: string]: number };

/**
 * The words that come innermost, just before a program's argv: what the kernel itself then holds
 * for each of its processes. Memory is that of RLIMIT_DATA, as a limit on addresses (RLIMIT_AS)
 * breaks every program that reserves much and uses little. `hasOwnUsers`: the program has a user
 * namespace of its own; elsewhere a limit on processes would count all that the user runs.
 */
export function limitWords(
  limits: RunLimits,
  tools: LimitTools,
  { hasOwnUsers }: { readonly hasOwnUsers: boolean },
): readonly string[] {
  const within = (name: string, value: number) =>
    Math.max(1, Math.min(Math.ceil(value), tools.ceilings[name] ?? Number.POSITIVE_INFINITY));
  const seconds = Math.ceil(limits.cpuMs / 1000) + CPU_SLACK_S;
  const kernel: Kernel = {
    file: within('Max file size', limits.fileBytes),
    data: within('Max data size', limits.memoryBytes),
    files: within('Max open files', limits.openFiles),
    tasks:
      hasOwnUsers && tools.countsApart
        ? within('Max processes', mostTasks(limits.processes))
        : null,
    cpu: within('Max cpu time', seconds),
  };
  return tools.prlimit === null ? shellWords(kernel) : prlimitWords(tools.prlimit, kernel);
}

type Kernel = {
  readonly file: number;
  readonly data: number;
  readonly files: number;
  readonly tasks: number | null;
  readonly cpu: number;
};

/** The tree's CPU is watched from outside; this holds one process where the watcher is late. */
const CPU_SLACK_S = 2;

const prlimitWords = (prlimit: string, kernel: Kernel): readonly string[] => [
  prlimit,
  '--core=0',
  `--fsize=${kernel.file}`,
  `--data=${kernel.data}`,
  `--nofile=${kernel.files}`,
  ...(kernel.tasks === null ? [] : [`--nproc=${kernel.tasks}`]),
  `--cpu=${kernel.cpu}`,
  '--',
];

/** What a shell does not know it leaves out: files in blocks of 512 bytes, memory in kilobytes. */
function shellWords(kernel: Kernel): readonly string[] {
  const set = [
    '-c 0',
    `-f ${Math.ceil(kernel.file / 512)}`,
    `-d ${Math.ceil(kernel.data / 1024)}`,
    `-n ${kernel.files}`,
    `-t ${kernel.cpu}`,
  ];
  const script = set.map((option) => `ulimit ${option} 2>/dev/null; `).join('');
  // Of processes, some shells say -u and some say -p, which is something else in bash.
  const tasks =
    kernel.tasks === null
      ? ''
      : `[ -n "$BASH_VERSION" ] && ulimit -u ${kernel.tasks} 2>/dev/null || ulimit -p ${kernel.tasks} 2>/dev/null; `;
  return ['/bin/sh', '-c', `${script}${tasks}exec "$@"`, 'sh'];
}

/** `path` is where TinyCode itself looks for programs. */
export function lookForLimitTools(path: string): LimitTools {
  const folders = [...SYSTEM_FOLDERS, ...path.split(':').filter(isAbsolute)];
  const found = folders.map((folder) => join(folder, 'prlimit')).find(isProgram);
  return {
    prlimit: found ?? null,
    ceilings: readCeilings(readText('/proc/self/limits')),
    countsApart: isAtLeast(release(), [5, 14]),
  };
}

/** The system's own comes before what a person's PATH may hold. */
const SYSTEM_FOLDERS = ['/usr/bin', '/bin', '/run/current-system/sw/bin'];

function isProgram(path: string): boolean {
  try {
    const stat = statSync(path);
    return stat.isFile() && (stat.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}

/** The hard limits, from the text of /proc/self/limits. */
function readCeilings(text: string): Ceilings {
  const rows = text.split('\n').map((line) => line.match(/^(Max [a-z ]+?)\s{2,}\S+\s+(\d+)\b/));
  return Object.fromEntries(rows.flatMap((row) => (row ? [[row[1], Number(row[2])]] : [])));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
