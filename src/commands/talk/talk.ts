import { failModel, troubleOf } from '../../core/models/trouble.ts';
import { compactTranscript } from '../../core/prompt/compact-transcript.ts';
import type { ContextPart } from '../../core/prompt/context-part.ts';
import { type Packed, packContext } from '../../core/prompt/pack-context.ts';
import { shareWindow } from '../../core/prompt/share-window.ts';
import { LOOKING_SYSTEM } from '../../core/prompt/system-text.ts';
import { fail } from '../../core/result.ts';
import type { ChatRequest, Outcome, Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { askByLooking, type Looked } from './ask-by-looking.ts';
import { type Answered, finishTalk, turnOf } from './finish-talk.ts';
import { type Heard, hearAnswer } from './hear-answer.ts';
import { type Looking, openLooking } from './open-looking.ts';
import { compactionNote, cutNotes, noteBlock } from './talk-blocks.ts';

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
  /** A model that can may look for itself. */
  readonly mayLook: boolean;
};

const TEMPERATURE = 0.2;
/** Of the prompt, for earlier exchanges. */
const TRANSCRIPT_SHARE = 0.3;
/** More passages take minutes to read without a GPU, and help little. */
const PASSAGE_TOKENS = 3_000;
/** A model that can look needs less at its start, and room for what it looks at. */
const START_TOKENS = 1_000;
const LOOKS_SHARE = 0.4;
/** What is left of the budget where the server says that the prompt is too long after all. */
const LESS: readonly number[] = [0.6, 0.3, 0.15];
const MORE_THAN_ESTIMATED = 'The request has more tokens than estimated: less of it goes in.';
const IN_VAIN = 'The model could not look for itself, and is asked without tools.';

/**
 * Packs what was gathered, asks, shows the answer with its sources, and keeps the exchange. A model
 * that can call tools looks for itself, and is asked once more without them where that fails.
 */
export async function talkAboutIt(context: CommandContext, talk: Talk): Promise<Result<Outcome>> {
  const { model, readers, signal } = context;
  if (model.kind !== 'ready') return fail('model', 'No model is there to ask.');
  const { name } = model;
  const window = await readers.talker.window(name, signal);
  if (!window.ok) return keepFailure(context, talk, name, window.error);
  const { tokens } = window.value;
  const shares = shareWindow(tokens, talk.isThinking);
  // What asks about nothing, such as a greeting, needs no looking.
  const isAboutFiles = talk.parts.length > 0 || talk.problems.length > 0;
  const looking = talk.mayLook && isAboutFiles ? await openLooking(context, name, tokens) : null;
  const started = context.now().getTime();
  const { parts, compaction } = prepareParts(context, talk, name, shares.promptTokens);
  const notes = [...talk.problems, ...compaction];
  for (const note of notes) context.show(noteBlock(note));
  const looked = looking === null ? null : await tryLooking(looking);
  const tried = looked === null || looked.isInVain ? await askWithout(looked) : looked;
  if (tried === null) return keepFailure(context, talk, name, tooLong(tokens).error);
  const { heard, packed } = tried;
  const tookMs = context.now().getTime() - started;
  context.talked(turnOf(talk, name, tried, { tokens, shares, tookMs }));
  if (!heard.result.ok) return heard.result;
  return finishTalk(context, heard.result.value, tried, [...notes, ...cutNotes(packed.entries)]);

  function note(text: string): void {
    notes.push(text);
    context.show(noteBlock(text));
  }

  function askWithout(looked: Looked | null): Promise<Answered | null> {
    const isTooMuch = looked !== null && isTooLong(looked.heard);
    if (looked !== null && !isTooMuch) note(IN_VAIN);
    return tryInTurn(isTooMuch);
  }

  /** Null where there is no room for it. */
  async function tryLooking(by: Looking): Promise<(Answered & Looked) | null> {
    const budget = shares.promptTokens * (1 - LOOKS_SHARE) - by.tokens;
    const start = limitPassages(addSystem(parts, by.system), START_TOKENS, estimate);
    const packed = packContext(start, budget, estimate);
    if (packed.isOver) return null;
    for (const text of cutNotes(packed.entries)) context.show(noteBlock(text));
    const looked = await askByLooking(context, by, requestOf(packed), {
      promptTokens: shares.promptTokens,
      contextTokens: tokens,
      note,
    });
    return { ...looked, packed };
  }

  /** Without tools; with less, as long as the server says that it is too much. */
  async function tryInTurn(isTooMuch: boolean): Promise<Answered | null> {
    let tried: Answered | null = null;
    for (const share of isTooMuch ? LESS : [1, ...LESS]) {
      if (share === LESS[0]) note(MORE_THAN_ESTIMATED);
      tried = (await tryWith(shares.promptTokens * share)) ?? tried;
      if (tried === null || !isTooLong(tried.heard)) break;
    }
    return tried;
  }

  /** Null where what may not be left out is more than the budget. */
  async function tryWith(budget: number): Promise<Answered | null> {
    const packed = packContext(limitPassages(parts, PASSAGE_TOKENS, estimate), budget, estimate);
    if (packed.isOver) return null;
    for (const text of cutNotes(packed.entries)) context.show(noteBlock(text));
    const request: ChatRequest = { ...requestOf(packed), output: { kind: 'text' } };
    return { heard: await hearAnswer(context, request, tokens), packed, rounds: [] };
  }

  function requestOf({ messages }: Packed): Omit<ChatRequest, 'output'> {
    const { answerTokens: maxTokens } = shares;
    return {
      model: name,
      messages,
      thinking: talk.isThinking,
      temperature: TEMPERATURE,
      maxTokens,
    };
  }

  function estimate(text: string): number {
    return readers.talker.estimate(name, text);
  }
}

const addSystem = (parts: readonly ContextPart[], more: string): readonly ContextPart[] =>
  parts.map((part) => (part.kind === 'system' ? { ...part, text: `${part.text}\n${more}` } : part));

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
      ...talk.parts,
      { kind: 'request', label: 'request', text: talk.request, priority: 100, cut: 'never' },
    ],
    compaction: compactionNote(transcript, before),
  };
}

/** The first ones of what was found, as they are ranked; what was named is not limited here. */
function limitPassages(
  parts: readonly ContextPart[],
  mostTokens: number,
  estimate: (text: string) => number,
): readonly ContextPart[] {
  let left = mostTokens;
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
  const answered = { heard, packed: nothing, rounds: [] };
  context.talked(turnOf(talk, model, answered, { tokens: 0, shares, tookMs: 0 }));
  return { ok: false, error };
}
