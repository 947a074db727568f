import { wrapBody } from './wrap-body.ts';

/** Longer ones are cut in lists, mails and pages. */
export const MOST_SUBJECT = 72;
const MOST_BODY_CHARS = 4_000;

export type CommitMessage = { readonly subject: string; readonly body: string };

export type MessageRead = {
  readonly message: CommitMessage;
  /** Why a model should say it again; null where it is good. */
  readonly problem: string | null;
};

/**
 * What a model wrote as a commit message: without the fences, quotes, labels and introductions that
 * models put around one.
 */
export function readMessage(answer: string): MessageRead {
  const lines = tidyLines(answer);
  const first = lines[0] ?? '';
  const subject = tidySubject(first);
  const rest = lines.slice(1).join('\n').trim().replace(BODY_LABEL, '');
  const body = wrapBody(rest.slice(0, MOST_BODY_CHARS).trimEnd());
  const message = { subject, body };
  if (subject === '') return { message, problem: 'There is no message in that.' };
  if (subject.length > MOST_SUBJECT) {
    const problem = `The first line has ${subject.length} characters; at most ${MOST_SUBJECT} are allowed.`;
    return { message, problem };
  }
  return { message, problem: null };
}

/** A first line that is too long after all: it begins the body, whole, and ends earlier above it. */
export function shortenSubject({ subject, body }: CommitMessage): CommitMessage {
  if (subject.length <= MOST_SUBJECT) return { subject, body };
  const room = subject.slice(0, MOST_SUBJECT - 1);
  const end = room.lastIndexOf(' ');
  const cut = (end > MOST_SUBJECT / 2 ? room.slice(0, end) : room).replace(/[\s,;:–—-]+$/, '');
  return { subject: `${cut}…`, body: [wrapBody(subject), body].filter(Boolean).join('\n\n') };
}

export const textOfMessage = ({ subject, body }: CommitMessage): string =>
  body === '' ? subject : `${subject}\n\n${body}`;

function tidyLines(answer: string): readonly string[] {
  let lines = answer
    .replace(/^\s*<think>[\s\S]*?<\/think>/, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
  const opened = lines.findIndex((line) => FENCE.test(line));
  // What stands in a fence is the message; what stands around it speaks of it.
  if (opened >= 0) {
    const length = lines.slice(opened + 1).findIndex((line) => FENCE.test(line));
    const inside = lines.slice(opened + 1, length < 0 ? undefined : opened + 1 + length);
    const above = lines.slice(0, opened).filter((line) => line !== '');
    const isAll =
      above.every((line) => INTRODUCTION.test(line)) ||
      (above.length === 1 && above[0]?.endsWith(':') === true);
    lines = isAll ? inside : lines.slice(0, opened);
  }
  lines = withoutLeading(lines, (line) => line.trim() === '' || INTRODUCTION.test(line));
  const closing = lines.findIndex((line, at) => at > 0 && CLOSING.test(line));
  return closing < 0 ? lines : lines.slice(0, closing);
}

const FENCE = /^\s*(```|~~~)/;
/** `Sure! Here is a commit message:`, and the like; a message begins with none of these words. */
const INTRODUCTION =
  /^\s*(?:(?:sure|certainly|okay|ok|of course)(?:[,.!:].*)?|here\b.*[:.!]|(?:\*\*|#+ )?(?:the |a |suggested |proposed )*commit message(?:\*\*)?:?(?:\*\*)?)\s*$/i;
const CLOSING = /^\s*(?:let me know|this (?:commit )?message|feel free|i hope|note that this)\b/i;

function withoutLeading(lines: readonly string[], isNoise: (line: string) => boolean): string[] {
  const from = lines.findIndex((line) => !isNoise(line));
  return from < 0 ? [] : lines.slice(from);
}

const LABEL =
  /^(?:\*\*)?(?:subject|title|summary|message|commit message|commit)(?:\*\*)?:(?:\*\*)?\s*/i;

function tidySubject(line: string): string {
  let subject = line
    .trim()
    .replace(/^#+\s+/, '')
    .replace(LABEL, '')
    .replace(/^[-*]\s+/, '');
  for (const [open, close] of QUOTES) {
    if (subject.length > 1 && subject.startsWith(open) && subject.endsWith(close)) {
      subject = subject.slice(open.length, -close.length).trim();
    }
  }
  return subject
    .replace(/\s+/g, ' ')
    .replace(/(?<![.])[.]$/, '')
    .trim();
}

const BODY_LABEL = /^(?:\*\*)?(?:body|description|why)(?:\*\*)?:(?:\*\*)?\s*/i;

const QUOTES: readonly (readonly [string, string])[] = [
  ['**', '**'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['«', '»'],
];
