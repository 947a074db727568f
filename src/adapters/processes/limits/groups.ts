import { readdirSync, readlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitName, RunLimits } from '../../../core/types.ts';
import {
  closePart,
  cpuMsOf,
  hasHitMemory,
  hasHitProcesses,
  killPart,
  makePart,
  memoryOf,
  type Part,
  pidsOf,
  removePart,
} from './group-part.ts';
import { type Controller, findPlaces, type Place } from './group-places.ts';
import { isRunning } from './read-process.ts';
import type { GroupUse, ProcessMark } from './use.ts';

/** A cgroup of one program. What it cannot do here, it does not say. */
export type Group = {
  /** Come before all other words: who runs behind them is a member, with all that it starts. */
  readonly words: readonly string[];
  readonly controllers: readonly Controller[];
  /** Everybody in it now, as this process numbers them. */
  pids(): readonly number[];
  /** Null each where the machine does not count it. */
  used(): GroupUse;
  /** The limits that it has refused to let anybody exceed so far. */
  hits(): readonly Extract<LimitName, 'memory' | 'processes'>[];
  /** All members, again and again until nobody is left. */
  killAll(): Promise<void>;
  /** Kills who is left, and removes it. */
  close(): Promise<void>;
};

/** Null where this machine lets us have none, which is no failure. */
export function openGroup(id: string, limits: RunLimits, owner: ProcessMark): Group | null {
  const name = nameFor(id, owner);
  const parts = new Map<Controller, Part>();
  for (const place of findPlaces()) {
    if (place.controllers.every((each) => parts.has(each))) continue;
    const part = makePart(place, name, limits);
    for (const each of part?.controllers ?? []) parts.set(each, part as Part);
  }
  const all = [...new Set(parts.values())];
  // One that only counts would be no gain over looking at /proc.
  if (!parts.has('pids') && !parts.has('memory')) {
    for (const part of all) removePart(part);
    return null;
  }
  return groupOf(parts, all);
}

/**
 * A little before a program is to join a group: the kernel lets the first one wait for some twenty
 * milliseconds, and those that come soon after it for none. Moves this process to where it is.
 */
export async function warmGroups(): Promise<void> {
  const own = findPlaces()[0]?.own;
  if (own === undefined) return;
  try {
    await writeFile(join(own, 'cgroup.procs'), '0');
  } catch {
    // Then there is a wait.
  }
}

function groupOf(parts: ReadonlyMap<Controller, Part>, all: readonly Part[]): Group {
  const [pids, memory, cpu] = [parts.get('pids'), parts.get('memory'), parts.get('cpuacct')];
  return {
    words: joinWords(all),
    controllers: [...parts.keys()],
    pids: () => pidsOf(all[0] as Part),
    used: () => ({
      cpuMs: cpu === undefined ? null : cpuMsOf(cpu),
      memoryBytes: memory === undefined ? null : memoryOf(memory),
    }),
    hits: () => [
      ...(memory !== undefined && hasHitMemory(memory) ? (['memory'] as const) : []),
      ...(pids !== undefined && hasHitProcesses(pids) ? (['processes'] as const) : []),
    ],
    killAll: () => killAll(all),
    close: () => close(all),
  };
}

/** A process that writes 0 there means itself. Who cannot join runs nothing. */
const JOIN = 'while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; exec "$@"';

const joinWords = (parts: readonly Part[]): readonly string[] => [
  '/bin/sh',
  '-c',
  JOIN,
  'sh',
  ...parts.map(({ folder }) => join(folder, 'cgroup.procs')),
  '--',
];

/** Ends and removes the groups of TinyCodes that died; says how many there were. */
export async function sweepGroups(isAlive: (mark: ProcessMark) => boolean): Promise<number> {
  const left = findPlaces().flatMap((place) =>
    namesIn(place)
      .filter((name) => isLeft(name, isAlive))
      .map((name) => ({ ...place, name, folder: join(place.folder, name) })),
  );
  for (const part of left) await close([part]);
  return new Set(left.map(({ name }) => name)).size;
}

const MARK = 'tinycode';

/** A group holds no files, so its name says whose it is, and where that pid means anything. */
const nameFor = (id: string, { pid, born }: ProcessMark): string =>
  [MARK, pidNamespace(), pid, born, id]
    .map((part) => `${part}`.replace(/[^\w:-]/g, '_').slice(0, MAX_PART))
    .join('.');

const MAX_PART = 60;

function isLeft(name: string, isAlive: (mark: ProcessMark) => boolean): boolean {
  const [mark, namespace, pid, born, id] = name.split('.');
  if (mark !== MARK || id === undefined || namespace !== pidNamespace()) return false;
  return /^\d+$/.test(pid ?? '') && !isAlive({ pid: Number(pid), born: born ?? '' });
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
}

function namesIn({ folder }: Place): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function killAll(parts: readonly Part[]): Promise<void> {
  // First nobody can start anybody any more: else they could be quicker than we are.
  for (const part of parts) closePart(part);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const members = parts.flatMap(pidsOf).filter(isRunning);
    if (members.length === 0) return;
    if (!parts.some(killPart)) for (const pid of members) kill(pid);
    await sleep(ROUND_MS);
  }
}

const ROUND_MS = 10;
const MAX_ROUNDS = 200;

function kill(pid: number): void {
  try {
    if (pid !== process.pid) process.kill(pid, 'SIGKILL');
  } catch {}
}

async function close(parts: readonly Part[]): Promise<void> {
  await killAll(parts);
  let left = parts;
  for (let round = 0; round < MAX_ROUNDS && left.length > 0; round++) {
    if (round > 0) await sleep(ROUND_MS);
    left = left.filter((part) => !removePart(part));
  }
}
