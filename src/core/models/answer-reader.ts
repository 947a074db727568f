import type { ToolCall } from '../types.ts';
import { readCalls } from './read-calls.ts';

/**
 * Reads an answer as it comes. What a model thinks aloud in tags is taken out of the text, and so
 * are calls that it writes out; everything else is passed on as soon as it cannot be either.
 */
export type AnswerReader = {
  readonly mode: 'start' | 'thinking' | 'gap' | 'text' | 'held';
  /** Came, and is not decided yet. */
  readonly pending: string;
  /** What stands in the text just before `pending` is the end of a line. */
  readonly isLineStart: boolean;
  /** The tools that may be called; without any nothing is held back for their sake. */
  readonly tools: readonly string[];
};
export type AnswerBit =
  | { readonly kind: 'text' | 'thinking'; readonly text: string }
  | { readonly kind: 'call'; readonly call: ToolCall };

export const openAnswer = (tools: readonly string[]): AnswerReader => ({
  mode: 'start',
  pending: '',
  isLineStart: true,
  tools,
});

export function readMore(
  reader: AnswerReader,
  text: string,
): { readonly reader: AnswerReader; readonly bits: readonly AnswerBit[] } {
  const bits: AnswerBit[] = [];
  let now: AnswerReader = { ...reader, pending: reader.pending + text };
  for (;;) {
    const step = STEPS[now.mode](now);
    bits.push(...step.bits);
    now = step.reader;
    if (step.isDone) return { reader: now, bits };
  }
}

/** What is left when nothing more comes. */
export function closeAnswer(reader: AnswerReader): readonly AnswerBit[] {
  if (reader.pending === '') return [];
  if (reader.mode === 'thinking') return [{ kind: 'thinking', text: reader.pending }];
  if (reader.mode === 'held') return settle(reader.pending, reader.tools);
  return [{ kind: 'text', text: reader.pending }];
}

type Step = {
  readonly reader: AnswerReader;
  readonly bits: readonly AnswerBit[];
  readonly isDone: boolean;
};

const STEPS: Record<AnswerReader['mode'], (reader: AnswerReader) => Step> = {
  start: readStart,
  thinking: readThinking,
  gap: skipGap,
  text: readText,
  held: readHeld,
};

const OPEN_TAGS = ['<think>', '<thinking>'];

/** Only at the very beginning: further down the words stand for themselves. */
function readStart(reader: AnswerReader): Step {
  const head = reader.pending.trimStart();
  const tag = OPEN_TAGS.find((open) => head.startsWith(open));
  if (tag !== undefined) {
    return go({ ...reader, mode: 'thinking', pending: head.slice(tag.length) });
  }
  if (head === '' || OPEN_TAGS.some((open) => open.startsWith(head))) return wait(reader);
  return go({ ...reader, mode: 'text' });
}

function readThinking(reader: AnswerReader): Step {
  const close = /<\/think(?:ing)?>/.exec(reader.pending);
  if (close === null) {
    const keep = tailOf(reader.pending, '</thinking>');
    const text = reader.pending.slice(0, reader.pending.length - keep);
    return wait({ ...reader, pending: reader.pending.slice(text.length) }, thought(text));
  }
  const rest = reader.pending.slice(close.index + close[0].length);
  return go(
    { ...reader, mode: 'gap', pending: rest },
    thought(reader.pending.slice(0, close.index)),
  );
}

/** Blank lines behind what was thought, or called, belong to nothing. */
function skipGap(reader: AnswerReader): Step {
  const pending = reader.pending.trimStart();
  return pending === '' ? wait({ ...reader, pending }) : go({ ...reader, mode: 'text', pending });
}

const thought = (text: string): readonly AnswerBit[] =>
  text === '' ? [] : [{ kind: 'thinking', text }];

/** The longest end of a text that could be the beginning of `mark`, in characters. */
function tailOf(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1) {
    if (mark.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

function readText(reader: AnswerReader): Step {
  const { pending, tools } = reader;
  if (tools.length === 0) return wait({ ...reader, pending: '' }, said(pending));
  const at = findOpening(pending, reader.isLineStart);
  const before = pending.slice(0, at);
  const rest = pending.slice(at);
  if (rest === '') {
    const isLineStart = pending === '' ? reader.isLineStart : pending.endsWith('\n');
    return wait({ ...reader, pending: '', isLineStart }, said(before));
  }
  const isOpening = OPENING.test(rest);
  const mode = isOpening ? 'held' : 'text';
  const next: AnswerReader = { ...reader, mode, pending: rest, isLineStart: true };
  return isOpening ? go(next, said(before)) : wait(next, said(before));
}

/** What a call begins with, at the beginning of a line. */
const OPENING =
  /^[ \t]*(?:<tool_calls?>|<function_calls?>|<function=|\[TOOL_CALLS\]|<\|python_tag\|>|<\|tool_calls?(?:_begin)?\|>|(?:`{3}|~{3})(?:json|tool_?\w*)[ \t]*\r?\n|[{[]\s*["'{]|\[\s*[A-Za-z_][\w.]*\()/;

/** The same, as far as it came. */
const PERHAPS = [
  '<tool_calls>',
  '<function_calls>',
  '<function=',
  '[TOOL_CALLS]',
  '<|python_tag|>',
  '<|tool_calls_begin|>',
  '```json\n',
  '```tool_code\n',
  '~~~json\n',
];

function findOpening(text: string, isLineStart: boolean): number {
  let at = isLineStart ? 0 : text.indexOf('\n') + 1;
  while (at > 0 || isLineStart) {
    const line = text.slice(at);
    if (line === '' || OPENING.test(line) || couldOpen(line)) return at;
    const next = line.indexOf('\n');
    if (next === -1) break;
    at += next + 1;
  }
  return text.length;
}

function couldOpen(line: string): boolean {
  const head = line.replace(/^[ \t]+/, '');
  if (head === '') return line.length < 80;
  if (PERHAPS.some((mark) => mark.startsWith(head))) return true;
  if (/^(?:`{3}|~{3})(?:json|tool_?\w*)[ \t]*\r?$/.test(head)) return true;
  return /^[{[]\s*$/.test(head) || /^\[\s*[A-Za-z_][\w.]*$/.test(head);
}

const said = (text: string): readonly AnswerBit[] => (text === '' ? [] : [{ kind: 'text', text }]);

/** A call ends where its tag, its fence or its brackets close; whatever comes later is text again. */
function readHeld(reader: AnswerReader): Step {
  const { pending, tools } = reader;
  if (pending.length > MAX_CALL_CHARS) {
    return go({ ...reader, mode: 'text', pending: '', isLineStart: false }, said(pending));
  }
  const end = endOf(pending);
  if (end === -1) return wait(reader);
  const bits = settle(pending.slice(0, end), tools);
  const mode = bits.some((bit) => bit.kind === 'call') ? 'gap' : 'text';
  return go({ ...reader, mode, pending: pending.slice(end), isLineStart: mode === 'gap' }, bits);
}

const MAX_CALL_CHARS = 64 * 1024;

function endOf(text: string): number {
  const head = text.trimStart();
  const skipped = text.length - head.length;
  const tag = /^<(tool_calls?|function_calls?)>/.exec(head)?.[1];
  if (tag !== undefined) return after(head, `</${tag}>`, skipped);
  if (head.startsWith('<function=')) return after(head, '</function>', skipped);
  const fence = /^(`{3}|~{3})/.exec(head)?.[1];
  if (fence !== undefined) return after(head, `\n${fence}`, skipped);
  // Brackets and marks: they end with the answer, or where a line follows that is none of theirs.
  if (!/[}\])]\s*\n\s*[^\s{[,\]}<"']/.test(head)) return -1;
  return skipped + head.search(/(?<=[}\])]\s*\n)\s*[^\s{[,\]}<"']/);
}

function after(text: string, mark: string, skipped: number): number {
  const at = text.indexOf(mark, 1);
  return at === -1 ? -1 : skipped + at + mark.length;
}

function settle(text: string, tools: readonly string[]): readonly AnswerBit[] {
  const calls = readCalls(text, tools);
  return calls.length === 0 ? said(text) : calls.map((call) => ({ kind: 'call', call }));
}

const go = (reader: AnswerReader, bits: readonly AnswerBit[] = []): Step => ({
  reader,
  bits,
  isDone: false,
});
const wait = (reader: AnswerReader, bits: readonly AnswerBit[] = []): Step => ({
  reader,
  bits,
  isDone: true,
});
