import type { Tools } from './tools.ts';

/** What a program shall find inside of its cage. Folders are absolute and real (no links). */
export type Inside = {
  readonly workspace: string;
  /**
   * Where the files of the workspace lie: another folder where the view is a copy. L3 and L2 lay it
   * over the workspace's own path; on other rungs the program works in `folder`.
   */
  readonly folder: string;
  /** Below `workspace`, or that folder itself. */
  readonly cwd: string;
  /** All variables that the program gets, and no others; see `childEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
  readonly hasNetwork: boolean;
  /** Whether it may write to the workspace. */
  readonly isWritable: boolean;
  /** It is started inside of a holder, whose capabilities it must not get. */
  readonly isHeld: boolean;
  /** How much each of its temporary folders may hold, where the rung has its own. */
  readonly tempBytes: number;
};

/**
 * How a program is started in its cage: `[...argv, ...limits, ...program]`. The program's own
 * variables are not set yet: an LD_PRELOAD among them must not be loaded by what stands outside or
 * what sets limits. It is the first of its process namespace where there is one, so it has to be a
 * shell that waits for the real one; when it ends, the kernel ends all that is left.
 */
export type CageCommand = {
  /** Words that begin with an absolute program, or none. */
  readonly argv: readonly string[];
  /** What can be read from inherited descriptors, by their numbers (from 3 on). */
  readonly bytes: ReadonlyMap<number, Uint8Array>;
  /** The variables that `argv` itself is started with. */
  readonly env: Readonly<Record<string, string>>;
};

/** What cages are made with on this machine; what cannot be seen by looking is seen by trying. */
export type Means = {
  readonly platform: string;
  readonly arch: string;
  readonly tools: Tools;
  readonly user: { readonly uid: number; readonly gid: number };
  /** bwrap from 0.8 on forbids nested user namespaces and bounds what an empty folder holds. */
  readonly isBwrapOld: boolean;
  /** Rung L2 goes without the filter of system calls, which this machine does not take. */
  readonly isUnfiltered: boolean;
  /** Rung L1 can have processes of its own; in some containers it cannot. */
  readonly hasOwnProcesses: boolean;
};
