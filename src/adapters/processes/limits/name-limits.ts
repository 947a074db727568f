import { constants } from 'node:os';
import { LIMIT_NAMES, type LimitName, type RunLimits } from '../../../core/types.ts';
import { mostTasks } from './most-tasks.ts';
import type { TreePeak } from './use.ts';

/** All that is known of a program that has ended. */
export type SeenEnd = {
  readonly limits: RunLimits;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** What it said on both streams. */
  readonly output: string;
  readonly droppedBytes: number;
  /** What ended it from outside: the clock, and what the watcher said. */
  readonly ended: ReadonlySet<LimitName>;
  /** What its cgroup refused. */
  readonly refused: readonly LimitName[];
  /** The highest of each number. */
  readonly peak: TreePeak;
  /** The size of the biggest file that it left, among those that it changed. */
  readonly biggestFile: number;
};

/**
 * The limits that a program ran into. What ended it from outside is known; what the kernel refused
 * to one of its processes has to be told by how that died and what it said. Words that others say
 * too count only where a number that was seen fits them.
 */
export function nameLimits(seen: SeenEnd): readonly LimitName[] {
  return LIMIT_NAMES.filter(
    (name) => seen.ended.has(name) || seen.refused.includes(name) || isNamed(name, seen),
  );
}

function isNamed(name: LimitName, seen: SeenEnd): boolean {
  const { limits, peak } = seen;
  switch (name) {
    case 'output':
      return seen.droppedBytes > 0;
    case 'cpu':
      return diedOf('SIGXCPU', seen);
    case 'file-size':
      return diedOf('SIGXFSZ', seen) || says(seen, FILE_TOO_LARGE) || leftWholeFile(seen);
    case 'open-files':
      return (
        TOO_MANY_FILES.test(seen.output) &&
        (hasFailed(seen) || isNear(peak.openFiles, limits.openFiles))
      );
    case 'memory':
      return ranOutOfMemory(seen);
    case 'processes':
      return says(seen, CANNOT_FORK) && isNear(peak.tasks, mostTasks(limits.processes));
    case 'time':
    case 'disk':
      return false;
    default:
      return name satisfies never;
  }
}

/** Shells and cages say of a child that died of a signal: 128 and its number. */
const diedOf = (name: keyof typeof constants.signals, { exitCode, signal }: SeenEnd): boolean =>
  signal === name || exitCode === 128 + constants.signals[name];

const hasFailed = ({ exitCode }: SeenEnd): boolean => exitCode !== 0;

const says = (seen: SeenEnd, words: RegExp): boolean => hasFailed(seen) && words.test(seen.output);

/** A file that was cut off has exactly that size; so may one that was meant to. */
const leftWholeFile = (seen: SeenEnd): boolean =>
  seen.biggestFile === seen.limits.fileBytes &&
  (hasFailed(seen) || FILE_TOO_LARGE.test(seen.output));

/** A number that is looked at a few times a second is rarely seen at its very top. */
const isNear = (seen: number, limit: number): boolean => seen >= limit * NEARLY;
const NEARLY = 0.9;

/**
 * An allocation that was refused. A program with a limit of its own on its heap dies with the same
 * words; where there was time to see how much it had, that must have been a good part of ours.
 */
function ranOutOfMemory(seen: SeenEnd): boolean {
  const { tookMs, dataBytes, memoryBytes } = seen.peak;
  const hadMuch = Math.max(dataBytes, memoryBytes) >= seen.limits.memoryBytes / 2;
  if (says(seen, NO_MEMORY)) return hadMuch || tookMs < BLIND_MS;
  // Some do not even get to say it.
  const isAtTheTop = isNear(dataBytes, seen.limits.memoryBytes);
  return (
    (hadMuch && says(seen, WANT_MEMORY)) ||
    (isAtTheTop && CRASHES.some((name) => diedOf(name, seen)))
  );
}

const CRASHES = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGTRAP'] as const;

/** So long a program may grow between two looks. */
const BLIND_MS = 1000;

/** As the C library, Node, Python, Go, Rust and Java say it; the plain words are anybody's. */
const FILE_TOO_LARGE = /\bEFBIG\b|\[Errno 27\]|\(os error 27\)|File size limit exceeded/;
const TOO_MANY_FILES = /\bEMFILE\b|\[Errno 24\]|\(os error 24\)|[Tt]oo many open files/;
const CANNOT_FORK =
  /\bEAGAIN\b|\[Errno 11\]|\(os error 11\)|[Cc]annot fork|[Rr]esource temporarily unavailable|can't start new thread|unable to create (new )?native thread|pthread_create failed/;
const NO_MEMORY =
  /\bENOMEM\b|\[Errno 12\]|\(os error 12\)|\bMemoryError\b|std::bad_alloc|heap out of memory|Fatal process out of memory|runtime: out of memory|[Cc]annot allocate (memory|\d+ bytes)|memory allocation of \d+ bytes failed|memory exhausted|insufficient memory for the Java Runtime/;
const WANT_MEMORY = /out of memory|OutOfMemory|not enough memory/i;
