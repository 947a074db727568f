import { redactText } from '../audit/redact-text.ts';
import type { Door, FailureCode, Level, Mode, ModelStatus, Turn } from '../types.ts';
import type { Difference } from './find-difference.ts';
import type { Fit } from './pick-scene.ts';

/** What a line was entered into: all that its request depends on, but for the files. */
export type TalkHead = {
  /** The process; those of one share what their client has learned. */
  readonly run: string;
  /** Without its secrets. */
  readonly line: string;
  readonly at: string;
  readonly door: Door;
  readonly mode: Mode;
  readonly level: Level;
  readonly model: ModelStatus;
  /** The model that was configured; empty for none. */
  readonly chosen: string;
  readonly hosts: string;
  /** Exchanges with models that the session had before. */
  readonly turns: number;
};

/** What a line came to. */
export type TalkEnd = {
  readonly outcome: 'done' | FailureCode;
  readonly turns: number;
  /** What a person answered to its questions. */
  readonly answers: readonly (string | null)[];
  readonly plan: { readonly id: string; readonly hash: string } | null;
};

/** What is compared of a talk. */
export type Saying = {
  readonly outcome: 'done' | FailureCode;
  readonly answers: readonly string[];
  readonly turns: readonly Turn['outcome'][];
  readonly planHash: string | null;
};

/** How a talk came out when it was played again. */
export type ReplayedTalk = {
  readonly turn: number;
  readonly line: string;
  readonly isSame: boolean;
  /** What is not the same, or cannot be told, in sentences. */
  readonly differences: readonly string[];
  readonly requests: RequestTally;
  readonly before: Saying | null;
  readonly now: Saying;
};

/** How often each; `missing`: nothing that was recorded answers it. */
export type RequestTally = Readonly<Record<Fit | 'missing', number>>;

/** Says what differs. `before` is null where the talk was cut off. */
export function compareTalks(
  before: Saying | null,
  now: Saying,
  about: {
    readonly requests: RequestTally;
    /** Of the first request with other words. */
    readonly difference: Difference | null;
    readonly leftOut: number;
    readonly isRedacted: boolean;
  },
): readonly string[] {
  const { requests, difference, leftOut, isRedacted } = about;
  const found: string[] = [];
  if (leftOut > 0) found.push(`Too much to be kept: ${countOf(leftOut, 'exchange')}.`);
  if (requests['other-words'] > 0) {
    found.push(
      `Asked with other words than then: ${countOf(requests['other-words'], 'request')}. Files, rules or settings are others now; what was said then was played all the same.`,
    );
  }
  if (difference !== null) {
    const { at, before: then, now: today } = difference;
    found.push(
      `The first of them differs at ${at}: ${JSON.stringify(then)} then, ${JSON.stringify(today)} now.`,
    );
  }
  if (requests.missing > 0) {
    found.push(`Not asked then, so that nothing answers: ${countOf(requests.missing, 'request')}.`);
  }
  if (before === null) return [...found, 'TinyCode ended while it ran, so there is no end of it.'];
  if (before.outcome !== now.outcome) {
    found.push(`It ended then with ${before.outcome}, and now with ${now.outcome}.`);
  }
  const isOther = !isSameList(before.answers.map(redactText), now.answers.map(redactText));
  const hasOtherEnds = !isSameList(before.turns, now.turns);
  if (isOther || hasOtherEnds) {
    found.push(isOther ? 'The answer is another one.' : 'The answer ended in another way.');
  }
  if (before.planHash !== now.planHash) {
    found.push(
      before.planHash === null || now.planHash === null
        ? `A plan came of it ${before.planHash === null ? 'now, and not then' : 'then, and not now'}.`
        : `The plan is another one: ${before.planHash.slice(0, 12)} then, ${now.planHash.slice(0, 12)} now.`,
    );
  }
  if (found.length > 0 && isRedacted) {
    found.push('Secrets were taken out of the record, so that it cannot be the same throughout.');
  }
  return found;
}

const countOf = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, at) => item === other[at]);
