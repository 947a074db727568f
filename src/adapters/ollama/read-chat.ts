import { readJsonAt } from '../../core/edit/tolerant-json.ts';
import {
  type AnswerBit,
  type AnswerReader,
  closeAnswer,
  openAnswer,
  readMore,
} from '../../core/models/answer-reader.ts';
import { EMPTY_TAIL, watchTail } from '../../core/models/notice-repetition.ts';
import { failModel } from '../../core/models/trouble.ts';
import type { ChatPiece, Failure, Json, JsonObject, Result, ToolCall } from '../../core/types.ts';
import { errorIn, explainSaid, type Subject } from './explain-reply.ts';
import type { OllamaHost } from './host.ts';
import { isRemoteIn } from './installed.ts';
import { memberOf, numberIn, textIn } from './json-members.ts';
import { refuseRemote } from './pool.ts';

/** What a stream came to: all that was said, and the server's own words on how it ended. */
export type Said = {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly ToolCall[];
  readonly reason: string;
  readonly counts: Counts;
};
export type Counts = {
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly loadMs: number;
  readonly promptMs: number;
  readonly answerMs: number;
  readonly totalMs: number;
};

type Bit = Extract<ChatPiece, { readonly kind: 'text' | 'thinking' | 'call' }>;
type Read = { readonly kind: 'said'; readonly result: Result<Said> };

const MAX_ANSWER_CHARS = 1024 * 1024;

/** Reads the lines of one answer; the last thing that comes of it is what it came to. */
export async function* readChat(
  host: OllamaHost,
  lines: AsyncIterable<Result<string>>,
  options: {
    readonly about: Subject & { readonly model: string };
    readonly tools: readonly string[];
  },
): AsyncIterable<Bit | Read> {
  const answer = new Answer(options.tools);
  for await (const line of lines) {
    if (!line.ok) {
      yield* answer.flush();
      yield end(line);
      return;
    }
    const read = parseLine(host, line.value, options.about);
    if (!read.ok) {
      yield* answer.flush();
      yield end(read);
      return;
    }
    const trouble = yield* answer.take(read.value);
    if (trouble !== null) {
      yield end({ ok: false, error: trouble });
      return;
    }
    if (memberOf(read.value, 'done') !== true) continue;
    yield* answer.flush();
    yield end({ ok: true, value: answer.said(read.value) });
    return;
  }
  yield* answer.flush();
  yield end(answer.isStuck() ? stuck(answer.lastWords()) : BROKEN_OFF);
}

const end = (result: Result<Said>): Read => ({ kind: 'said', result });

function parseLine(
  host: OllamaHost,
  line: string,
  about: Subject & { readonly model: string },
): Result<JsonObject> {
  let value: Json;
  try {
    value = JSON.parse(line);
  } catch {
    return malformed(line);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed(line);
  const error = errorIn(value);
  if (error !== null) return explainSaid(host, 200, error, about);
  // It was not known when it was asked: nothing more goes there.
  if (isRemoteIn(value)) return refuseRemote(about.model);
  return { ok: true, value: value as JsonObject };
}

const malformed = (line: string) =>
  failModel('malformed', 'The server sends a line that is no JSON.', {
    hint: 'Ask again. Is it Ollama that answers there?',
    data: { line: line.slice(0, 200) },
  });

const BROKEN_OFF = failModel(
  'cut',
  'The answer ended in the middle, and the server does not say why.',
  {
    hint: 'Ask again. The log of the server may say more.',
  },
);

const stuck = (repeated: string) =>
  failModel('repetition', 'The model said the same again and again, and was stopped.', {
    hint: 'Ask in other words, or use another model.',
    data: { repeated: repeated.slice(-200) },
  });

/** A server stops a model of its own accord after some thirty equal pieces, and then says no end. */
const STUCK_AFTER = 20;

/** An answer as far as it came. */
class Answer {
  private reader: AnswerReader;
  private tail = EMPTY_TAIL;
  private readonly texts: string[] = [];
  private readonly thoughts: string[] = [];
  private readonly calls: ToolCall[] = [];
  private length = 0;
  private last = '';
  private same = 0;

  constructor(tools: readonly string[]) {
    this.reader = openAnswer(tools);
  }

  /** What a line adds; and what is wrong with the answer, if anything is. */
  *take(line: JsonObject): Generator<Bit, Failure | null> {
    const message = memberOf(line, 'message');
    const thinking = textIn(message, 'thinking');
    const text = textIn(message, 'content');
    if (thinking !== '') yield this.keep({ kind: 'thinking', text: thinking });
    if (text !== '') {
      const more = readMore(this.reader, text);
      this.reader = more.reader;
      yield* this.pass(more.bits);
    }
    const native = nativeCalls(memberOf(message, 'tool_calls'));
    if (native.length > 0) yield* this.flush();
    for (const call of native) yield this.keep({ kind: 'call', call, isFromText: false });
    return this.judge(thinking + text);
  }

  /** What was held back, as it might have become a call. */
  *flush(): Generator<Bit> {
    const bits = closeAnswer(this.reader);
    this.reader = openAnswer(this.reader.tools);
    yield* this.pass(bits);
  }

  said(line: JsonObject): Said {
    return {
      text: this.texts.join(''),
      thinking: this.thoughts.join(''),
      calls: this.calls,
      reason: textIn(line, 'done_reason'),
      counts: countsOf(line),
    };
  }

  isStuck(): boolean {
    return this.same >= STUCK_AFTER;
  }

  lastWords(): string {
    return this.last;
  }

  private *pass(bits: readonly AnswerBit[]): Generator<Bit> {
    for (const bit of bits) {
      yield this.keep(bit.kind === 'call' ? { ...bit, isFromText: true } : bit);
    }
  }

  private keep(bit: Bit): Bit {
    if (bit.kind === 'text') this.texts.push(bit.text);
    else if (bit.kind === 'thinking') this.thoughts.push(bit.text);
    else this.calls.push(bit.call);
    return bit;
  }

  private judge(text: string): Failure | null {
    if (text === '') return null;
    this.same = text.trim() === this.last ? this.same + 1 : 0;
    this.last = text.trim();
    this.length += text.length;
    if (this.length > MAX_ANSWER_CHARS) return TOO_LONG.error;
    const watched = watchTail(this.tail, text);
    this.tail = watched.tail;
    return watched.repeated === null ? null : stuck(watched.repeated).error;
  }
}

const TOO_LONG = failModel('too-long', 'The model does not come to an end, and was stopped.', {
  hint: 'Ask for less at once.',
});

function nativeCalls(value: Json | undefined): readonly ToolCall[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: Json) => {
    const called = memberOf(entry, 'function');
    const tool = textIn(called, 'name');
    const id = textIn(entry, 'id');
    const values = objectOf(memberOf(called, 'arguments'));
    return tool === '' ? [] : [{ ...(id === '' ? {} : { id }), tool, values }];
  });
}

/** Some releases hand the values on as text. */
function objectOf(value: Json | undefined): JsonObject {
  if (typeof value === 'string') {
    const read = readJsonAt(value, 0);
    return read.kind === 'value' ? objectOf(read.value as Json) : {};
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : {};
}

function countsOf(line: JsonObject): Counts {
  const ms = (name: string): number => Math.round(numberIn(line, name) / 1000) / 1000;
  return {
    promptTokens: numberIn(line, 'prompt_eval_count'),
    answerTokens: numberIn(line, 'eval_count'),
    loadMs: ms('load_duration'),
    promptMs: ms('prompt_eval_duration'),
    answerMs: ms('eval_duration'),
    totalMs: ms('total_duration'),
  };
}
