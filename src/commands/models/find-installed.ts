import { isSameModel } from '../../core/models/names.ts';
import { fail, ok } from '../../core/result.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { ModelCard, Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

/** The model of this name, or the one that answers where none is named. */
export async function findInstalled(
  name: string | undefined,
  { readers, signal, model }: CommandContext,
): Promise<Result<ModelCard>> {
  const wanted = name ?? (model.kind === 'ready' ? model.name : '');
  if (wanted === '') return fail('model', 'No model is chosen.', { hint: 'models use NAME' });
  const listed = await readers.models.list(signal);
  if (!listed.ok) return listed;
  const found = listed.value.find((card) => isSameModel(card.name, wanted));
  if (found) return ok(found);
  const near = nearest(
    wanted,
    listed.value.map((card) => card.name),
  );
  return fail('model', `The model ${wanted} is not installed.`, {
    hint: near ? `Did you mean ${near}?` : `models pull ${wanted}`,
    data: { trouble: 'no-model' },
  });
}
