import type { CheckpointEntry, Image } from '../types.ts';

/** What has to be done to names so that what lies there before becomes what shall lie there. */
export type ChangeOfName =
  | { readonly kind: 'put'; readonly before: Image; readonly after: Image & { kind: 'file' } }
  | { readonly kind: 'put-link'; readonly before: Image; readonly after: Image & { kind: 'link' } }
  | {
      readonly kind: 'make-folder';
      readonly before: Image;
      readonly after: Image & { kind: 'folder' };
    }
  | { readonly kind: 'remove'; readonly before: Image }
  | { readonly kind: 'move'; readonly before: Image; readonly to: string };

/**
 * The one way from before to after, for the doing as for the way back: something that goes from
 * one name and comes to another is moved; then folders are made, files put, and the rest removed.
 */
export function changesBetween(entries: readonly CheckpointEntry[]): readonly ChangeOfName[] {
  const move = findMove(entries);
  const rest = entries.filter((entry) => !move?.entries.includes(entry));
  const made: ChangeOfName[] = [];
  const put: ChangeOfName[] = [];
  const gone: ChangeOfName[] = [];
  for (const { before, after } of rest) {
    if (isSame(before, after)) continue;
    if (after.kind === 'absent') gone.push({ kind: 'remove', before });
    else if (after.kind === 'folder') made.push({ kind: 'make-folder', before, after });
    else if (after.kind === 'file') put.push({ kind: 'put', before, after });
    else if (after.kind === 'link') put.push({ kind: 'put-link', before, after });
  }
  return [
    ...made.sort(outermostFirst),
    ...(move ? [move.change] : []),
    ...put,
    ...gone.sort(deepestFirst),
  ];
}

export const isSame = (a: Image, b: Image): boolean => {
  if (a.path !== b.path || a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'absent':
      return true;
    case 'file':
      return b.kind === 'file' && a.hash === b.hash && a.mode === b.mode;
    case 'folder':
      return b.kind === 'folder' && (a.hash ?? b.hash) === (b.hash ?? a.hash);
    case 'link':
      return b.kind === 'link' && a.target === b.target;
    case 'other':
      return false;
    default:
      return a satisfies never;
  }
};

/** A step moves one thing at most; the image at its new name says where it came from. */
function findMove(
  entries: readonly CheckpointEntry[],
): { readonly entries: readonly CheckpointEntry[]; readonly change: ChangeOfName } | null {
  const there = entries.find(
    ({ before, after }) => (after.movedFrom ?? before.movedFrom) !== undefined,
  );
  const origin = there?.after.movedFrom ?? there?.before.movedFrom;
  const here = entries.find(({ before }) => before.path === origin);
  if (there === undefined || here === undefined) return null;
  const isForth = there.after.movedFrom !== undefined;
  const [from, to] = isForth ? [here, there] : [there, here];
  const change: ChangeOfName = { kind: 'move', before: from.before, to: to.after.path };
  return { entries: [here, there], change };
}

const depthOf = (path: string) => path.split('/').length;
const pathOf = (change: ChangeOfName) => change.before.path;
const outermostFirst = (a: ChangeOfName, b: ChangeOfName) =>
  depthOf(pathOf(a)) - depthOf(pathOf(b));
const deepestFirst = (a: ChangeOfName, b: ChangeOfName) => depthOf(pathOf(b)) - depthOf(pathOf(a));

/** The same entries, the other way round. */
export const reverseEntries = (entries: readonly CheckpointEntry[]): readonly CheckpointEntry[] =>
  entries.map(({ before, after }) => ({ before: after, after: before }));
