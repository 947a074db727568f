import type { Aside } from '../../core/author/ask-edit.ts';
import { imagineActions } from '../../core/author/imagine-texts.ts';
import { orderOf } from '../../core/author/order.ts';
import type { Outline } from '../../core/author/outline.ts';
import { fail, ok } from '../../core/result.ts';
import type { Plan, Result, Step } from '../../core/types.ts';
import { type Gathered, gather } from './gather.ts';
import type { Author } from './open-author.ts';
import { turnOf } from './turn-of.ts';
import { writeFile } from './write-file.ts';

export type RefusedStep = {
  readonly step: Step;
  readonly path: string;
  /** The file with all that was not refused; null: nothing of it is there. */
  readonly base: string | null;
  readonly diff: string;
  /** What was not refused changes the file too. */
  readonly hasRest: boolean;
};

/** What the step's file holds when the model has heard why its first attempt was refused. */
export async function rewriteStep(
  author: Author,
  plan: Plan,
  refused: RefusedStep,
  why: string,
): Promise<Result<string>> {
  const { context } = author;
  const order = orderOf('plan', plan.origin.kind === 'model' ? plan.origin.text : plan.goal);
  const started = context.now().getTime();
  const gathered = await gather(author, order);
  if (!gathered.ok) return gathered;
  const content = await write(author, plan, refused, gathered.value, why);
  const tookMs = context.now().getTime() - started;
  const asked = `Step ${refused.step.id} of plan ${plan.id}, ${refused.path}: ${why}`;
  const answer = content.ok ? ok(`${refused.path} was written anew.`) : content;
  const { entries } = gathered.value;
  context.talked(turnOf(author, { command: 'plan rework', asked, answer, tookMs }, entries));
  return content;
}

async function write(
  author: Author,
  plan: Plan,
  { step, path, base, diff, hasRest }: RefusedStep,
  { text: context, whole }: Gathered,
  why: string,
): Promise<Result<string>> {
  const at = plan.steps.findIndex(({ id }) => id === step.id);
  imagineActions(
    author.texts,
    plan.steps.slice(0, at).map(({ action }) => action),
  );
  if (base !== null) author.texts.write(path, base);
  const task = {
    id: step.id,
    kind: base === null ? 'create' : 'edit',
    path,
    why: `${endSentence(step.why)} A first attempt was refused: ${why}`,
    dependsOn: [],
  } as const;
  const order = orderOf('plan', plan.goal);
  const outline: Outline = { goal: plan.goal, steps: [task], open: [] };
  const aside: Aside = { title: 'What was refused', text: diff, info: 'diff' };
  const desk = { order, outline, context, whole, made: [], asides: [aside], mayStay: hasRest };
  const written = await writeFile(author, desk, task);
  if (!written.ok) return written;
  if (written.value.kind === 'written') return ok(written.value.content);
  const reason = written.value.kind === 'open' ? written.value.why : '';
  return fail('failed', `Step ${step.id} stays as it is: ${reason}`, {
    hint: 'Say it in other words, or change the step yourself: plan edit',
  });
}

const endSentence = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);
