import type { SharedDiff } from '../../core/commit/share-diffs.ts';
import type { Gathered } from './gather-changes.ts';

const MOST_NAMED = 8;

/** What of the changes the model did not see, or not whole. */
export function notesOf(
  { diffs, hidden, unread }: Gathered,
  shared: readonly SharedDiff[],
): readonly string[] {
  const cut = shared.filter(({ isWhole }) => !isWhole).map(({ path }) => path);
  const given = new Set(shared.map(({ path }) => path));
  const out = [...diffs.map(({ path }) => path).filter((path) => !given.has(path)), ...unread];
  return [
    ...(hidden.length === 0 ? [] : [`Kept from the model by the rules: ${list(hidden)}.`]),
    ...(cut.length === 0 ? [] : [`Only the beginning was given: ${list(cut)}.`]),
    ...(out.length === 0 ? [] : [`Only the names were given: ${list(out)}.`]),
  ];
}

function list(paths: readonly string[]): string {
  const more = paths.length - MOST_NAMED;
  return `${paths.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
