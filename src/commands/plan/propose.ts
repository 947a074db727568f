import { ok } from '../../core/result.ts';
import type { Json, Outcome, Plan, PlanDraft, Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { finishDraft } from './finish-draft.ts';
import { amendedBlock, findingBlocks, nextBlock, planBlocks } from './plan-blocks.ts';

/** A new plan from a draft, ready to be kept. */
export const propose = (context: CommandContext, draft: PlanDraft): Promise<Result<Outcome>> =>
  finish(context, context.newId(), draft);

/** A new revision of a plan that was looked at. */
export const amend = (
  context: CommandContext,
  plan: Plan,
  draft: PlanDraft,
  reason: string,
): Promise<Result<Outcome>> => finish(context, plan.id, draft, { hash: plan.hash, reason });

async function finish(
  context: CommandContext,
  id: string,
  draft: PlanDraft,
  replaces?: { readonly hash: string; readonly reason: string },
): Promise<Result<Outcome>> {
  const finished = await finishDraft(context, id, draft);
  if (!finished.ok) return finished;
  const { plan, findings } = finished.value;
  return ok({
    kind: 'proposed',
    plan,
    findings,
    ...(replaces === undefined ? {} : { replaces }),
    shown:
      replaces === undefined
        ? [
            ...planBlocks(context.readers, plan, findings, []),
            nextBlock(plan, context.door === 'terminal'),
          ]
        : [amendedBlock(plan), ...findingBlocks(findings)],
    data: { plan, findings } as unknown as Json,
  });
}
