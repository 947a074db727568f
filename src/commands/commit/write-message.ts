import { againMessages } from '../../core/author/messages.ts';
import { commitMessages } from '../../core/commit/commit-prompt.ts';
import { type PendingWhat, sayStamp } from '../../core/commit/pending.ts';
import {
  type CommitMessage,
  readMessage,
  shortenSubject,
  textOfMessage,
} from '../../core/commit/read-message.ts';
import { type SharedDiff, shareDiffs } from '../../core/commit/share-diffs.ts';
import { failModel } from '../../core/models/trouble.ts';
import { shareWindow } from '../../core/prompt/share-window.ts';
import { fail, ok } from '../../core/result.ts';
import type { ChatEnd, ChatMessage, ContextEntry, Result } from '../../core/types.ts';
import { askModel } from '../author/ask-model.ts';
import type { Author } from '../author/open-author.ts';
import { turnOf } from '../author/turn-of.ts';
import type { CommandContext } from '../command.ts';
import { type Gathered, gatherChanges } from './gather-changes.ts';
import { notesOf } from './say-left-out.ts';

/** A message for what is pending, and what it was made from. */
export type Written = {
  readonly message: CommitMessage;
  readonly gathered: Gathered;
  readonly notes: readonly string[];
  readonly end: ChatEnd;
};

/** A message is short; what is longer is no message. */
const MOST_ANSWER_TOKENS = 600;
const MOST_PATCH_TOKENS = 6_000;

/** Reads what is pending, gives the model what fits, and asks it for a message, twice at most. */
export async function writeMessage(
  context: CommandContext,
  what: PendingWhat,
): Promise<Result<Written>> {
  const { model, readers, signal } = context;
  if (model.kind !== 'ready') return fail('model', 'No model is there to ask.');
  const gathered = await gatherChanges(context, what);
  if (!gathered.ok) return gathered;
  const window = await readers.talker.window(model.name, signal);
  if (!window.ok) return window;
  const started = context.now().getTime();
  const author: Asking = {
    context,
    model: model.name,
    windowTokens: window.value.tokens,
    ends: [],
    edits: [],
  };
  const packed = pack(author, gathered.value);
  const notes = packed.ok ? notesOf(gathered.value, packed.value.diffs) : [];
  for (const text of notes) context.show({ kind: 'text', text, tone: 'warn' });
  const written = packed.ok ? await askTwice(author, packed.value.messages) : packed;
  const tookMs = context.now().getTime() - started;
  const asked = `${describe(gathered.value)}, ${sayStamp(what, gathered.value.changes)}`;
  const entries = packed.ok ? entriesOf(gathered.value, packed.value.diffs) : [];
  const answer = written.ok ? ok(textOfMessage(written.value.message)) : written;
  context.talked(turnOf(author, { command: 'commit message', asked, answer, tookMs }, entries));
  if (!written.ok) return written;
  const { message, note, end } = written.value;
  if (note !== null) context.show({ kind: 'text', text: note, tone: 'warn' });
  const all = note === null ? notes : [...notes, note];
  return ok({ message, gathered: gathered.value, notes: all, end });
}

type Asking = Pick<Author, 'context' | 'model' | 'windowTokens' | 'ends' | 'edits'>;

type Packed = { readonly messages: readonly ChatMessage[]; readonly diffs: readonly SharedDiff[] };

function pack(
  { context, model, windowTokens }: Asking,
  { changes, diffs, subjects }: Gathered,
): Result<Packed> {
  const estimate = (text: string): number => context.readers.talker.estimate(model, text);
  const { promptTokens } = shareWindow(windowTokens);
  const given = { files: changes.files, subjects };
  const bare = commitMessages({ ...given, diffs: [] });
  const room = promptTokens - bare.reduce((sum, { text }) => sum + estimate(text), 0);
  if (room < 0) {
    return failModel(
      'window',
      `The names of the files alone are more than fits into the window of ${windowTokens} tokens.`,
      { hint: 'Stage less at once, or use a model with a larger window.' },
    );
  }
  const shared = shareDiffs(diffs, Math.min(room, MOST_PATCH_TOKENS), estimate);
  return ok({ messages: commitMessages({ ...given, diffs: shared }), diffs: shared });
}

type Said = {
  readonly message: CommitMessage;
  readonly note: string | null;
  readonly end: ChatEnd;
};

async function askTwice(author: Asking, messages: readonly ChatMessage[]): Promise<Result<Said>> {
  const { answerTokens } = shareWindow(author.windowTokens);
  const most = Math.min(answerTokens, MOST_ANSWER_TOKENS);
  const first = await askModel(author, messages, { kind: 'text' }, most);
  if (!first.ok) return first;
  const read = readMessage(first.value.text);
  const { message } = read;
  if (read.problem === null) return ok({ message, note: null, end: first.value });
  const wanted = `That cannot be used. ${read.problem} Write the message again, and nothing else.`;
  const again = againMessages(messages, first.value.text, wanted);
  const second = await askModel(author, again, { kind: 'text' }, most);
  if (!second.ok) return second;
  const better = readMessage(second.value.text);
  const end = second.value;
  if (better.problem === null) return ok({ message: better.message, note: null, end });
  const best = [better.message, message].find(({ subject }) => subject !== '');
  if (best === undefined) {
    return failModel('empty', 'The model wrote no message, twice.', {
      hint: 'Try again, or use another model: models lists them.',
    });
  }
  const note = 'Its first line was too long twice, so it was shortened; it begins the text below.';
  return ok({ message: shortenSubject(best), note, end });
}

const describe = ({ changes }: Gathered): string =>
  `${changes.files.length} ${changes.files.length === 1 ? 'file' : 'files'}`;

function entriesOf({ changes }: Gathered, diffs: readonly SharedDiff[]): readonly ContextEntry[] {
  const fates = new Map(diffs.map(({ path, isWhole }) => [path, isWhole]));
  return changes.files.slice(0, MOST_ENTRIES).map(({ path }): ContextEntry => {
    const isWhole = fates.get(path);
    const fate = isWhole === undefined ? 'left-out' : isWhole ? 'whole' : 'cut';
    return { kind: 'mention', label: path, fate, tokens: 0 };
  });
}

const MOST_ENTRIES = 60;
