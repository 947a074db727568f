import { readFileSync } from 'node:fs';
import { findMembers, type Member } from '../limits/find-members.ts';
import { endGroup, signalGroup } from './process-group.ts';
import { within } from './within-time.ts';

/** How all that stands behind one process is ended. */
export type TreeEnding = {
  /** Tells the program and all that it started, but nothing of its cage. */
  gently(): void;
  kill(): void;
  /** Lets the shell that watches the program go on, should that have stopped it. */
  wake(): void;
  /** What is left when the first process has ended; nothing, where the kernel sees to that. */
  rest(): Promise<void>;
};

/** `loose`: without a process namespace, as far as process groups and sessions reach. */
export const endingOf = (root: number, place: 'first' | 'loose'): TreeEnding =>
  place === 'loose' ? looseEnding(root) : firmEnding(root);

/** Asks for the end, then sees to it; over at the latest when nothing helps. */
export async function endTree(
  ending: TreeEnding,
  ended: Promise<unknown>,
  graceMs: number,
): Promise<void> {
  if (graceMs > 0) {
    ending.gently();
    if (await within(ended, graceMs)) return;
  }
  // Again and again: what is killed may have started more in the meantime.
  for (let round = 0; round < MAX_KILLS; round++) {
    ending.kill();
    if (await within(ended, ROUND_MS)) return;
  }
}

const ROUND_MS = 20;
const MAX_KILLS = 100;

function looseEnding(root: number): TreeEnding {
  return {
    gently: () => void signalGroup(root, 'SIGTERM'),
    kill: () => void signalGroup(root, 'SIGKILL'),
    wake: () => send(root, 'SIGCONT'),
    rest: () => endGroup(root, REST_GRACE_MS),
  };
}

/** For what the program itself left behind: it is over. */
const REST_GRACE_MS = 200;

/** The kernel ends a process namespace with its first process, which hears nothing but SIGKILL. */
function firmEnding(root: number): TreeEnding {
  return {
    gently() {
      const first = findFirst(root);
      if (first === undefined) return;
      for (const { pid, depth } of membersOf(first.pid, MAX_MEMBERS)) {
        if (depth > 0) send(pid, 'SIGTERM');
      }
    },
    kill() {
      const first = findFirst(root);
      if (first !== undefined) return send(first.pid, 'SIGKILL');
      send(-root, 'SIGKILL');
      for (const { pid } of membersOf(root, MAX_MEMBERS)) send(pid, 'SIGKILL');
    },
    wake() {
      const first = findFirst(root);
      if (first !== undefined) send(first.pid, 'SIGCONT');
    },
    rest: async () => {},
  };
}

const membersOf = (root: number, most: number): readonly Member[] => [
  ...findMembers({ roots: [root], known: [], others: [], depth: 0, most }).values(),
];

const MAX_MEMBERS = 10_000;

/** What stands above it are a few processes of the cage, one below the other. */
function findFirst(root: number): Member | undefined {
  const own = numbersOf('self').length;
  return membersOf(root, MAX_ABOVE).find(({ pid }) => {
    const numbers = numbersOf(pid);
    return numbers.length > own && numbers.at(-1) === '1';
  });
}

const MAX_ABOVE = 8;

/** Its number in each process namespace that it is in, ours first. */
function numbersOf(pid: number | 'self'): readonly string[] {
  try {
    const line = /^NSpid:(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line?.[1]?.trim().split(/\s+/) ?? [];
  } catch {
    return [];
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {}
}
