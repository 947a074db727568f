import { ok } from '../../../core/result.ts';
import type { ProgramUse } from '../../../core/types.ts';
import type { ProgramReader } from '../../../ports.ts';
import type { ProcessMark } from './use.ts';

/** What this TinyCode runs, as others that look at the same workspace can see it. */
export type Running = {
  /** Noted at once when a program is new, and then at most once a second. */
  note(use: ProgramUse, tree: RunningTree): void;
  end(id: string): void;
};

/** Where the numbers come from. */
export type RunningTree = { readonly roots: readonly number[]; readonly wrappers: number };

/** `folder` is `running` in the workspace's state folder. */
export function createRunning(_given: {
  readonly folder: string;
  readonly owner: ProcessMark;
  readonly monotonicMs: () => number;
}): Running {
  return { note() {}, end() {} };
}

/** What runs in this workspace now, whoever started it. */
export function createProgramReader(_given: {
  readonly folder: string;
  readonly isAlive: (mark: ProcessMark) => boolean;
  readonly now: () => Date;
}): ProgramReader {
  return { list: async () => ok([]) };
}
