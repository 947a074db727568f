import type { Order } from '../../core/author/order.ts';
import type { Outcome, Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { propose } from '../plan/propose.ts';
import { generatePlan } from './generate-plan.ts';
import { openAuthor } from './open-author.ts';

/** What every command does for which a model plans. */
export async function proposeByModel(
  context: CommandContext,
  order: Order,
): Promise<Result<Outcome>> {
  const author = await openAuthor(context);
  if (!author.ok) return author;
  const draft = await generatePlan(author.value, order);
  return draft.ok ? propose(context, draft.value) : draft;
}
