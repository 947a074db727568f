import type { Rung } from '../../../core/types.ts';
import type { Surroundings } from './surroundings.ts';
import { isWithin } from './within.ts';

/** Whether a program in such a cage can read what lies at a path outside of its workspace. */
export function isInSight(rung: Rung, path: string, { system, around }: Surroundings): boolean {
  const places = rung === 'L3' ? [...system, ...around] : around;
  const over = places.filter(({ kind, at }) => kind !== 'link' && isWithin(path, at));
  const length = Math.max(0, ...over.map(({ at }) => at.length));
  // The nearest one holds, and of several at one path the last.
  const nearest = over.findLast(({ at }) => at.length === length);
  if (nearest === undefined) return rung !== 'L3';
  return nearest.kind === 'shown' || nearest.kind === 'open';
}
