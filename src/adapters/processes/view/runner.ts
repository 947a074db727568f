import type { Clock } from '../../../ports.ts';
import type { Cages } from '../cage/cage-reader.ts';
import type { LimitTools } from '../limits/prlimit-words.ts';
import type { Running } from '../limits/running.ts';
import type { ProcessMark } from '../limits/use.ts';

/** What every program of a workspace is run with. */
export type Runner = {
  readonly cages: Cages;
  readonly limitTools: LimitTools;
  readonly running: Running;
  readonly own: ProcessMark;
  /** The environment that TinyCode itself was given. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Descriptors that this process was started with and no program may find. */
  readonly strays: () => readonly number[];
};
