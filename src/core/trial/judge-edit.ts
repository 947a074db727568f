import { editTask, type Writing } from '../author/ask-edit.ts';
import { messagesOf } from '../author/messages.ts';
import type { Order } from '../author/order.ts';
import { orderOf } from '../author/order.ts';
import { readEdit } from '../author/read-edit.ts';
import type { EditView } from '../edit/types.ts';
import type { ChatMessage, EditForm } from '../types.ts';
import type { EditCase } from './edit-cases.ts';

/** What a model is asked for, in the very words in which plans ask for it. */
export function editMessages(trial: EditCase, form: EditForm): readonly ChatMessage[] {
  const order: Order = orderOf('plan', trial.request);
  const writing = writingOf(trial, form);
  const outline = { goal: trial.request, steps: [writing.step], open: [] };
  const task = editTask({ order, outline, writing, isShown: false, asides: [] });
  return messagesOf(`The request: ${trial.request}`, task);
}

/** Why the answer does not come to the text that was wanted; null where it does. */
export function judgeEdit(
  reply: string,
  trial: EditCase,
  form: EditForm,
  parses: EditView['parses'],
): string | null {
  const edited = readEdit(reply, writingOf(trial, form), parses);
  if (!edited.ok) return edited.error.message;
  if (edited.value === trial.after) return null;
  return edited.value === trial.before ? 'It changed nothing.' : 'It changed something else.';
}

const writingOf = ({ path, before, why }: EditCase, form: EditForm): Writing => ({
  step: { id: '1', kind: 'edit', path, why, dependsOn: [] },
  path,
  text: before,
  form,
  mayStay: false,
});
