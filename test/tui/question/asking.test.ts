import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/core/display/line.ts';
import type { Question } from '../../../src/core/types.ts';
import { type Key, named } from '../../../src/tui/keys/key.ts';
import { type Asked, askAnew, pressAsking } from '../../../src/tui/question/asking.ts';
import { layoutQuestion } from '../../../src/tui/question/layout-question.ts';

const CHOICE: Question = {
  kind: 'choice',
  text: 'What now?',
  choices: [
    { key: 'f', label: 'fix it' },
    { key: 'keep', label: 'leave it as it is' },
  ],
};
const WORD: Question = { kind: 'word', text: 'This deletes build.', word: 'delete' };
const EDIT: Question = { kind: 'edit', text: 'Change it?', content: 'a', extension: '.md' };
const text = (typed: string): Key => ({ kind: 'text', text: typed });
const ENTER = named('enter');

function press(question: Question, keys: readonly Key[], atMs = 1_000, isWhole = true): Asked {
  let asked: Asked = { kind: 'open', asking: { ...askAnew(question), drawnMs: 0 } };
  for (const key of keys) {
    if (asked.kind === 'open') asked = pressAsking(asked.asking, key, atMs, isWhole);
  }
  return asked;
}

describe('a question', () => {
  it.each([
    [CHOICE, 'f', 'f'],
    [CHOICE, ' keep ', 'keep'],
    [WORD, 'delete', 'delete'],
  ])('is answered by exactly one of its answers and Enter', (question, typed, answer) => {
    expect(press(question, [text(typed), ENTER])).toEqual({ kind: 'answered', answer });
  });

  it.each([
    [CHOICE, []],
    [CHOICE, [text('x')]],
    [CHOICE, [text('ff')]],
    [CHOICE, [{ kind: 'paste', text: 'f', isCut: false } as const]],
    [WORD, [text('DELETE')]],
    [WORD, [text('y')]],
  ])('is not answered by anything else', (question, keys) => {
    expect(press(question, [...keys, ENTER]).kind).toBe('open');
  });

  it('drops keys until it has been seen for a moment', () => {
    const unseen = pressAsking(askAnew(CHOICE), text('f'), 1_000, true);
    expect(unseen).toEqual({ kind: 'open', asking: askAnew(CHOICE) });
    expect(press(CHOICE, [text('f'), ENTER], 149).kind).toBe('open');
    expect(press(CHOICE, [text('f'), ENTER], 150).kind).toBe('answered');
  });

  it('takes Esc for no answer, and Ctrl+C at any time', () => {
    expect(press(CHOICE, [named('escape')])).toEqual({ kind: 'answered', answer: null });
    const ctrlC = named('c', { ctrl: true });
    expect(pressAsking(askAnew(CHOICE), ctrlC, 0, true)).toEqual({ kind: 'cancelled' });
  });

  it('opens the editor by Enter where a text is asked for', () => {
    expect(press(EDIT, [ENTER])).toEqual({ kind: 'edit', content: 'a', extension: '.md' });
  });

  it('is answered only while all of it can be seen', () => {
    expect(press(CHOICE, [text('f'), ENTER], 1_000, false).kind).toBe('open');
    expect(press(CHOICE, [named('escape')], 1_000, false).kind).toBe('answered');
  });
});

describe('the lines of a question', () => {
  const look = { width: (shown: string) => stringWidth(shown), isAscii: false, isReflowed: true };
  const layout = (question: Question, columns: number, rows: number) =>
    layoutQuestion(askAnew(question), { columns }, look, rows);

  it('are its text, its answers, what to do and where to type', () => {
    const { lines, caret, isWhole } = layout(CHOICE, 80, 20);
    expect(lines.map(textOf)).toEqual([
      'What now?',
      '  f     fix it',
      '  keep  leave it as it is',
      'Type one of the keys, then Enter; Esc gives no answer.',
      'answer › ',
    ]);
    expect(caret).toEqual({ row: 4, column: 9 });
    expect(isWhole).toBe(true);
  });

  it('fit any window, and say where not all of it is shown', () => {
    const evil: Question = { ...CHOICE, text: '\x1b[2J\u202e word '.repeat(30) };
    for (const columns of [20, 40, 120]) {
      for (const rows of [3, 6, 40]) {
        const { lines, isWhole } = layout(evil, columns, rows);
        expect(isWhole).toBe(rows === 40 && columns > 20 ? true : isWhole);
        for (const line of lines) {
          expect(stringWidth(textOf(line))).toBeLessThan(columns + 1);
          expect(textOf(line)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        }
      }
    }
    expect(layout(evil, 40, 6).isWhole).toBe(false);
  });
});
