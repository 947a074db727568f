import { nothingPlanned, outlineAgain, outlineTask } from '../../core/author/ask-outline.ts';
import { isMendable } from '../../core/author/is-mendable.ts';
import { againMessages, messagesOf } from '../../core/author/messages.ts';
import type { Order } from '../../core/author/order.ts';
import { OUTLINE_SCHEMA, type Outline, type RawOutline } from '../../core/author/outline.ts';
import { type OutlineSight, readOutline } from '../../core/author/read-outline.ts';
import { failModel } from '../../core/models/trouble.ts';
import { foreseeStep } from '../../core/plan/foresee-step.ts';
import { imagineWorld } from '../../core/plan/world.ts';
import { fail, ok } from '../../core/result.ts';
import type { Action, ChatMessage, Failure, Result } from '../../core/types.ts';
import { askModel } from './ask-model.ts';
import type { Gathered } from './gather.ts';
import { type Author, roomBehind } from './open-author.ts';

const MOST_OUTLINE_TOKENS = 1500;
const LEAST_OUTLINE_TOKENS = 200;

/** The first movement: which files change, and why. What comes to nothing is asked for once more. */
export async function makeOutline(
  author: Author,
  order: Order,
  gathered: Gathered,
): Promise<Result<Outline>> {
  if (order.outline !== null) return readGiven(author, order, order.outline, gathered.paths);
  const messages = messagesOf(gathered.text, outlineTask(order));
  const first = await tryOutline(author, order, gathered, messages);
  if (first.kind === 'outline') return ok(first.outline);
  if (first.kind === 'failed') return { ok: false, error: first.error };
  author.context.show({
    kind: 'text',
    text: `The outline could not be used and was asked for again: ${first.failure.message}`,
    tone: 'dim',
  });
  const again = againMessages(messages, first.answer, outlineAgain(first.failure));
  const second = await tryOutline(author, order, gathered, again);
  if (second.kind === 'outline') return ok(second.outline);
  return { ok: false, error: second.kind === 'failed' ? second.error : second.failure };
}

type Tried =
  | { readonly kind: 'outline'; readonly outline: Outline }
  | { readonly kind: 'mendable'; readonly failure: Failure; readonly answer: string }
  | { readonly kind: 'failed'; readonly error: Failure };

async function tryOutline(
  author: Author,
  order: Order,
  { paths }: Gathered,
  messages: readonly ChatMessage[],
): Promise<Tried> {
  const room = Math.min(roomBehind(author, messages), MOST_OUTLINE_TOKENS);
  if (room < LEAST_OUTLINE_TOKENS) return { kind: 'failed', error: noRoom(author) };
  const output = { kind: 'schema', schema: OUTLINE_SCHEMA } as const;
  const asked = await askModel(author, messages, output, room);
  if (!asked.ok) {
    if (!isMendable(asked.error)) return { kind: 'failed', error: asked.error };
    return { kind: 'mendable', failure: asked.error, answer: '' };
  }
  // The client has checked it against the schema.
  const raw = asked.value.value as unknown as RawOutline;
  const outline = readOutline(raw, sightOf(author, order, paths));
  if (outline.steps.length > 0) return { kind: 'outline', outline };
  const failure = fail(
    'failed',
    `The outline of ${author.model} comes to nothing: ${nothingPlanned(outline.open)}`,
    { hint: 'Say it in other words, and name the files that are to change.' },
  ).error;
  return { kind: 'mendable', failure, answer: asked.value.text };
}

const noRoom = ({ model, windowTokens }: Author): Failure =>
  failModel(
    'window',
    `The window of ${model} (${windowTokens} tokens) has no room for an outline.`,
    {
      hint: 'Give the model a larger window, or use another one.',
      data: { contextTokens: windowTokens },
    },
  ).error;

function readGiven(
  author: Author,
  order: Order,
  raw: RawOutline,
  paths: readonly string[],
): Result<Outline> {
  const outline = readOutline(raw, sightOf(author, order, paths));
  return outline.steps.length > 0 ? ok(outline) : fail('denied', outline.open.join(' '));
}

function sightOf(
  { context, given, before }: Author,
  { untouched }: Order,
  paths: readonly string[],
): OutlineSight {
  const { images, hashing, policy } = context.readers;
  const world = imagineWorld(images);
  const foresee = (action: Action) => foreseeStep(world, hashing.measure, images.newModes, action);
  for (const action of before) foresee(action);
  // A plan runs in mode execute, whatever mode it is written in.
  const situation = { ...context.situation, mode: 'execute' } as const;
  return {
    paths,
    untouched,
    look: (path: string) => world.look(path),
    foresee,
    forbids(action: Action): string | null {
      const decided = policy.decide(action, situation);
      if (!decided.ok) return decided.error.message;
      const { verdict, because } = decided.value;
      const reason = because[0]?.reason ?? 'it is not allowed';
      // What a person must be asked about before it is read is nothing for a model.
      const isHidden = action.kind === 'file.read' && verdict === 'ask' && !given.has(action.path);
      return verdict === 'deny' || isHidden ? reason : null;
    },
  };
}
