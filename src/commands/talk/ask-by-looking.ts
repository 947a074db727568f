import { failModel, troubleOf } from '../../core/models/trouble.ts';
import { fail } from '../../core/result.ts';
import {
  costOfRounds,
  fitRounds,
  messagesOfRounds,
  type Round,
} from '../../core/tools/look-rounds.ts';
import type { ChatEnd, ChatMessage, ChatRequest, Failure, ToolCall } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { type Heard, hearAnswer } from './hear-answer.ts';
import type { Looking } from './open-looking.ts';
import { runCalls } from './run-calls.ts';

/** A model that found nothing by then has lost its way. */
const MOST_ROUNDS = 8;
const MOST_CALLS = 16;
/** What is more in one answer is not even refused. */
const MOST_AT_ONCE = 32;
const MOST_REPEATS = 2;
const MOST_LOOK_BYTES = 8_000;
const MOST_BYTES = 64_000;
const MOST_MS = 10 * 60_000;
/** Of the room, for a single look. */
const LOOK_SHARE = 0.5;
const LEAST_BYTES = 400;
/** What a template writes around a message. */
const MESSAGE_TOKENS = 8;
/** Bytes of a text that make a token, where it is code. */
const BYTES_PER_TOKEN = 3;

export type Looked = {
  readonly heard: Heard;
  readonly rounds: readonly Round[];
  /** Nothing came of it, and it may do better without tools. */
  readonly isInVain: boolean;
};

/**
 * Lets a model look until it answers. When it has looked enough it is told to answer without tools,
 * with the same options, so that nothing is loaded anew.
 */
export async function askByLooking(
  context: CommandContext,
  looking: Looking,
  request: Omit<ChatRequest, 'output'>,
  given: {
    /** For all that the model reads. */
    readonly promptTokens: number;
    readonly contextTokens: number;
    readonly note: (text: string) => void;
  },
): Promise<Looked> {
  const estimate = (text: string): number => context.readers.talker.estimate(request.model, text);
  const started = context.now().getTime();
  let rounds: readonly Round[] = [];
  let spentBytes = 0;
  let isLast = false;
  let last: ChatEnd | null = null;
  for (;;) {
    const heard = await hearAnswer(context, requestOf(), given.contextTokens, last?.promptTokens);
    if (!heard.result.ok) {
      if (goesOnAfter(heard.result.error)) continue;
      return { heard, rounds, isInVain: heard.text === '' && isForTools(heard.result.error) };
    }
    last = heard.result.value;
    const { thinking, text } = last;
    const calls = last.calls.slice(0, MOST_AT_ONCE);
    if (calls.length === 0) return { heard, rounds, isInVain: false };
    if (isLast) {
      if (text.trim() !== '') return { heard, rounds, isInVain: false };
      return { heard: { ...heard, result: ONLY_LOOKS }, rounds, isInVain: false };
    }
    const looks = await runCalls(context, looking, rounds, calls, roomNow(), estimate, tell);
    if (context.signal.aborted)
      return { heard: { ...heard, result: CANCELLED }, rounds, isInVain: false };
    spentBytes += looks.reduce((sum, look) => sum + look.text.length, 0);
    keep([...rounds, { text, thinking, calls: calls.map(withoutBurden), looks }]);
    isLast = hasLookedEnough();
  }

  function requestOf(): ChatRequest {
    const messages: readonly ChatMessage[] = [
      ...request.messages,
      ...messagesOfRounds(rounds, looking.form, isLast),
    ];
    // In text form nothing goes beside the messages; calls are still taken out of what is written.
    const form = isLast ? 'text' : looking.form;
    return { ...request, messages, output: { kind: 'tools', tools: looking.tools, form } };
  }

  /** Estimates get better with every answer, so it is not the same each time. */
  function roomForLooks(): number {
    const beside = looking.form === 'native' ? estimate(JSON.stringify(looking.tools)) : 0;
    return request.messages.reduce(
      (left, { text }) => left - estimate(text) - MESSAGE_TOKENS,
      given.promptTokens - beside,
    );
  }

  function roomNow() {
    const looks = rounds.flatMap((round) => round.looks);
    const tokens = Math.floor(roomForLooks() * LOOK_SHARE);
    const bytes = Math.min(tokens * BYTES_PER_TOKEN, MOST_LOOK_BYTES, MOST_BYTES - spentBytes);
    return { calls: MOST_CALLS - looks.length, tokens, bytes: Math.max(bytes, LEAST_BYTES) };
  }

  function hasLookedEnough(): boolean {
    const looks = rounds.flatMap((round) => round.looks);
    return (
      rounds.length >= MOST_ROUNDS ||
      looks.length >= MOST_CALLS ||
      looks.filter(({ isRepeated }) => isRepeated).length >= MOST_REPEATS ||
      spentBytes >= MOST_BYTES ||
      costOfRounds(rounds, estimate) > roomForLooks() ||
      context.now().getTime() - started > MOST_MS
    );
  }

  function keep(next: readonly Round[], room = roomForLooks()): number {
    const fitted = fitRounds(next, room, estimate);
    rounds = fitted.rounds;
    const { shortened } = fitted;
    if (shortened === 0) return 0;
    const looks = shortened === 1 ? '1 earlier look goes' : `${shortened} earlier looks go`;
    given.note(`To make room in the window, ${looks} in short form.`);
    return shortened;
  }

  /** Once more with less of what was seen, or without tools; each way makes it smaller, so it ends. */
  function goesOnAfter(error: Failure): boolean {
    if (rounds.length === 0) return false;
    const trouble = troubleOf(error);
    if (trouble === 'window') return keep(rounds, 0) > 0;
    if (isLast || !isForTools(error)) return false;
    given.note('The model began a call that cannot be read, and is asked to answer without tools.');
    isLast = true;
    return true;
  }

  function tell(label: string): void {
    context.talking({
      model: request.model,
      phase: 'looking',
      lookingAt: label,
      text: '',
      promptTokens: last?.promptTokens ?? 0,
      answerTokens: last?.answerTokens ?? 0,
      contextTokens: given.contextTokens,
    });
  }
}

/** What goes wrong with tools alone. */
const isForTools = (error: Failure): boolean => {
  const trouble = troubleOf(error);
  return (
    trouble === 'tool-call' ||
    trouble === 'no-ability' ||
    trouble === 'empty' ||
    trouble === 'window'
  );
};

/** A call that carries a whole file need not go back to where it came from. */
const withoutBurden = (call: ToolCall): ToolCall =>
  JSON.stringify(call.values).length > MOST_VALUES ? { ...call, values: {} } : call;

const MOST_VALUES = 1_000;

const CANCELLED = fail('cancelled', 'The looking was cancelled.');
const ONLY_LOOKS = failModel('empty', 'The model only asked to look, and gave no answer.', {
  hint: 'Name the files with @, ask with --no-tools, or use another model.',
});
