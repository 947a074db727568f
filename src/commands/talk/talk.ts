import { estimateTokens } from '../../core/models/estimate-tokens.ts';
import { failModel, troubleOf } from '../../core/models/trouble.ts';
import { compactTranscript } from '../../core/prompt/compact-transcript.ts';
import type { ContextPart } from '../../core/prompt/context-part.ts';
import { findCitations } from '../../core/prompt/find-citations.ts';
import { type Packed, packContext } from '../../core/prompt/pack-context.ts';
import { type Shares, shareWindow } from '../../core/prompt/share-window.ts';
import { LOOKING_SYSTEM } from '../../core/prompt/system-text.ts';
import { fail, ok } from '../../core/result.ts';
import type {
  ChatEnd,
  ChatRequest,
  Json,
  Outcome,
  Result,
  Source,
  Turn,
} from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { type Heard, hearAnswer } from './hear-answer.ts';
import { brokenOffNote, compactionNote, cutNotes, noteBlock, sourcesBlock } from './talk-blocks.ts';

export type Talk = {
  readonly command: string;
  /** As the person put it, for the transcript and the log. */
  readonly asked: string;
  /** As the model reads it. */
  readonly request: string;
  readonly parts: readonly ContextPart[];
  readonly problems: readonly string[];
  readonly isThinking: boolean;
  /** Earlier exchanges go along. */
  readonly hasTranscript: boolean;
};

const TEMPERATURE = 0.2;
/** Of the prompt, for earlier exchanges. */
const TRANSCRIPT_SHARE = 0.3;
/** More passages take minutes to read without a GPU, and help little. */
const PASSAGE_TOKENS = 3_000;
/** What is left of the budget where the server says that the prompt is too long after all. */
const LESS: readonly number[] = [0.6, 0.3, 0.15];

/** Packs what was gathered, asks once, shows the answer with its sources, and keeps the exchange. */
export async function talkAboutIt(context: CommandContext, talk: Talk): Promise<Result<Outcome>> {
  const { model, readers, signal } = context;
  if (model.kind !== 'ready') return fail('model', 'No model is there to ask.');
  const window = await readers.talker.window(model.name, signal);
  if (!window.ok) return keepFailure(context, talk, model.name, window.error);
  const { tokens } = window.value;
  const shares = shareWindow(tokens, talk.isThinking);
  const started = context.now().getTime();
  const { parts, compaction } = prepareParts(context, talk, model.name, shares.promptTokens);
  const notes = [...talk.problems, ...compaction];
  for (const note of notes) context.show(noteBlock(note));
  let tried = await tryWith(shares.promptTokens);
  for (const share of LESS) {
    if (tried === null || !isTooLong(tried.heard)) break;
    if (share === LESS[0]) note('The request has more tokens than estimated: less of it goes in.');
    tried = (await tryWith(shares.promptTokens * share)) ?? tried;
  }
  if (tried === null) return keepFailure(context, talk, model.name, tooLong(tokens).error);
  const { heard, packed } = tried;
  const tookMs = context.now().getTime() - started;
  context.talked(turnOf(talk, model.name, heard, packed, { tokens, shares, tookMs }));
  if (!heard.result.ok) return heard.result;
  return finish(context, heard.result.value, packed, [...notes, ...cutNotes(packed.entries)]);

  function note(text: string): void {
    notes.push(text);
    context.show(noteBlock(text));
  }

  /** Null where what may not be left out is more than the budget. */
  async function tryWith(budget: number): Promise<{ heard: Heard; packed: Packed } | null> {
    const name = model.kind === 'ready' ? model.name : '';
    const packed = packContext(parts, budget, (text) => readers.talker.estimate(name, text));
    if (packed.isOver) return null;
    for (const text of cutNotes(packed.entries)) context.show(noteBlock(text));
    const request: ChatRequest = {
      model: name,
      messages: packed.messages,
      output: { kind: 'text' },
      thinking: talk.isThinking,
      temperature: TEMPERATURE,
      maxTokens: shares.answerTokens,
    };
    return { heard: await hearAnswer(context, request, tokens), packed };
  }
}

/** Everything that could go in, and what of the earlier talk has to be shortened for it. */
function prepareParts(
  { readers, turns }: CommandContext,
  talk: Talk,
  model: string,
  budget: number,
): { readonly parts: readonly ContextPart[]; readonly compaction: readonly string[] } {
  const estimate = (text: string): number => readers.talker.estimate(model, text);
  const room = budget * TRANSCRIPT_SHARE;
  const transcript = compactTranscript(talk.hasTranscript ? turns : [], room, estimate);
  const before = compactTranscript(turns.slice(0, -1), room, estimate);
  return {
    parts: [
      { kind: 'system', label: 'instructions', text: LOOKING_SYSTEM, priority: 100, cut: 'never' },
      ...transcript.parts,
      ...limitPassages(talk.parts, estimate),
      { kind: 'request', label: 'request', text: talk.request, priority: 100, cut: 'never' },
    ],
    compaction: compactionNote(transcript, before),
  };
}

/** The first ones of what was found, as they are ranked; what was named is not limited here. */
function limitPassages(
  parts: readonly ContextPart[],
  estimate: (text: string) => number,
): readonly ContextPart[] {
  let left = PASSAGE_TOKENS;
  const kept = new Set<ContextPart>();
  for (const part of parts.toSorted((one, two) => two.priority - one.priority)) {
    if (part.kind === 'passage') left -= estimate(part.text);
    if (part.kind !== 'passage' || left >= 0) kept.add(part);
  }
  return parts.filter((part) => kept.has(part));
}

const isTooLong = ({ result, text }: Heard): boolean =>
  !result.ok && text === '' && troubleOf(result.error) === 'window';

const tooLong = (tokens: number) =>
  failModel('window', `The request alone is more than fits into the window of ${tokens} tokens.`, {
    hint: 'Ask with fewer words, or name files with @ in place of what stands in them.',
  });

function turnOf(
  { command, asked }: Pick<Talk, 'command' | 'asked'>,
  model: string,
  { result, text }: Heard,
  packed: Packed,
  given: { readonly tokens: number; readonly shares: Shares; readonly tookMs: number },
): Turn {
  const end = result.ok ? result.value : null;
  const trouble = result.ok ? undefined : troubleOf(result.error);
  return {
    command,
    asked,
    answer: end?.text ?? text,
    outcome: result.ok ? (result.value.why === 'stop' ? 'done' : 'broken-off') : result.error.code,
    ...(trouble === undefined ? {} : { trouble }),
    model,
    host: end?.host ?? '',
    promptTokens: end?.promptTokens ?? packed.tokens,
    answerTokens: end?.answerTokens ?? estimateTokens(text),
    contextTokens: given.tokens,
    roomTokens: given.shares.answerTokens,
    tookMs: given.tookMs,
    context: packed.entries,
  };
}

/** Nothing was sent, and the log says so too. */
function keepFailure(
  context: CommandContext,
  talk: Talk,
  model: string,
  error: Extract<Result<never>, { ok: false }>['error'],
): Result<never> {
  const nothing: Packed = { messages: [], entries: [], tokens: 0, isOver: false };
  const heard: Heard = { result: { ok: false, error }, text: '' };
  const shares = { promptTokens: 0, answerTokens: 0 };
  context.talked(turnOf(talk, model, heard, nothing, { tokens: 0, shares, tookMs: 0 }));
  return { ok: false, error };
}

function finish(
  { show }: CommandContext,
  end: ChatEnd,
  { entries }: Packed,
  notes: readonly string[],
): Result<Outcome> {
  const given = entries.flatMap(({ fate, source }): readonly Source[] =>
    fate === 'left-out' || source === undefined ? [] : [source],
  );
  const cited = findCitations(end.text, given);
  const isCited = cited.length > 0;
  const sources = isCited ? cited : given;
  const broken = brokenOffNote(end);
  for (const note of broken) show(noteBlock(note));
  show(sourcesBlock(sources, isCited, end));
  const { model, promptTokens, answerTokens } = end;
  const data: Json = {
    answer: end.text,
    sources: sources.map(({ path, startLine, endLine }) => ({ path, startLine, endLine })),
    model,
    promptTokens,
    answerTokens,
    truncated: end.why !== 'stop',
    cited: isCited,
    notes: [...notes, ...broken],
  };
  return ok({ kind: 'looked', data });
}
