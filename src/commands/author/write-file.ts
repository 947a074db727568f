import { type Aside, editAgain, editTask, type Writing } from '../../core/author/ask-edit.ts';
import type { Outcome } from '../../core/author/assemble-draft.ts';
import { chooseForm } from '../../core/author/choose-form.ts';
import { languageOf } from '../../core/author/fenced.ts';
import { isMendable } from '../../core/author/is-mendable.ts';
import { againMessages, messagesOf } from '../../core/author/messages.ts';
import type { Order } from '../../core/author/order.ts';
import type { Outline, OutlineStep } from '../../core/author/outline.ts';
import { readEdit } from '../../core/author/read-edit.ts';
import type { EditRefusal } from '../../core/edit/types.ts';
import { troubleOf } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { ChatMessage, EditForm, Failure, Result } from '../../core/types.ts';
import type { Parses } from '../../ports.ts';
import { askModel } from './ask-model.ts';
import { type Author, roomBehind } from './open-author.ts';

/** What is known when one file is to be written. */
export type Desk = {
  readonly order: Order;
  readonly outline: Outline;
  readonly context: string;
  /** Files that stand whole in the context. */
  readonly whole: ReadonlySet<string>;
  /** What earlier steps made of files, the newest first. */
  readonly made: readonly { readonly path: string; readonly step: string }[];
  readonly asides: readonly Aside[];
  /** Of a file of which something was refused: the rest of it is worth having. */
  readonly mayStay: boolean;
};

type FileStep = OutlineStep & { readonly kind: 'edit' | 'create' };

/**
 * The second movement, for one file: the model writes its edit as text, which goes through the
 * ladder against the text that is there then. A refusal goes back once. Fails only where nothing
 * more can be asked at all.
 */
export async function writeFile(
  author: Author,
  desk: Desk,
  step: FileStep,
): Promise<Result<Outcome>> {
  const { context, texts } = author;
  const { path } = step;
  const read = texts.read(path);
  if (!read.ok) return ok({ kind: 'open', why: read.error.message });
  const text = read.value;
  if (text === null && step.kind === 'edit') {
    return ok({ kind: 'open', why: 'the file is not there.' });
  }
  const fitting = prepare(author, desk, step, text);
  if (fitting === null) return ok({ kind: 'open', why: tooLarge(author, path, text) });
  const { writing, messages, maxTokens, lacks } = fitting;
  if (lacks !== null) {
    const note = `${path} is written without ${lacks} in sight: the window of ${author.model} (${author.windowTokens} tokens) has no room for that.`;
    context.show({ kind: 'text', text: note, tone: 'warn' });
  }
  const parses = await context.readers.syntax.load([path], context.signal);
  const tries: string[] = [];
  author.edits.push({ path, tries });
  const first = await tryEdit(author, writing, messages, maxTokens, parses);
  tries.push(nameOf(first));
  if (first.kind !== 'refused') return end(first);
  context.show({
    kind: 'text',
    text: `The edit of ${path} could not be used and was asked for again: ${first.refusal.message}`,
    tone: 'dim',
  });
  const task = editAgain(writing, first.refusal);
  const again = againMessages(messages, first.answer, task);
  const room = roomBehind(author, again);
  // Where the talk has grown over the window, the answer that was refused is left out of it.
  const isRoomy = room >= needOf(author, writing);
  const shorter = isRoomy ? again : againMessages(messages, '', task);
  const most = Math.min(maxTokens, roomBehind(author, shorter));
  const second = await tryEdit(author, writing, shorter, Math.max(most, 1), parses);
  tries.push(nameOf(second));
  return end(second);
}

type Tried =
  | { readonly kind: 'written'; readonly content: string }
  | { readonly kind: 'refused'; readonly refusal: EditRefusal; readonly answer: string }
  | { readonly kind: 'broken-off'; readonly why: string }
  | { readonly kind: 'failed'; readonly error: Failure };

function nameOf(tried: Tried): string {
  if (tried.kind === 'refused') return tried.refusal.code;
  return tried.kind === 'written' ? 'taken' : tried.kind;
}

function end(tried: Tried): Result<Outcome> {
  switch (tried.kind) {
    case 'written':
      return ok(tried);
    case 'refused':
      return ok({ kind: 'open', why: `the model’s edit cannot be used. ${tried.refusal.message}` });
    case 'broken-off':
      return ok({ kind: 'open', why: tried.why });
    case 'failed':
      return { ok: false, error: tried.error };
    default:
      return tried satisfies never;
  }
}

async function tryEdit(
  author: Author,
  writing: Writing,
  messages: readonly ChatMessage[],
  maxTokens: number,
  parses: Parses,
): Promise<Tried> {
  const asked = await askModel(author, messages, { kind: 'text' }, maxTokens);
  if (!asked.ok) {
    const { error } = asked;
    if (troubleOf(error) === 'window') return { kind: 'broken-off', why: error.message };
    if (!isMendable(error)) return { kind: 'failed', error };
    const refusal = { code: 'malformed', message: error.message } as const;
    return { kind: 'refused', refusal, answer: '' };
  }
  const { why, text } = asked.value;
  if (why !== 'stop') {
    const limit = why === 'window' ? 'the window is full' : 'it grew too long';
    return { kind: 'broken-off', why: `the model’s answer broke off, as ${limit}.` };
  }
  const edited = readEdit(text, writing, parses);
  return edited.ok
    ? { kind: 'written', content: edited.value }
    : { kind: 'refused', refusal: edited.error, answer: text };
}

type Fitting = {
  readonly writing: Writing;
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  /** What would have helped and had no room; null: nothing. */
  readonly lacks: string | null;
};

/** With all that helps, else with less of it; but the file itself is there whole, or not at all. */
function prepare(author: Author, desk: Desk, step: FileStep, text: string | null): Fitting | null {
  const { order, outline, whole, mayStay } = desk;
  const { path } = step;
  const asides = asidesOf(author, desk, step);
  const bare = `The request: ${order.request}`;
  const isShown = whole.has(path) && !author.texts.isChanged(path);
  for (const form of formsFor(author, text)) {
    const writing: Writing = { step, path, text, form, mayStay };
    for (const [context, seen, beside, lacks] of [
      [desk.context, isShown, asides, null],
      [desk.context, isShown, desk.asides, 'what the steps before it made'],
      [bare, false, desk.asides, 'the rest of the project'],
    ] as const) {
      const task = { order, outline, writing, isShown: seen, asides: beside };
      const messages = messagesOf(context, editTask(task));
      const room = roomBehind(author, messages);
      const need = needOf(author, writing);
      const maxTokens = Math.min(room, need * SPARE);
      if (room >= need) return { writing, messages, maxTokens, lacks };
    }
  }
  return null;
}

/** Nobody writes a file of three times the length that was to be expected. */
const SPARE = 3;

/** A file that cannot be written whole may still be changed in places. */
function formsFor({ estimate, form: habit }: Author, text: string | null): readonly EditForm[] {
  const file = { tokens: estimate(text ?? ''), isNew: text === null };
  const form = chooseForm(file, habit);
  return form === 'whole' && text !== null ? [form, habit.beyond] : [form];
}

const LEAST_EDIT_TOKENS = 400;
const MOST_EDIT_TOKENS = 1500;
const NEW_FILE_SHARE = 0.25;

/** Tokens that an answer will need, generously. */
function needOf({ estimate, windowTokens }: Author, { form, text }: Writing): number {
  if (text === null) return Math.min(MOST_EDIT_TOKENS, Math.floor(windowTokens * NEW_FILE_SHARE));
  const own = estimate(text);
  if (form === 'whole') return Math.ceil(own * 1.3) + LEAST_EDIT_TOKENS / 2;
  return Math.min(Math.max(Math.ceil(own / 2), LEAST_EDIT_TOKENS), MOST_EDIT_TOKENS);
}

/** What earlier steps made of other files, those first on which this one builds. */
function asidesOf({ texts }: Author, desk: Desk, step: FileStep): readonly Aside[] {
  const made = desk.made.filter(({ path }) => path !== step.path);
  const first = made.filter(({ step: id }) => step.dependsOn.includes(id));
  const ordered = [...first, ...made.filter((each) => !first.includes(each))].slice(0, MOST_ASIDES);
  const fresh = ordered.flatMap(({ path }): readonly Aside[] => {
    const text = texts.read(path);
    if (!text.ok || text.value === null) return [];
    return [
      { title: `${path} as an earlier step leaves it`, text: text.value, info: languageOf(path) },
    ];
  });
  return [...fresh, ...desk.asides];
}

const MOST_ASIDES = 3;

function tooLarge({ estimate, windowTokens, model }: Author, path: string, text: string | null) {
  const size = text === null ? '' : ` (about ${estimate(text)} tokens)`;
  return `${path}${size} does not fit into the window of ${model} (${windowTokens} tokens) together with the request and its answer. Give the model a larger window, or split the file.`;
}
