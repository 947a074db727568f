import { redact } from '../audit/redact.ts';
import { redactText } from '../audit/redact-text.ts';
import type { Json, JsonObject } from '../types.ts';
import { type Exchange, isSameJson, type WireLine, type WireRequest } from './exchange.ts';

/** An exchange without its secrets: what may be written down of it. */
export function redactExchange({ request, reply, host }: Exchange): Exchange {
  const lines = MEMBERS.reduce(redactStream, reply.lines);
  return {
    request: redactRequest(request),
    reply: { ...reply, lines: lines.map((line) => ({ ...line, text: redactLine(line.text) })) },
    ...(host === undefined ? {} : { host }),
  };
}

export const redactRequest = ({ method, path, body }: WireRequest): WireRequest => ({
  method,
  path: redactText(path),
  ...(body === undefined ? {} : { body: redact(body) }),
});

/** Whether secrets were taken out of a reply, which may not say the same any more. */
export const isReplyRedacted = ({ reply }: Exchange): boolean =>
  reply.lines.some(({ text }) => text.includes('[redacted:'));

/** A line where nothing is found stays as it came, to the letter. */
function redactLine(text: string): string {
  // An escape could hide where a word begins.
  if (!text.includes('\\') && redactText(text) === text) return text;
  const value = parse(text);
  if (value === null) return redactText(text);
  const message = messageIn(value);
  const redacted = redact(value);
  const safe = message === null ? redacted : { ...redacted, message: redactMessage(message, text) };
  return isSameJson(value, safe) ? text : JSON.stringify(safe);
}

/** What comes in pieces was looked at as a whole, where more is known of it. */
function redactMessage(message: JsonObject, text: string): JsonObject {
  const pieces = MEMBERS.flatMap((member) =>
    typeof message[member] === 'string' && MARKS[member].test(text)
      ? [[member, message[member]] as const]
      : [],
  );
  return { ...redact(message), ...Object.fromEntries(pieces) };
}

/** Members of a message that come piece by piece, so that no line holds a whole secret. */
const MEMBERS = ['content', 'thinking'] as const;
type Member = (typeof MEMBERS)[number];

/** Most lines have no thinking in them, and reading each takes its time. */
const MARKS: Readonly<Record<Member, RegExp>> = {
  content: /"content"\s*:/,
  thinking: /"thinking"\s*:/,
};

function redactStream(lines: readonly WireLine[], member: Member): readonly WireLine[] {
  const pieces = lines.map(({ text }) => (MARKS[member].test(text) ? pieceOf(text, member) : ''));
  const whole = pieces.join('');
  const redacted = redactWhole(whole);
  if (redacted === whole) return lines;
  const spread = spreadOver(pieces, whole, redacted);
  return lines.map((line, at) =>
    spread[at] === pieces[at] ? line : { ...line, text: withPiece(line.text, member, spread[at]) },
  );
}

/** An answer to a form stays JSON. */
function redactWhole(whole: string): string {
  const redacted = redactText(whole);
  if (redacted === whole) return whole;
  const value = parse(whole);
  return value === null ? redacted : JSON.stringify(redact(value));
}

/** Pieces of what is the same at both ends stay as they are; what lies between is one piece. */
function spreadOver(pieces: readonly string[], whole: string, redacted: string): readonly string[] {
  const most = Math.min(whole.length, redacted.length);
  let head = 0;
  while (head < most && whole[head] === redacted[head]) head += 1;
  let tail = 0;
  while (tail < most - head && whole.at(-1 - tail) === redacted.at(-1 - tail)) tail += 1;
  const ends = endsOf(pieces);
  const first = ends.findIndex((end) => end > head);
  const last = ends.findLastIndex((_, at) => (ends[at - 1] ?? 0) < whole.length - tail);
  const from = ends[first - 1] ?? 0;
  const rest = whole.length - (ends[Math.max(first, last)] ?? whole.length);
  const middle = redacted.slice(from, redacted.length - rest);
  return pieces.map((piece, at) => {
    if (at === first) return middle;
    return at > first && at <= last ? '' : piece;
  });
}

/** Where each piece ends in the whole. */
function endsOf(pieces: readonly string[]): readonly number[] {
  let end = 0;
  return pieces.map((piece) => {
    end += piece.length;
    return end;
  });
}

function pieceOf(text: string, member: Member): string {
  const piece = messageIn(parse(text))?.[member];
  return typeof piece === 'string' ? piece : '';
}

function withPiece(text: string, member: Member, piece = ''): string {
  const line = parse(text);
  return JSON.stringify({ ...line, message: { ...messageIn(line), [member]: piece } });
}

function messageIn(line: JsonObject | null): JsonObject | null {
  const message = line?.message ?? null;
  return isObject(message) ? message : null;
}

function parse(text: string): JsonObject | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
