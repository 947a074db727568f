import type { ReadStream } from 'node:tty';
import { makeLineVisible, makeVisible } from '../../core/display/escape.ts';
import type { Surface } from '../../core/display/line.ts';
import { wrap } from '../../core/display/wrap.ts';
import type { Question, Result } from '../../core/types.ts';
import { GUARD_MS } from '../guard.ts';
import { answerOf, hintFor } from './asking.ts';

/** A question of a running command, line by line. */
export type PlainQuestion = {
  /** Says a question that is new. */
  watch(question: Question | null): void;
  isOpen(): boolean;
  /** A whole line; it answers only if it was begun after the question was said. */
  takeLine(line: string): void;
  /** What is typed now is dropped: it was begun before. */
  isDropping(): boolean;
};

export type PlainQuestionOptions = {
  readonly stdin: ReadStream;
  readonly say: (text: string) => void;
  readonly surface: () => Surface;
  readonly edit: (content: string, extension: string) => Promise<Result<string>>;
  readonly onAnswer: (answer: string | null) => void;
};

/** Gives no answer, unless it is one of the answers. */
const NO_ANSWER = '-';
const PROMPT = 'answer> ';

export function createPlainQuestion(options: PlainQuestionOptions): PlainQuestion {
  const { stdin, say, surface, edit, onAnswer } = options;
  let current: Question | null = null;
  let isDropping = false;

  function ask(question: Question): void {
    const { columns, isAscii } = surface();
    const answers = describe(question).map((line) => makeLineVisible(line, isAscii));
    const lines = [makeVisible(question.text, isAscii), ...answers, helpFor(question)];
    const rows = lines.flatMap((line) => wrap(line, columns, surface()));
    say(`\n${rows.map((row) => `${row}\n`).join('')}`);
    dropTypedAhead(() => current === question && say(PROMPT));
  }

  /**
   * What was begun before Enter lies with the terminal until then. Raw for a moment, it hands it
   * out, and it goes nowhere.
   */
  function dropTypedAhead(done: () => void): void {
    isDropping = true;
    if (stdin.isTTY) stdin.setRawMode(true);
    setTimeout(() => {
      if (stdin.isTTY && !stdin.destroyed) stdin.setRawMode(false);
      isDropping = false;
      done();
    }, GUARD_MS);
  }

  async function openEditor(question: Extract<Question, { kind: 'edit' }>): Promise<void> {
    const edited = await edit(question.content, question.extension);
    if (current !== question) return;
    if (edited.ok) onAnswer(edited.value);
    else say(`${makeVisible(edited.error.message, surface().isAscii)}\n${PROMPT}`);
  }

  return {
    watch(question) {
      if (question === current) return;
      current = question;
      if (question !== null) ask(question);
    },
    isOpen: () => current !== null,
    isDropping: () => isDropping,
    takeLine(line) {
      if (current === null) return;
      const typed = line.trim();
      const answer = current.kind === 'edit' ? null : answerOf(current, typed);
      if (answer !== null) onAnswer(answer);
      else if (typed === NO_ANSWER) onAnswer(null);
      else if (current.kind === 'edit') {
        if (typed === 'edit') void openEditor(current);
        else say(PROMPT);
      } else say(typed === '' ? PROMPT : `${hintFor(current)}\n${PROMPT}`);
    },
  };
}

const describe = (question: Question): readonly string[] =>
  question.kind === 'choice' ? question.choices.map(({ key, label }) => `${key}: ${label}`) : [];

function helpFor(question: Question): string {
  const none = `${NO_ANSWER} gives no answer.`;
  switch (question.kind) {
    case 'choice':
      return `Type one of the keys and Enter; ${none}`;
    case 'word':
      return `Type ${question.word} and Enter; ${none}`;
    case 'edit':
      return `Type edit and Enter to open your editor; ${none}`;
    default:
      return question satisfies never;
  }
}
