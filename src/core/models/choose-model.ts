import { ok } from '../result.ts';
import type { ModelCard, Result } from '../types.ts';
import { isCloudName, isSameModel } from './names.ts';
import { failModel } from './trouble.ts';

/** The model that is configured, else the first that can talk. */
export function chooseModel(cards: readonly ModelCard[], wanted: string): Result<ModelCard> {
  if (wanted !== '') {
    const found = cards.find(({ name }) => isSameModel(name, wanted));
    if (found) return ok(found);
    return failModel('no-model', `The model ${wanted} is not installed.`, {
      hint: `ollama pull ${wanted}`,
    });
  }
  const first = cards.find(
    ({ name, isRemote, abilities }) =>
      !isRemote &&
      !isCloudName(name) &&
      (abilities.length === 0 || abilities.includes('completion')),
  );
  if (first) return ok(first);
  return failModel('no-model', 'No model is installed that can talk.', {
    hint: 'Get one: ollama pull NAME',
  });
}
