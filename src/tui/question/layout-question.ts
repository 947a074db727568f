import { makeLineVisible, makeVisible } from '../../core/display/escape.ts';
import { indent, type Line, type Surface, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { wrap } from '../../core/display/wrap.ts';
import type { Question, Tone } from '../../core/types.ts';
import { clip } from '../live/clip.ts';
import type { Look, Size } from '../live/view.ts';
import type { Asking } from './asking.ts';

export type QuestionLayout = {
  readonly lines: readonly Line[];
  readonly caret: { readonly row: number; readonly column: number };
  /** False where the window is too low to show all of it. */
  readonly isWhole: boolean;
};

/** The question, its answers, and the line to answer in, at most so many rows. */
export function layoutQuestion(
  { question, draft, hint }: Asking,
  { columns }: Pick<Size, 'columns'>,
  look: Look,
  maxRows: number,
): QuestionLayout {
  const surface: Surface = { ...look, columns: columns - 1, isPlain: false };
  const lead = `answer ${symbolsOf(look).prompt} `;
  const typed = clip(makeVisible(draft.text, look.isAscii), columns - lead.length - 2, look);
  const all = [...wrapIn(question.text, 'strong', surface), ...answersOf(question, surface)];
  const last = wrapIn(hint ?? helpFor(question), hint === null ? 'dim' : 'warn', surface);
  const room = Math.max(0, maxRows - 1 - last.length);
  const lines: readonly Line[] = [
    ...all.slice(0, room),
    ...last,
    [span(lead, 'accent'), span(typed)],
  ];
  const caret = { row: lines.length - 1, column: lead.length + look.width(typed) };
  return { lines, caret, isWhole: all.length <= room };
}

const wrapIn = (text: string, tone: Tone, surface: Surface): readonly Line[] =>
  wrap(makeVisible(text, surface.isAscii), surface.columns, surface).map((row) => [
    span(row, tone),
  ]);

/** One below the other; what continues one stands under its text. */
function answersOf(question: Question, surface: Surface): readonly Line[] {
  if (question.kind !== 'choice') return [];
  const widest = Math.max(...question.choices.map(({ key }) => surface.width(key)));
  return question.choices.flatMap(({ key, label }) => {
    const rows = wrap(
      makeLineVisible(label, surface.isAscii),
      surface.columns - widest - 4,
      surface,
    );
    return rows.map((row, at): Line => {
      const name = makeLineVisible(key, surface.isAscii);
      const lead = at === 0 ? span(`  ${name.padEnd(widest)}  `, 'accent') : indent(widest + 4);
      return [lead, span(row)];
    });
  });
}

function helpFor(question: Question): string {
  switch (question.kind) {
    case 'choice':
      return 'Type one of the keys, then Enter; Esc gives no answer.';
    case 'word':
      return `Type ${question.word}, then Enter; Esc gives no answer.`;
    case 'edit':
      return 'Enter opens your editor; Esc gives no answer.';
    default:
      return question satisfies never;
  }
}
