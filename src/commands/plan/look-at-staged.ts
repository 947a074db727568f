import { stagedOf } from '../../core/commit/staged.ts';
import { ok } from '../../core/result.ts';
import type { DraftStep, PlanDraft, Result, Situation, Staged } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import { explainAction, factsOf, indexUseOf, isRun } from './explain-action.ts';

type Looking = Pick<Readers, 'images' | 'pending' | 'policy'>;

/** What a plan that commits has to know of; null for any other, and where there is no repository. */
export async function lookAtStaged(
  readers: Looking,
  situation: Situation,
  { steps }: PlanDraft,
  signal: AbortSignal,
): Promise<Result<Staged> | null> {
  if (!steps.some((step) => commits(readers, situation, step))) return null;
  const read = await readers.pending.read('staged', signal);
  if (read.ok) return ok(stagedOf(read.value));
  return read.error.code === 'not-found' ? null : read;
}

function commits(readers: Looking, situation: Situation, { action }: DraftStep): boolean {
  if ('edits' in action || !isRun(action.kind)) return false;
  const explained = explainAction(readers, situation, action);
  return explained.ok && indexUseOf(readers, situation, factsOf(explained.value)) === 'commits';
}
