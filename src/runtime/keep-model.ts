import { fail, ok } from '../core/result.ts';
import type { Change, Progress, Result } from '../core/types.ts';
import type { ModelKeeper } from '../ports.ts';

/** What changes what the model's server has; it takes its time and can be called off. */
export type ModelChange = Extract<Change, { kind: 'model.pull' | 'model.warm' | 'model.unload' }>;

export const isOfModel = (change: Change): change is ModelChange =>
  change.kind === 'model.pull' || change.kind === 'model.warm' || change.kind === 'model.unload';

export async function keepModel(
  models: ModelKeeper,
  { kind, model }: ModelChange,
  progress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  switch (kind) {
    case 'model.warm':
      return models.warm(model, signal);
    case 'model.unload':
      return models.unload(model, signal);
    case 'model.pull':
      return pull(models, model, progress, signal);
    default:
      return kind satisfies never;
  }
}

const MEGABYTE = 1_000_000;

async function pull(
  models: ModelKeeper,
  model: string,
  progress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Result<void>> {
  for await (const piece of models.pull(model, signal)) {
    if (piece.kind === 'end') return piece.result;
    if (signal.aborted) break;
    if (piece.totalBytes === 0) continue;
    const done = Math.floor(piece.doneBytes / MEGABYTE);
    progress({ what: 'MB', done, total: Math.ceil(piece.totalBytes / MEGABYTE) });
  }
  return signal.aborted
    ? fail('cancelled', `Pulling ${model} was cancelled; what is there stays.`)
    : ok(undefined);
}
