import { makeLineVisible } from '../../core/display/escape.ts';
import { type Line, type Surface, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { clip } from '../live/clip.ts';
import type { ReviewState } from './review-state.ts';

/** Which plan, where in it, and what for; the goal stands whole in the help. */
export function layoutHead(
  { record, steps, at, look }: ReviewState,
  surface: Surface,
): readonly Line[] {
  const { plan } = record;
  const dot = ` ${symbolsOf(surface).dot} `;
  const where = `Plan ${plan.id}${dot}step ${Math.min(at + 1, steps.length)} of ${steps.length}`;
  const name = makeLineVisible(where, surface.isAscii);
  const goal = makeLineVisible(plan.goal, surface.isAscii);
  const room = surface.columns - surface.width(name) - dot.length;
  return [[span(name, 'strong'), span(room < 8 ? '' : dot + clip(goal, room, look), 'dim')]];
}
