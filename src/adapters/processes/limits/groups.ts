import type { LimitName, RunLimits } from '../../../core/types.ts';
import type { GroupUse, ProcessMark } from './use.ts';

/** A cgroup of one program. What it cannot do here, it does not say. */
export type Group = {
  /** Come before all other words: who runs behind them is a member, with all that it starts. */
  readonly words: readonly string[];
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
export function openGroup(_id: string, _limits: RunLimits, _owner: ProcessMark): Group | null {
  return null;
}

/** Ends and removes the groups of TinyCodes that died; says how many there were. */
export async function sweepGroups(_isAlive: (mark: ProcessMark) => boolean): Promise<number> {
  return 0;
}
