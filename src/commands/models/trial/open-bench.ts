import { isMendable } from '../../../core/author/is-mendable.ts';
import { estimateTokens, textOf } from '../../../core/models/estimate-tokens.ts';
import { followPiece } from '../../../core/models/follow-piece.ts';
import { troubleOf } from '../../../core/models/trouble.ts';
import { fail } from '../../../core/result.ts';
import type {
  ChatEnd,
  ChatMessage,
  ChatOutput,
  Failure,
  ModelActivity,
  ModelCard,
  ModelTrouble,
  Result,
  ToolCall,
} from '../../../core/types.ts';
import type { ModelReader, ModelTalker } from '../../../ports.ts';
import type { CommandContext } from '../../command.ts';

/** A model on trial, and the time and the requests that there are for it. */
export type Bench = {
  readonly context: CommandContext;
  readonly card: ModelCard;
  /** Tokens of a text, by what the model has counted so far of texts like it. */
  readonly estimate: (text: string, kind?: TextKind) => number;
  /** A way to the model with this window, apart from the session's and from each other. */
  open(contextTokens: number): Promise<Result<Talker>>;
  ask(talker: Talker, wish: Wish): Promise<Answer>;
  readonly requests: () => number;
  readonly tookMs: () => number;
};

export type Talker = ModelReader & ModelTalker;

/** A word of prose and a word of code come to different numbers of tokens. */
type TextKind = 'code' | 'prose';

export type Wish = {
  readonly messages: readonly ChatMessage[];
  readonly output: ChatOutput;
  /** `code` where nothing is said. */
  readonly text?: TextKind;
  /** Of the answer; and so many are to be expected. */
  readonly maxTokens: number;
  readonly expectedTokens: number;
  /** Which part of the whole time may be over when the answer is there. */
  readonly until: number;
};

export type Answer =
  | {
      readonly kind: 'answered';
      readonly end: ChatEnd;
      /** Those that the server itself has noticed, and those that were written out. */
      readonly calls: readonly { readonly call: ToolCall; readonly isFromText: boolean }[];
      readonly loadMs: number | null;
    }
  /** The model answered what is no answer. */
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'no-time' }
  /** Nothing more can be asked. */
  | { readonly kind: 'failed'; readonly error: Failure };

const MOST_REQUESTS = 60;

export function openBench(
  context: CommandContext,
  card: ModelCard,
  { minutes, plannedRequests }: { readonly minutes: number; readonly plannedRequests: number },
): Bench {
  const startedMs = context.now().getTime();
  const totalMs = minutes * 60_000;
  let requests = 0;
  const gauges = { code: 1, prose: 1 };
  let readPerMs: number | null = null;
  let writePerMs: number | null = null;
  /** Waited for loading, which is not the time that the model is given. */
  let loadingMs = 0;
  const tookMs = (): number => context.now().getTime() - startedMs;
  const estimate = (text: string, kind: TextKind = 'code'): number =>
    Math.ceil(estimateTokens(text) * gauges[kind]);

  /** What the server has counted makes the next estimates better. */
  const learn = ({ messages, text = 'code' }: Wish, end: ChatEnd): void => {
    const estimated = estimateTokens(textOf(messages));
    const { promptTokens, promptMs, answerTokens, answerMs } = end;
    if (estimated >= LEAST_LEARNT && promptTokens > 0) gauges[text] = promptTokens / estimated;
    // What begins as an earlier prompt did is not read anew.
    if (text === 'prose' && promptMs > 0 && promptTokens >= LEAST_LEARNT)
      readPerMs = promptTokens / promptMs;
    if (answerMs > 0 && answerTokens > 1) writePerMs = answerTokens / answerMs;
  };

  const expectedMs = ({ messages, expectedTokens, text }: Wish): number =>
    (readPerMs === null ? 0 : estimate(textOf(messages), text) / readPerMs) +
    (writePerMs === null ? 0 : expectedTokens / writePerMs);

  return {
    context,
    card,
    estimate,
    requests: () => requests,
    tookMs,
    async open(contextTokens) {
      const talker = context.readers.trials.open();
      const set = await talker.setWindow(card.name, contextTokens, context.signal);
      return set.ok ? { ok: true, value: talker } : set;
    },
    async ask(talker, wish) {
      const leftMs = totalMs * wish.until - (tookMs() - loadingMs);
      if (context.signal.aborted) return { kind: 'failed', error: CANCELLED };
      if (requests >= MOST_REQUESTS || leftMs <= expectedMs(wish)) return { kind: 'no-time' };
      requests += 1;
      const heard = await hear(context, card.name, talker, wish, leftMs);
      loadingMs += heard.loadMs ?? 0;
      const { answer } = heard;
      const total = Math.max(plannedRequests, requests);
      context.progress({ what: 'checks', done: requests, total });
      if (answer.kind === 'answered') learn(wish, answer.end);
      return answer;
    },
  };
}

/** A short prompt is mostly the model's own template. */
const LEAST_LEARNT = 200;

const CANCELLED: Failure = fail('cancelled', 'Cancelled.').error;

/** A model that does not even load in this time is broken, or its disk is. */
const MOST_LOADING_MS = 900_000;

type Heard = { readonly answer: Answer; readonly loadMs: number | null };

/** The time that there is begins when the model is there and reads. */
async function hear(
  { talking, now, signal }: CommandContext,
  model: string,
  talker: Talker,
  { messages, output, maxTokens }: Wish,
  leftMs: number,
): Promise<Heard> {
  const request = { model, messages, output, thinking: false, temperature: 0, maxTokens } as const;
  const calls: { readonly call: ToolCall; readonly isFromText: boolean }[] = [];
  const time = new AbortController();
  let timer = setTimeout(() => time.abort(), MOST_LOADING_MS);
  let loading: number | null = null;
  let loadMs: number | null = null;
  let activity: ModelActivity = {
    model,
    phase: 'reading',
    text: '',
    promptTokens: 0,
    answerTokens: 0,
    contextTokens: 0,
  };
  try {
    for await (const piece of talker.chat(request, AbortSignal.any([signal, time.signal]))) {
      if (piece.kind === 'end') {
        const { result } = piece;
        if (result.ok) {
          return { answer: { kind: 'answered', end: result.value, calls, loadMs }, loadMs };
        }
        const isLate = time.signal.aborted && !signal.aborted;
        return { answer: isLate ? { kind: 'no-time' } : judge(result.error), loadMs };
      }
      if (piece.kind === 'loading') loading = now().getTime();
      if (piece.kind === 'reading') {
        if (loading !== null) loadMs = now().getTime() - loading;
        clearTimeout(timer);
        timer = setTimeout(() => time.abort(), leftMs);
      }
      if (piece.kind === 'call') calls.push(piece);
      // What it writes is for the trial, not for a person to read.
      activity = { ...followPiece(activity, piece), text: '' };
      talking(activity);
    }
    return { answer: { kind: 'failed', error: CANCELLED }, loadMs };
  } finally {
    clearTimeout(timer);
    talking(null);
  }
}

/** Troubles of an answer are the model's; all others are the server's. */
const OF_ANSWER: readonly (ModelTrouble | undefined)[] = [
  'tool-call',
  'window',
  'no-ability',
  'old-server',
];

const judge = (error: Failure): Answer =>
  isMendable(error) || OF_ANSWER.includes(troubleOf(error))
    ? { kind: 'wrong', why: error.message }
    : { kind: 'failed', error };
