import { USUAL_FORM } from '../../core/author/choose-form.ts';
import { imagineActions, imagineTexts, type Texts } from '../../core/author/imagine-texts.ts';
import { chooseModel } from '../../core/models/choose-model.ts';
import { fail, ok } from '../../core/result.ts';
import type {
  Action,
  ChatEnd,
  ChatMessage,
  EditTries,
  FormHabit,
  Result,
} from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

/** A model at work on one plan, and all that it works with. */
export type Author = {
  readonly context: CommandContext;
  readonly model: string;
  /** In which it edits files best. */
  readonly form: FormHabit;
  readonly windowTokens: number;
  /** Files that a person let the model read. */
  readonly given: Set<string>;
  /** What the model was asked so far, and what came of it. */
  readonly ends: Result<ChatEnd>[];
  /** The edits that it was asked for. */
  readonly edits: EditTries[];
  /** The workspace as the steps so far leave it. */
  readonly texts: Texts;
  /** What will be done before anything of this; `texts` knows of it. */
  readonly before: readonly Action[];
  readonly estimate: (text: string) => number;
};

export async function openAuthor(context: CommandContext): Promise<Result<Author>> {
  const { readers, signal } = context;
  const wanted = wantedModel(context);
  if (!wanted.ok) return wanted;
  const cards = await readers.models.list(signal);
  if (!cards.ok) return cards;
  const model = chooseModel(cards.value, wanted.value);
  if (!model.ok) return model;
  const { name, digest } = model.value;
  const window = await readers.talker.window(name, signal);
  if (!window.ok) return window;
  return ok({
    context,
    model: name,
    form: formOf(context, digest),
    windowTokens: window.value.tokens,
    given: new Set(),
    ends: [],
    edits: [],
    texts: imagineTexts((path) => loadText(context, path)),
    before: [],
    estimate: (text) => readers.talker.estimate(name, text),
  });
}

/** The same author, once these actions are done. */
export function authorAfter(author: Author, before: readonly Action[]): Author {
  const texts = imagineTexts((path) => loadText(author.context, path));
  imagineActions(texts, before);
  return { ...author, texts, before };
}

/** What was learned of the model; where that cannot be read, it is said, and the usual one serves. */
function formOf({ readers, show }: CommandContext, digest: string): FormHabit {
  const habit = readers.habits.find(digest);
  if (habit.ok) return habit.value?.form ?? USUAL_FORM;
  const { message, hint = '' } = habit.error;
  show({ kind: 'text', text: `${message} ${hint}`.trim(), tone: 'warn' });
  return USUAL_FORM;
}

/** The one that is said to answer, else the one that is configured; empty: any. */
function wantedModel({ model, readers }: CommandContext): Result<string> {
  if (model.kind === 'ready') return ok(model.name);
  const configured = readers.config.load();
  return configured.ok ? ok(configured.value.settings.model) : configured;
}

const MOST_BYTES = 4 * 1024 * 1024;

/** Reads without following a link. Null where no file lies there. */
function loadText({ readers }: CommandContext, path: string): Result<string | null> {
  const image = readers.images.look(path);
  if (!image.ok) return image;
  if (image.value.kind !== 'file') return ok(null);
  if (image.value.size > MOST_BYTES) {
    return fail('limit', `${path} has ${image.value.size} bytes, which is too much for a model.`);
  }
  const loaded = readers.images.load(path);
  if (!loaded.ok) return loaded;
  const content = readers.hashing.contentOf(loaded.value.bytes);
  return typeof content === 'string' ? ok(content) : fail('unreadable', `${path} is no text.`);
}

/** Tokens are estimated, and templates write around messages: a part of the window stays free. */
const SURE = 1.08;
const MESSAGE_TOKENS = 10;

/** What is left of the window for an answer. */
export const roomBehind = (
  { windowTokens, estimate }: Author,
  messages: readonly ChatMessage[],
): number => {
  const prompt = messages.reduce((sum, { text }) => sum + MESSAGE_TOKENS + estimate(text), 0);
  return Math.floor(windowTokens - prompt * SURE);
};
