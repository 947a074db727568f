import type { Question } from '../../core/types.ts';
import { type Draft, EMPTY } from '../editor/draft.ts';
import { pressInLine } from '../editor/line-input.ts';
import { GUARD_MS } from '../guard.ts';
import { chordOf, type Key } from '../keys/key.ts';

/** A question of a running command, and what a person has typed for an answer. */
export type Asking = {
  readonly question: Question;
  readonly draft: Draft;
  /** When it stood on the screen for the first time; null until then. */
  readonly drawnMs: number | null;
  /** Why what was typed is no answer. */
  readonly hint: string | null;
};

/** What a key comes to. */
export type Asked =
  | { readonly kind: 'open'; readonly asking: Asking }
  /** Null is no answer: always the careful one. */
  | { readonly kind: 'answered'; readonly answer: string | null }
  | { readonly kind: 'edit'; readonly content: string; readonly extension: string }
  /** No answer, and what runs is to stop. */
  | { readonly kind: 'cancelled' };

export const askAnew = (question: Question): Asking => ({
  question,
  draft: EMPTY,
  drawnMs: null,
  hint: null,
});

/** One key at the question. `isWhole` says that all of it can be seen. */
export function pressAsking(asking: Asking, key: Key, atMs: number, isWhole: boolean): Asked {
  const open: Asked = { kind: 'open', asking: { ...asking, hint: null } };
  const chord = key.kind === 'key' ? chordOf(key) : '';
  if (chord === 'ctrl+c') return { kind: 'cancelled' };
  // Typed for something else, or before anybody can have read this.
  if (asking.drawnMs === null || atMs < asking.drawnMs + GUARD_MS) return open;
  if (chord === 'escape') return { kind: 'answered', answer: null };
  if (!isWhole)
    return say(asking, 'Make the window higher to read all of it; Esc gives no answer.');
  if (chord === 'enter') return enter(asking);
  if (key.kind === 'paste' || asking.question.kind === 'edit') return open;
  const draft = pressInLine(asking.draft, key) ?? asking.draft;
  return { kind: 'open', asking: { ...asking, hint: null, draft } };
}

const say = (asking: Asking, hint: string): Asked => ({
  kind: 'open',
  asking: { ...asking, hint },
});

function enter(asking: Asking): Asked {
  const { question, draft } = asking;
  if (question.kind === 'edit') {
    return { kind: 'edit', content: question.content, extension: question.extension };
  }
  const answer = answerOf(question, draft.text);
  if (answer !== null) return { kind: 'answered', answer };
  return say({ ...asking, draft: EMPTY }, hintFor(question));
}

type Typed = Exclude<Question, { kind: 'edit' }>;

/** What a whole line answers; null where it is none of the answers. */
export function answerOf(question: Typed, line: string): string | null {
  const typed = line.trim();
  const keys = question.kind === 'word' ? [question.word] : question.choices.map(({ key }) => key);
  return typed !== '' && keys.includes(typed) ? typed : null;
}

export const hintFor = (question: Typed): string =>
  question.kind === 'word'
    ? `That is not the word "${question.word}": nothing is answered.`
    : `That is none of ${question.choices.map(({ key }) => key).join(', ')}: nothing is answered.`;
