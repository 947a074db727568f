import type { ChatMessage, ContextEntry } from '../types.ts';
import type { ContextPart } from './context-part.ts';
import { DATA_NOTE, keepLines, linesOf, REQUEST_NOTE, renderPart } from './render-part.ts';

export type Packed = {
  readonly messages: readonly ChatMessage[];
  /** What became of each part, in the order in which they were given. */
  readonly entries: readonly ContextEntry[];
  /** Estimated, of all messages. */
  readonly tokens: number;
  /** What may not be left out is more than the budget. */
  readonly isOver: boolean;
};

/** What a template of a model writes around a message. */
const MESSAGE_TOKENS = 8;
const HEADING_TOKENS = 4;
/** What is cut to fewer lines says nothing. */
const LEAST_LINES = 4;

/**
 * Chooses what fits into the budget, the most important first, and makes messages of it: system
 * text, earlier exchanges, then one message with all data and the request at its end.
 */
export function packContext(
  parts: readonly ContextPart[],
  budgetTokens: number,
  estimate: (text: string) => number,
): Packed {
  const costOf = (part: ContextPart): number =>
    estimate(renderPart(part)) +
    (part.answer === undefined ? HEADING_TOKENS : estimate(part.answer) + 2 * MESSAGE_TOKENS);
  const hasData = parts.some(isData);
  let left = budgetTokens - 2 * MESSAGE_TOKENS;
  if (hasData) left -= estimate(`${DATA_NOTE}\n${REQUEST_NOTE}`);
  const kept = new Map<ContextPart, ContextPart>();
  for (const part of parts.filter(({ cut }) => cut === 'never')) {
    kept.set(part, part);
    left -= costOf(part);
  }
  const isOver = left < 0;
  const others = parts.filter(({ cut }) => cut !== 'never');
  for (const part of others.toSorted((one, two) => two.priority - one.priority)) {
    const fitting = takeWhatFits(part, left, costOf);
    if (fitting === null) continue;
    kept.set(part, fitting);
    left -= costOf(fitting);
  }
  const messages = messagesOf(parts.flatMap((part) => kept.get(part) ?? []));
  return {
    messages,
    entries: parts.map((part) => entryOf(part, kept.get(part), costOf)),
    tokens: messages.reduce((sum, { text }) => sum + MESSAGE_TOKENS + estimate(text), 0),
    isOver,
  };
}

/** Data comes from files and tools. It never stands in the system text. */
const isData = ({ kind }: ContextPart): boolean =>
  kind === 'mention' || kind === 'passage' || kind === 'map';

/** The part, or as many of its lines as fit, or null. */
function takeWhatFits(
  part: ContextPart,
  room: number,
  costOf: (part: ContextPart) => number,
): ContextPart | null {
  if (room <= 0) return null;
  const isHuge = part.text.length > room * MOST_CHARS;
  if (!isHuge && costOf(part) <= room) return part;
  if (part.cut !== 'lines') return null;
  return takeLines(isHuge ? takeBeginning(part, room * MOST_CHARS) : part, room, costOf);
}

/** No token of what people write is as long: what is longer need not be counted to be too much. */
const MOST_CHARS = 16;

function takeBeginning(part: ContextPart, chars: number): ContextPart {
  return keepLines(part, Math.max(1, linesOf(part.text.slice(0, chars)).length - 1));
}

function takeLines(
  part: ContextPart,
  room: number,
  costOf: (part: ContextPart) => number,
): ContextPart | null {
  let [fits, tooMany] = [0, linesOf(part.text).length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (costOf(keepLines(part, middle)) <= room) fits = middle;
    else tooMany = middle;
  }
  return fits < LEAST_LINES ? null : keepLines(part, fits);
}

function messagesOf(parts: readonly ContextPart[]): readonly ChatMessage[] {
  const of = (kind: ContextPart['kind']) => parts.filter((part) => part.kind === kind);
  const messages: ChatMessage[] = [];
  const system = of('system').map(({ text }) => text);
  if (system.length > 0) messages.push({ role: 'system', text: system.join('\n\n') });
  for (const { text, answer = '' } of of('transcript')) {
    messages.push({ role: 'user', text }, { role: 'assistant', text: answer });
  }
  const data = [...of('map'), ...of('passage'), ...of('mention')].map(renderPart);
  const request = of('request').map(({ text }) => text);
  const asked =
    data.length === 0 ? request : [DATA_NOTE, ...data, [REQUEST_NOTE, ...request].join('\n')];
  messages.push({ role: 'user', text: asked.join('\n\n') });
  return messages;
}

function entryOf(
  part: ContextPart,
  kept: ContextPart | undefined,
  costOf: (part: ContextPart) => number,
): ContextEntry {
  const { kind, label } = part;
  const source = (kept ?? part).source;
  const about = { kind, label, ...(source === undefined ? {} : { source }) };
  if (kept === undefined) return { ...about, fate: 'left-out', tokens: 0 };
  return { ...about, fate: kept === part ? 'whole' : 'cut', tokens: costOf(kept) };
}
