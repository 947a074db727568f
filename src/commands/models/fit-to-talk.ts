import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { ModelCard, Result } from '../../core/types.ts';

/** Whether a model may be asked and can answer. */
export function fitToTalk({ name, isRemote, abilities }: ModelCard): Result<void> {
  if (isRemote) {
    return failModel('remote', `${name} runs on somebody else's machine.`, {
      hint: 'TinyCode works offline: choose another one.',
    });
  }
  if (abilities.length === 0 || abilities.includes('completion')) return ok(undefined);
  return failModel('no-ability', `${name} makes vectors and cannot talk.`, {
    hint: 'Choose another one: models',
  });
}
