import type { ProgramUse } from '../core/types.ts';
import type { Program } from './live/view.ts';

/** Remembers of the program that runs what it had used a moment ago. */
export type ProgramWatch = {
  watch(use: ProgramUse | null): void;
  program(): Program | null;
};

export function createProgramWatch(): ProgramWatch {
  let seen: readonly ProgramUse[] = [];
  return {
    watch(use) {
      if (use === null) seen = [];
      else if (use !== seen.at(-1)) {
        const before = seen.filter(({ id }) => id === use.id);
        seen = [...before, use].slice(-MOST_SEEN);
      }
    },
    program() {
      const [first, last] = [seen[0], seen.at(-1)];
      if (first === undefined || last === undefined) return null;
      const passedMs = last.tookMs - first.tookMs;
      const cpuShare = passedMs <= 0 ? null : (last.cpuMs - first.cpuMs) / passedMs;
      return { use: last, cpuShare };
    },
  };
}

/** About a second of them: what is older is no news. */
const MOST_SEEN = 5;
