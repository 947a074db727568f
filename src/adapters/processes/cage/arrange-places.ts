import { isWithin } from './within.ts';

/** What shall be found at a path inside of a cage. */
export type Place =
  /** What lies at `from`, for reading. */
  | { readonly kind: 'shown'; readonly at: string; readonly from: string }
  /** What lies at `from`, for writing. */
  | { readonly kind: 'open'; readonly at: string; readonly from: string }
  /** An empty folder that is gone with the cage. */
  | { readonly kind: 'scratch'; readonly at: string }
  /** Whatever lies there is not to be seen. */
  | { readonly kind: 'hidden'; readonly at: string; readonly isFolder: boolean }
  | { readonly kind: 'link'; readonly at: string; readonly target: string };

/** A folder in an empty one, which needs no mount. */
export type Arranged = Place | { readonly kind: 'folder'; readonly at: string };

/** What lies where no place says anything: the disk for reading, or nothing at all. */
export type Ground = 'disk' | 'nothing';

/**
 * Puts places into an order in which each can be laid upon those above it, and leaves out what is
 * so anyway: every mount costs time, and the fewer there are, the easier a cage is to understand.
 * Of several at one path the last one holds.
 */
export function arrangePlaces(ground: Ground, places: readonly Place[]): readonly Arranged[] {
  const byPath = new Map(places.map((place) => [place.at, place]));
  const sorted = [...byPath.values()].sort((one, other) => comparePaths(one.at, other.at));
  const arranged: Arranged[] = [];
  const above: Place[] = [];
  for (const place of sorted) {
    while (above.length > 0 && !isWithin(place.at, above.at(-1)?.at ?? '/')) above.pop();
    const below = above.at(-1) ?? groundPlace(ground);
    const kept = settle(place, below);
    if (kept === null) continue;
    // Also above what is not hidden: a pin that came later would cover it.
    const pins = below?.kind === 'open' && isLaid(kept) ? pinsFor(kept.at, below) : [];
    arranged.push(...pins, kept);
    if (isLaid(kept)) above.push(...pins, kept);
  }
  return arranged;
}

/** Whether it is mounted, and not only made. */
const isLaid = (place: Arranged): place is Exclude<Place, { kind: 'link' }> =>
  place.kind !== 'folder' && place.kind !== 'link';

/** What a place comes to on top of what is above it; null where it adds nothing. */
function settle(place: Place, below: Place | null): Arranged | null {
  const isEmpty = below === null || below.kind === 'scratch' || below.kind === 'hidden';
  switch (place.kind) {
    case 'shown':
      return below?.kind === 'open' || (below?.kind === 'shown' && isSame(place, below))
        ? null
        : place;
    case 'open':
      return place;
    case 'scratch':
      return isEmpty && below !== null ? { kind: 'folder', at: place.at } : place;
    case 'hidden':
      return isEmpty ? null : place;
    case 'link':
      return isEmpty ? place : null;
    default:
      throw new Error(`unknown place ${place satisfies never}`);
  }
}

/**
 * The folders on the way to what is hidden, laid upon themselves: what something is mounted on
 * cannot be renamed, and elsewhere the next program would find it.
 */
function pinsFor(at: string, open: Place & { readonly kind: 'open' }): readonly Place[] {
  const names = at
    .slice(open.at.length)
    .split('/')
    .filter((name) => name !== '');
  return names.slice(0, -1).map((_, index) => {
    const rest = names.slice(0, index + 1).join('/');
    return { kind: 'open', at: join(open.at, rest), from: join(open.from, rest) };
  });
}

const join = (folder: string, rest: string): string =>
  folder === '/' ? `/${rest}` : `${folder}/${rest}`;

const groundPlace = (ground: Ground): Place | null =>
  ground === 'disk' ? { kind: 'shown', at: '/', from: '/' } : null;

const isSame = (
  place: Place & { readonly from: string },
  above: Place & { readonly from: string },
): boolean => {
  const rest = place.at.slice(above.at === '/' ? 0 : above.at.length);
  return `${above.from === '/' ? '' : above.from}${rest}` === place.from;
};

/** A folder before what it holds, and all that it holds before what follows it. */
function comparePaths(one: string, other: string): number {
  const [left, right] = [one.split('/'), other.split('/')];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [a = '', b = ''] = [left[index], right[index]];
    if (a !== b) return a < b ? -1 : 1;
  }
  return left.length - right.length;
}
