/** A line that stands exactly once in both texts, by its index in each. */
export type Anchor = { readonly old: number; readonly now: number };

/** The most lines, each unique in both texts, that stand in the same order in both. */
export function findAnchors(old: Uint32Array, now: Uint32Array): readonly Anchor[] {
  const places = new Map<number, { old: number; now: number; isUnique: boolean }>();
  old.forEach((line, at) => {
    const place = places.get(line);
    if (place) place.isUnique = false;
    else places.set(line, { old: at, now: -1, isUnique: true });
  });
  now.forEach((line, at) => {
    const place = places.get(line);
    if (place === undefined) return;
    if (place.now >= 0) place.isUnique = false;
    place.now = at;
  });
  const shared = [...places.values()].filter((place) => place.isUnique && place.now >= 0);
  return longestRising(shared.sort((one, two) => one.old - two.old));
}

/** Of anchors in the order of the old text, the most that are in order in the new one too. */
function longestRising(anchors: readonly Anchor[]): readonly Anchor[] {
  /** The last anchor of the best row of each length, and what each one follows. */
  const ends: number[] = [];
  const follows: number[] = [];
  anchors.forEach(({ now }, index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[ends[middle] ?? 0]?.now ?? 0) < now) low = middle + 1;
      else high = middle;
    }
    follows[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const rising: Anchor[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = follows[at] ?? -1) {
    const anchor = anchors[at];
    if (anchor) rising.push({ old: anchor.old, now: anchor.now });
  }
  return rising.reverse();
}
