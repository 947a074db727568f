import { makeLineVisible } from '../../core/display/escape.ts';
import { type Line, type Surface, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { wrap } from '../../core/display/wrap.ts';
import type { Tone } from '../../core/types.ts';
import type { Draft } from '../editor/draft.ts';
import { graphemesOf } from '../editor/graphemes.ts';
import { phraseOf } from './describe-step.ts';
import type { ReviewState, Stage } from './review-state.ts';
import { sayOutcome, saySurprises } from './say-outcome.ts';
import { findRehearsalUse, sayRehearsal } from './say-rehearsal.ts';
import { barOf, findReturn } from './send-back.ts';

/** The last lines, and where the caret stands among them while something is typed. */
export type Foot = {
  readonly lines: readonly Line[];
  readonly caret: { readonly row: number; readonly column: number } | null;
};

export function layoutFoot(state: ReviewState, surface: Surface): Foot {
  const { stage } = state;
  switch (stage.kind) {
    case 'typing':
      return withInput(wrapLines(QUESTIONS[stage.what], 'strong', surface), stage.draft, surface);
    case 'confirm':
      return withInput(wrapLines(askFor(state, stage), 'warn', surface), stage.draft, surface);
    case 'busy':
      return {
        lines: [...outcome(state, surface), ...wrapLines(stage.what, 'dim', surface)],
        caret: null,
      };
    default:
      return { lines: [...outcome(state, surface), ...lastLines(state, surface)], caret: null };
  }
}

const QUESTIONS: Readonly<Record<Extract<Stage, { kind: 'typing' }>['what'], string>> = {
  search: 'Search in this step. Enter searches, Esc goes back.',
  'leave-out': 'Why is this hunk left out? It may stay empty. Enter leaves it out, Esc goes back.',
  reject: 'Why is the plan rejected? It may stay empty. Enter rejects it, Esc goes back.',
};

function askFor(state: ReviewState, { critical }: Extract<Stage, { kind: 'confirm' }>): string {
  const { steps } = state;
  const step = steps.find(({ step: { id } }) => id === critical[0])?.step;
  if (step !== undefined) {
    return `Step ${step.id} is critical. To approve it type "${phraseOf(step)}", Enter; all else is No.`;
  }
  const failed = findRehearsalUse(state).kind === 'failed' ? 'The rehearsal failed. ' : '';
  return `${failed}Approve ${sayOutcome(steps)}? Type y, Enter; all else is No.`;
}

/** More lines would leave none for the diff; the step itself says the rest. */
const MAX_LINES = 2;

function outcome(state: ReviewState, surface: Surface): readonly Line[] {
  const { steps } = state;
  const rehearsal = sayRehearsal(findRehearsalUse(state), steps);
  return [
    ...wrapLines(sayOutcome(steps), 'strong', surface),
    ...(rehearsal === null
      ? []
      : wrapLines(rehearsal.text, rehearsal.tone, surface).slice(0, MAX_LINES)),
    ...wrapLines(saySurprises(steps).join(' '), 'warn', surface).slice(0, MAX_LINES),
  ];
}

const wrapLines = (text: string, tone: Tone, surface: Surface): readonly Line[] =>
  text === ''
    ? []
    : wrap(makeLineVisible(text, surface.isAscii), surface.columns - 1, surface).map((row) => [
        span(row, tone),
      ]);

function lastLines(state: ReviewState, surface: Surface): readonly Line[] {
  if (state.hint !== null) return wrapLines(state.hint, 'warn', surface).slice(0, MAX_LINES);
  const { search } = state;
  if (state.stage.kind === 'reading' && search !== null) {
    return [fitKeys([searchState(search), ...SEARCH_KEYS], surface)];
  }
  const canSendBack = barOf(state) === null && findReturn(state.steps).sent.length > 0;
  return [fitKeys(canSendBack ? KEYS.toSpliced(2, 0, SEND_BACK) : KEYS, surface)];
}

const searchState = ({ matches, at }: NonNullable<ReviewState['search']>): string =>
  matches.length === 0 ? 'no match' : `match ${at + 1} of ${matches.length}`;

/** From left to right by how much they matter; the first never goes. */
const KEYS = [
  '? help',
  'a approve',
  'y take',
  'n leave out',
  'j/k hunk',
  'J/K step',
  'space step',
  's split',
  'e edit',
  'r rehearse',
  '/ search',
  'x reject',
  'q back',
  'u side by side',
  'w blanks',
  'z unfold',
];
const SEND_BACK = 'm back to the model';
const SEARCH_KEYS = ['] next', '[ previous', 'Esc ends the search', '? help'];

function fitKeys(keys: readonly string[], surface: Surface): Line {
  const dot = ` ${symbolsOf(surface).dot} `;
  let text = '';
  for (const key of keys) {
    const longer = text === '' ? key : text + dot + key;
    if (surface.width(longer) > surface.columns - 1) break;
    text = longer;
  }
  return [span(text, 'dim')];
}

/** The line that is typed in, as much of it around the caret as fits. */
function withInput(above: readonly Line[], { text, caret }: Draft, surface: Surface): Foot {
  const lead = `${symbolsOf(surface).prompt} `;
  const room = surface.columns - lead.length - 2;
  const show = (part: string): string => makeLineVisible(part, surface.isAscii);
  let before = graphemesOf(text.slice(0, caret));
  while (before.length > 0 && surface.width(show(before.join(''))) > room) before = before.slice(1);
  const shown = show(before.join(''));
  const column = surface.width(shown);
  let after = '';
  for (const part of graphemesOf(text.slice(caret))) {
    if (column + surface.width(after + show(part)) > room) break;
    after += show(part);
  }
  return {
    lines: [...above, [span(lead, 'accent'), span(shown + after)]],
    caret: { row: above.length, column: lead.length + column },
  };
}
