import { makeLineVisible } from '../../core/display/escape.ts';
import { type Line, type Surface, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { wrap } from '../../core/display/wrap.ts';
import { clip } from '../live/clip.ts';
import { bannerOf } from './describe-cage.ts';
import type { ReviewState } from './review-state.ts';
import { findRehearsalUse, nameRehearsal } from './say-rehearsal.ts';

/** Which plan, where in it, and what for; above it what must not be overlooked. */
export function layoutHead(state: ReviewState, surface: Surface): readonly Line[] {
  return [...layoutBanner(state, surface), layoutTitle(state, surface)];
}

/** Inverse, so that it stands out where there is no colour. */
function layoutBanner({ cage }: ReviewState, surface: Surface): readonly Line[] {
  const text = bannerOf(cage);
  if (text === null) return [];
  return wrap(text, surface.columns - 1, surface).map((row) => [
    { ...span(row, 'bad'), isInverse: true },
  ]);
}

/** The goal stands whole in the help, and the foot says what a rehearsal means. */
function layoutTitle(state: ReviewState, surface: Surface): Line {
  const { record, steps, at, look } = state;
  const { plan } = record;
  const dot = ` ${symbolsOf(surface).dot} `;
  const where = `Plan ${plan.id}${dot}step ${Math.min(at + 1, steps.length)} of ${steps.length}`;
  const name = makeLineVisible(where, surface.isAscii);
  const goal = makeLineVisible(plan.goal, surface.isAscii);
  const use = findRehearsalUse(state);
  const rehearsal = nameRehearsal(use);
  const left = surface.columns - surface.width(name) - dot.length;
  const isSaid = rehearsal !== '' && rehearsal.length <= left;
  const room = isSaid ? left - rehearsal.length - dot.length : left;
  return [
    span(name, 'strong'),
    ...(isSaid ? [span(dot, 'dim'), span(rehearsal, use.kind === 'failed' ? 'bad' : 'plain')] : []),
    span(room < 8 ? '' : dot + clip(goal, room, look), 'dim'),
  ];
}
