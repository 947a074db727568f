import { makeLineVisible } from '../../core/display/escape.ts';
import { indent, type Line, type Surface, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { wrap } from '../../core/display/wrap.ts';
import type { Tone } from '../../core/types.ts';
import type { Size } from '../live/view.ts';
import { targetOf, wordOf } from './describe-step.ts';
import { toneOfRisk } from './pane-rows.ts';
import type { ReviewState } from './review-state.ts';
import { type Standing, standingsOf } from './standing.ts';
import { hunksOf, type StepWork } from './step-work.ts';

/** The steps, those around the current one where there is not room for all. */
export function layoutSteps(
  state: ReviewState,
  { columns, rows }: Size,
  isStacked: boolean,
  surface: Surface,
): readonly Line[] {
  const cards = layoutCards(state, columns, isStacked, surface);
  const start = cards.slice(0, state.at).reduce((sum, card) => sum + card.length, 0);
  const end = start + (cards[state.at]?.length ?? 0);
  const lines = cards.flat();
  // Its first line at least, and with all that is before it where that fits.
  const first = Math.max(0, Math.min(start, end - rows));
  return lines.slice(first, first + rows);
}

export const heightOfSteps = (state: ReviewState, columns: number, surface: Surface): number =>
  layoutCards(state, columns, true, surface).flat().length;

function layoutCards(
  state: ReviewState,
  columns: number,
  isStacked: boolean,
  surface: Surface,
): readonly (readonly Line[])[] {
  const standings = standingsOf(state.steps);
  return state.steps.map((work, at) => {
    const card = {
      work,
      standing: standings.get(work.step.id) ?? { kind: 'left-out' as const },
      isCurrent: at === state.at,
    };
    return isStacked ? shortCard(card, columns, surface) : longCard(card, columns, surface);
  });
}

type Card = {
  readonly work: StepWork;
  readonly standing: Standing;
  readonly isCurrent: boolean;
};

function shortCard(card: Card, columns: number, surface: Surface): readonly Line[] {
  const { step } = card.work;
  const risk = step.risk === 'none' || step.risk === 'low' ? [] : [step.risk];
  const text = [headOf(card), ...factsOf(card.work, surface), ...risk].join('  ');
  return hang(text, toneOf(card), card, columns, surface);
}

/** The title and the facts below what it acts on. */
function longCard(card: Card, columns: number, surface: Surface): readonly Line[] {
  const { step } = card.work;
  const facts = [`${step.risk} risk`, ...factsOf(card.work, surface)].join(', ');
  const below = (text: string, tone: Tone): readonly Line[] =>
    wrap(makeLineVisible(text, surface.isAscii), columns - LEAD, surface).map((row) => [
      indent(LEAD),
      span(row, tone),
    ]);
  return [
    ...hang(headOf(card), toneOf(card), card, columns, surface),
    ...below(step.title, card.isCurrent ? 'plain' : 'dim'),
    ...below(facts, toneOfRisk(step.risk)),
  ];
}

/** `› [x] ` */
const LEAD = 6;

function hang(
  text: string,
  tone: Tone,
  { isCurrent, standing }: Card,
  columns: number,
  surface: Surface,
): readonly Line[] {
  const lead = isCurrent ? `${symbolsOf(surface).prompt} ` : '  ';
  const shown = makeLineVisible(text, surface.isAscii);
  return wrap(shown, columns - LEAD, surface).map((row, at) => [
    at === 0 ? span(`${lead}${markOf(standing)} `, isCurrent ? 'accent' : 'plain') : indent(LEAD),
    span(row, tone),
  ]);
}

const headOf = ({ work: { step } }: Card): string =>
  `${step.id}  ${wordOf(step)}  ${targetOf(step)}`;

/** A word beside the mark says the same. */
function markOf({ kind }: Standing): string {
  switch (kind) {
    case 'taken':
      return '[x]';
    case 'done':
      return '[=]';
    case 'barred':
      return '[!]';
    case 'waiting':
      return '[?]';
    case 'left-out':
    case 'orphan':
      return '[ ]';
    default:
      return kind satisfies never;
  }
}

function toneOf({ standing, isCurrent }: Card): Tone {
  if (isCurrent) return 'strong';
  return standing.kind === 'taken' ? 'plain' : standing.kind === 'barred' ? 'bad' : 'dim';
}

function factsOf(work: StepWork, { isAscii }: Surface): readonly string[] {
  const { added, removed, out, all } = countsOf(work);
  return [
    ...(all === 0 ? [] : [`+${added} ${isAscii ? '-' : '−'}${removed}`]),
    ...(out === 0 ? [] : [`${out} of ${all} hunks out`]),
    ...(work.findings.some(({ severity }) => severity === 'error') ? ['cannot be taken'] : []),
    ...(hasFailedInRehearsal(work) ? ['failed in the rehearsal'] : []),
    ...(work.status === 'waiting' ? [] : [work.status]),
  ];
}

/** Those behind it were not reached; the first one matters. */
const hasFailedInRehearsal = ({ rehearsed }: StepWork): boolean =>
  rehearsed?.ok === false && rehearsed.error?.code !== 'cancelled';

type Counts = Readonly<Record<'added' | 'removed' | 'out' | 'all', number>>;

const counted = new WeakMap<StepWork, Counts>();

function countsOf(work: StepWork): Counts {
  const known = counted.get(work);
  if (known) return known;
  const counts = { added: 0, removed: 0, out: 0, all: 0 };
  for (const { hunk, isTaken } of hunksOf(work)) {
    counts.added += hunk.afterLines.length;
    counts.removed += hunk.beforeLines.length;
    counts.out += isTaken ? 0 : 1;
    counts.all++;
  }
  counted.set(work, counts);
  return counts;
}
