import type { Image, Step } from '../types.ts';

/**
 * Steps that can be begun together: neighbours in the order, changes of files only, none waiting
 * for another one of them, none that is asked about at its turn. All else goes by itself.
 */
export function batchSteps(steps: readonly Step[]): readonly (readonly Step[])[] {
  const batches: Step[][] = [];
  let open: { ids: Set<string>; bytes: number; paths: number; steps: Step[] } | null = null;
  for (const step of steps) {
    const bytes = bytesOf(step.before) + bytesOf(step.after);
    const joins =
      open !== null &&
      mayJoin(step) &&
      open.steps.length < MOST_STEPS &&
      open.paths + step.before.length <= MOST_PATHS &&
      open.bytes + bytes <= MOST_BYTES &&
      !step.dependsOn.some((id) => open?.ids.has(id));
    if (open !== null && joins) {
      open.steps.push(step);
      open.ids.add(step.id);
      open.bytes += bytes;
      open.paths += step.before.length;
      continue;
    }
    const first = [step];
    batches.push(first);
    const { length } = step.before;
    open = mayJoin(step) ? { ids: new Set([step.id]), bytes, paths: length, steps: first } : null;
  }
  return batches;
}

const MOST_STEPS = 64;
const MOST_PATHS = 256;
const MOST_BYTES = 32 * 1024 * 1024;

const mayJoin = ({ action, risk, check }: Step): boolean =>
  isOnFiles(action.kind) && !check && !isAskedAgain({ risk });

export const isOnFiles = (kind: Step['action']['kind']): boolean =>
  kind === 'file.write' ||
  kind === 'file.edit' ||
  kind === 'file.delete' ||
  kind === 'file.move' ||
  kind === 'folder.create';

/** Steps that the person is asked about once more when their turn comes. */
export const isAskedAgain = ({ risk }: Pick<Step, 'risk'>): boolean =>
  risk === 'high' || risk === 'critical';

const bytesOf = (images: readonly Image[]): number =>
  images.reduce((sum, image) => sum + (image.kind === 'file' ? image.size : 0), 0);
