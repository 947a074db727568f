import { assembleDraft, type Outcome } from '../../core/author/assemble-draft.ts';
import type { Order } from '../../core/author/order.ts';
import { type Outline, type OutlineStep, sayStep } from '../../core/author/outline.ts';
import { fail, ok } from '../../core/result.ts';
import type { Block, Failure, PlanDraft, Result } from '../../core/types.ts';
import { type Gathered, gather } from './gather.ts';
import { makeOutline } from './make-outline.ts';
import type { Author } from './open-author.ts';
import { sayDraft, turnOf } from './turn-of.ts';
import { type Desk, writeFile } from './write-file.ts';

/**
 * A plan that a model makes, in two movements: an outline in a form that is checked, then each
 * file's edit as text. Nothing is kept before all of it is there; until then a cancel leaves nothing.
 */
export async function generatePlan(author: Author, order: Order): Promise<Result<PlanDraft>> {
  const started = author.context.now().getTime();
  const gathered = await gather(author, order);
  if (!gathered.ok) return gathered;
  const draft = await makeDraft(author, order, gathered.value);
  const tookMs = author.context.now().getTime() - started;
  const answer = draft.ok ? ok(sayDraft(draft.value)) : draft;
  const told = { command: order.kind, asked: order.request, answer, tookMs };
  author.context.talked(turnOf(author, told, gathered.value.entries));
  return draft;
}

async function makeDraft(
  author: Author,
  order: Order,
  gathered: Gathered,
): Promise<Result<PlanDraft>> {
  const outline = await makeOutline(author, order, gathered);
  if (!outline.ok) return outline;
  if (order.outline === null) author.context.show(outlineBlock(author, outline.value));
  const { text, whole } = gathered;
  return workOut(author, {
    order,
    outline: outline.value,
    context: text,
    whole,
    asides: [],
    mayStay: false,
  });
}

/** The second movement, step by step; each sees what those before it leave. */
async function workOut(author: Author, desk: Omit<Desk, 'made'>): Promise<Result<PlanDraft>> {
  const { order, outline } = desk;
  const outcomes = new Map<string, Outcome>();
  let made: Desk['made'] = [];
  let gone: Failure | null = null;
  for (const step of outline.steps) {
    if (author.context.signal.aborted) return fail('cancelled', 'Cancelled.');
    const worked = await workOn(author, { ...desk, made }, step, outcomes, gone);
    if (!worked.ok && worked.error.code === 'cancelled') return worked;
    if (!worked.ok) {
      gone = worked.error;
      outcomes.set(step.id, lost(gone));
      continue;
    }
    outcomes.set(step.id, worked.value);
    if (worked.value.kind === 'open') continue;
    imagine(author, step, worked.value);
    if (worked.value.kind === 'written' && 'path' in step) {
      made = [{ path: step.path, step: step.id }, ...made];
    }
  }
  const draft = assembleDraft(order, outline, outcomes);
  const isWritten = [...outcomes.values()].some(({ kind }) => kind === 'written');
  // What is left when the model is gone is worth a plan only where some of its work is in it.
  if (gone !== null && !isWritten) return { ok: false, error: gone };
  return draft.steps.length > 0 ? ok(draft) : nothing(author, draft);
}

async function workOn(
  author: Author,
  desk: Desk,
  step: OutlineStep,
  outcomes: ReadonlyMap<string, Outcome>,
  gone: Failure | null,
): Promise<Result<Outcome>> {
  const missing = step.dependsOn.find((id) => outcomes.get(id)?.kind === 'open');
  if (step.kind !== 'run' && missing !== undefined) {
    return ok({ kind: 'open', why: `it builds on step ${missing}, which could not be planned.` });
  }
  if (step.kind !== 'edit' && step.kind !== 'create') return ok({ kind: 'ready' });
  if (gone !== null) return ok(lost(gone));
  const { kind, ...rest } = step;
  return writeFile(author, desk, { kind, ...rest });
}

const lost = ({ message }: Failure): Outcome => ({
  kind: 'open',
  why: `the model was gone before it was written. ${message}`,
});

function imagine({ texts }: Author, step: OutlineStep, outcome: Outcome): void {
  if (outcome.kind === 'written' && 'path' in step) texts.write(step.path, outcome.content);
  else if (step.kind === 'delete') texts.remove(step.path);
  else if (step.kind === 'move') texts.move(step.from, step.to);
}

const nothing = ({ model }: Author, { open = [] }: PlanDraft) =>
  fail('failed', `Nothing of what ${model} wants could be planned. ${open.join(' ')}`, {
    hint: 'Say it in other words, ask for less at once, or use another model.',
  });

const outlineBlock = ({ model }: Author, { steps }: Outline): Block => ({
  kind: 'text',
  text: `${model} wants to: ${steps.map(sayStep).join(', ')}.`,
  tone: 'dim',
});
