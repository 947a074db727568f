import type { ProgramUse } from '../../../core/types.ts';
import type { ProgramListener, ProgramRequest } from '../../../ports.ts';
import { createDiskGauge } from '../limits/disk-use.ts';
import type { Group } from '../limits/groups.ts';
import type { TreePeak, TreeUse } from '../limits/use.ts';
import { type TreeWatch, watchTree } from '../limits/watch-tree.ts';
import type { Stop } from './attend.ts';
import type { Ground } from './ground.ts';
import type { Runner } from './runner.ts';

/** Watches what a program uses, tells whoever listens, and stops it where it is too much. */
export function watchUse(
  run: Runner & { readonly id: string; readonly group: Group | null; readonly startedOn: Date },
  { written }: Ground,
  { what, argv, cage: { rung, limits } }: ProgramRequest,
  { pid, wrappers }: { readonly pid: number; readonly wrappers: number },
) {
  const { id, group, running, clock, startedOn } = run;
  const { monotonicMs } = clock;
  const tree = { roots: [pid], wrappers };
  const known = { id, what, argv, rung, startedAt: startedOn.toISOString(), limits };
  let peak: TreePeak | null = null;
  return {
    begin(listener: ProgramListener, stop: (why: Stop) => void): () => void {
      const tell = (use: TreeUse) => {
        const whole: ProgramUse = { ...known, ...use };
        running.note(whole, tree);
        try {
          listener.onUse(whole);
        } catch (error) {
          stop({ kind: 'thrown', error });
        }
      };
      const watch: TreeWatch = watchTree({
        ...{ roots: () => tree.roots, wrappers, limits, group, monotonicMs },
        usedBytes: written === null ? null : gaugeOf(written, limits.diskBytes, monotonicMs),
        onUse: tell,
        onLimit: (name) => stop({ kind: 'limit', name }),
      });
      return () => {
        peak = watch.stop();
      };
    },
    /** Once it has ended. */
    peak(): TreePeak {
      if (peak === null) throw new Error('What is still watched has no highest numbers.');
      return peak;
    },
  };
}

function gaugeOf(
  { folder, bytes }: NonNullable<Ground['written']>,
  enough: number,
  monotonicMs: () => number,
): () => Promise<number> {
  const count = createDiskGauge(folder, enough + bytes, monotonicMs);
  return async () => Math.max(0, (await count()) - bytes);
}
