import type { Line } from '../../core/display/line.ts';
import { layoutQuestion, type QuestionLayout } from '../question/layout-question.ts';
import { layoutActivity } from './layout-activity.ts';
import { layoutMenu } from './layout-menu.ts';
import { layoutPrompt } from './layout-prompt.ts';
import { layoutQueue } from './layout-queue.ts';
import { layoutStatus } from './layout-status.ts';
import { layoutTalk } from './layout-talk.ts';
import type { Look, View } from './view.ts';

/** The live lines from top to bottom, and where the caret stands among them. */
export type Live = {
  readonly above: readonly Line[];
  readonly prompt: readonly Line[];
  readonly menu: readonly Line[];
  readonly status: readonly Line[];
  readonly caret: { readonly row: number; readonly column: number };
};

/** A live region as high as the terminal would make Ink wipe the scrollback. */
const MAX_LIVE_ROWS = 20;
const ROOMY = 10;
const MAX_MENU_ROWS = 7;
const MAX_QUEUE_ROWS = 3;
const MAX_TALK_ROWS = 8;

/** What is least needed goes first where the window is low. */
export function layoutLive(view: View, look: Look): Live {
  const question = questionIn(view, look);
  if (question !== null) return withQuestion(view, look, question);
  const budget = Math.max(1, Math.min(MAX_LIVE_ROWS, view.size.rows - 1));
  const isRoomy = budget >= ROOMY - 1;
  const status = budget >= 2 ? layoutStatus(view, look) : null;
  const activity = budget >= 3 ? layoutActivity(view, look) : [];
  const queue = isRoomy ? layoutQueue(view, look, MAX_QUEUE_ROWS) : [];
  const talk = layoutTalk(view, look, Math.min(MAX_TALK_ROWS, budget - MIN_BESIDE_TALK));
  const apart = talk.length > 0 && activity.length > 0 && isRoomy ? [[]] : [];
  const above = [...(isRoomy ? [[]] : []), ...talk, ...apart, ...activity, ...queue];
  const fixed = above.length + (status === null ? 0 : 1);
  const menu = layoutMenu(view, look, Math.min(MAX_MENU_ROWS, budget - fixed - 2));
  const prompt = layoutPrompt(view, look, Math.max(1, budget - fixed - menu.length));
  const caret = status?.caretColumn ?? null;
  return {
    above,
    prompt: prompt.lines,
    menu,
    status: status === null ? [] : [status.line],
    caret:
      caret === null
        ? { row: above.length + prompt.caret.row, column: prompt.caret.column }
        : { row: above.length + prompt.lines.length + menu.length, column: caret },
  };
}

/** A blank above and below what is written, what runs, three that wait, the prompt, the status. */
const MIN_BESIDE_TALK = 8;

/** The question has all the room there is, but for the prompt and the status below it. */
export const questionIn = ({ asking, size }: View, look: Look): QuestionLayout | null =>
  asking === null ? null : layoutQuestion(asking, size, look, Math.max(1, size.rows - 3));

/** What was begun at the prompt stays in sight; the caret is with the question until that is answered. */
function withQuestion(view: View, look: Look, question: QuestionLayout): Live {
  const room = view.size.rows - 1 - question.lines.length;
  const status = layoutStatus({ ...view, hint: null }, look);
  const blank = room >= MIN_ROOM ? [[]] : [];
  return {
    above: [...blank, ...question.lines],
    prompt: room >= 1 && view.editor.draft.text !== '' ? layoutPrompt(view, look, 1).lines : [],
    menu: [],
    status: room >= 2 ? [status.line] : [],
    caret: { row: blank.length + question.caret.row, column: question.caret.column },
  };
}

/** With fewer rows beside it a question goes without a blank above. */
const MIN_ROOM = 5;

export const linesOf = (live: Live): readonly Line[] => [
  ...live.above,
  ...live.prompt,
  ...live.menu,
  ...live.status,
];
