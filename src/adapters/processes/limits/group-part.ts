import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunLimits } from '../../../core/types.ts';
import type { Controller, Place } from './group-places.ts';
import { mostTasks } from './most-tasks.ts';

/** A group in one of the cgroup trees. */
export type Part = {
  readonly version: 1 | 2;
  readonly folder: string;
  readonly controllers: readonly Controller[];
};

/** Null where it cannot be made, joined or limited. */
export function makePart(place: Place, name: string, limits: RunLimits): Part | null {
  const folder = join(place.folder, name);
  try {
    // Whoever moves a process needs this of the group above both its old and its new one.
    accessSync(join(place.folder, 'cgroup.procs'), constants.W_OK);
    mkdirSync(folder);
  } catch {
    return null;
  }
  const part = { version: place.version, folder, controllers: place.controllers };
  try {
    limit(part, limits);
    return part;
  } catch {
    removePart(part);
    return null;
  }
}

function limit({ version, folder, controllers }: Part, limits: RunLimits): void {
  const set = (file: string, value: number | string) =>
    writeFileSync(join(folder, file), `${value}`);
  if (controllers.includes('pids')) set('pids.max', mostTasks(limits.processes));
  if (!controllers.includes('memory')) return;
  if (version === 1) {
    set('memory.limit_in_bytes', limits.memoryBytes);
    perhaps(() => set('memory.memsw.limit_in_bytes', limits.memoryBytes));
  } else {
    set('memory.max', limits.memoryBytes);
    perhaps(() => set('memory.swap.max', 0));
    // A program that lost one of its processes is in no state to go on.
    perhaps(() => set('memory.oom.group', 1));
  }
}

/** Not every kernel has it. */
function perhaps(act: () => void): void {
  try {
    act();
  } catch {}
}

/** Whether somebody was killed because the limit was reached, and not for what others used. */
export function hasHitMemory(part: Part): boolean {
  if (part.version === 2) {
    const events = readText(part, 'memory.events');
    return numberOf(events, 'oom_kill') > 0 && numberOf(events, 'max') > 0;
  }
  const killed = numberOf(readText(part, 'memory.oom_control'), 'oom_kill');
  const [most, limit] = ['memory.max_usage_in_bytes', 'memory.limit_in_bytes'].map((file) =>
    Number(readText(part, file)),
  );
  // How often it was refused is not counted by every kernel.
  return killed > 0 && (most ?? 0) >= (limit ?? 0) * NEARLY;
}

const NEARLY = 0.9;

export const hasHitProcesses = (part: Part): boolean =>
  numberOf(readText(part, 'pids.events'), 'max') > 0;

/** What its members hold for themselves, without the files that the kernel remembers for them. */
export function memoryOf(part: Part): number | null {
  const text = readText(part, 'memory.stat');
  if (text === '') return null;
  const [own, shared] = part.version === 2 ? ['anon', 'shmem'] : ['total_rss', 'total_shmem'];
  return numberOf(text, own) + numberOf(text, shared);
}

export function cpuMsOf(part: Part): number | null {
  const text = readText(part, part.version === 2 ? 'cpu.stat' : 'cpuacct.usage');
  if (text === '') return null;
  return part.version === 2 ? numberOf(text, 'usage_usec') / 1e3 : Number(text) / 1e6;
}

/** As this process numbers them; those that it cannot see stand there as 0. */
export const pidsOf = (part: Part): readonly number[] =>
  readText(part, 'cgroup.procs')
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0);

/** Lets nobody in any more. */
export const closePart = ({ folder }: Part): void =>
  perhaps(() => writeFileSync(join(folder, 'pids.max'), '0'));

/** Whether the kernel kills them all at one word. */
export function killPart({ folder }: Part): boolean {
  try {
    accessSync(join(folder, 'cgroup.kill'));
    writeFileSync(join(folder, 'cgroup.kill'), '1');
    return true;
  } catch {
    return false;
  }
}

/** Whether it is gone. */
export function removePart({ folder }: Part): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function readText({ folder }: Part, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch {
    return '';
  }
}

const numberOf = (text: string, name: string | undefined): number =>
  Number(text.match(new RegExp(`^${name} (\\d+)$`, 'm'))?.[1] ?? 0);
