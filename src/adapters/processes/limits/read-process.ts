import { readdirSync, readFileSync, statSync } from 'node:fs';

/** What /proc says of a process. Ticks are hundredths of a second on every Linux that runs Node. */
export type ProcessStat = {
  readonly pid: number;
  readonly parent: number;
  /** With the pid it names one process for as long as the machine runs. */
  readonly bornTicks: string;
  /** Its own, and of those children that it has waited for. */
  readonly cpuTicks: number;
  readonly threads: number;
};

export const TICK_MS = 10;

/** Null where there is no such process. */
export function readStat(pid: number): ProcessStat | null {
  const text = readText(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The name in brackets may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).map(Number);
  return {
    pid,
    parent: Number(fields[1]),
    bornTicks: fields[19] ?? '',
    cpuTicks: ticks.reduce((sum, each) => sum + each, 0),
    threads: Number(fields[17]),
  };
}

/** One that has died and was not fetched by its parent yet does nothing any more. */
export function isRunning(pid: number): boolean {
  const text = readText(`/proc/${pid}/stat`);
  return text !== null && !/^[ZX]/.test(text.slice(text.lastIndexOf(')') + 2));
}

export type ProcessMemory = {
  /** Of no file; what it shares with others since a fork is counted in full. */
  readonly ownBytes: number;
  /** What the kernel compares with the limit that a process has. */
  readonly dataBytes: number;
};

export function readMemory(pid: number): ProcessMemory {
  const text = readText(`/proc/${pid}/status`) ?? '';
  return {
    ownBytes: bytesOf(text, 'RssAnon') + bytesOf(text, 'RssShmem'),
    dataBytes: bytesOf(text, 'VmData'),
  };
}

/** The same with a fair share of what several have; dear, as the kernel looks at every page. */
export function readSharedMemory(pid: number): number | null {
  const text = readText(`/proc/${pid}/smaps_rollup`);
  if (text === null || text === '') return null;
  return bytesOf(text, 'Pss_Anon') + bytesOf(text, 'Pss_Shmem');
}

export function countOpenFiles(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  try {
    // Newer kernels say it as the size of the folder.
    return statSync(folder).size || readdirSync(folder).length;
  } catch {
    return 0;
  }
}

/** Null where this kernel does not list them. A child belongs to the thread that has started it. */
export function readChildren({ pid, threads }: ProcessStat): readonly number[] | null {
  if (threads <= 1) return childrenOf(pid, pid);
  let tasks: readonly string[];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  const found = tasks.map((task) => childrenOf(pid, Number(task)));
  return found.every((each) => each === null) ? null : found.flatMap((each) => each ?? []);
}

function childrenOf(pid: number, thread: number): readonly number[] | null {
  const text = readText(`/proc/${pid}/task/${thread}/children`);
  return text === null ? null : text.split(' ').filter(Boolean).map(Number);
}

/** Every process that this one can see. */
export function listProcesses(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

const bytesOf = (text: string, name: string): number =>
  Number(text.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0) * 1024;

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
