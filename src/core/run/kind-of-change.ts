import type { CheckpointEntry } from '../types.ts';

export type KindOfChange = 'create' | 'modify' | 'delete' | 'mode' | 'link';

/** What happened to a path, in a word. */
export function kindOfChange({ before, after }: CheckpointEntry): KindOfChange {
  if (after.kind === 'absent') return 'delete';
  if (after.kind === 'link') return 'link';
  if (before.kind === 'absent') return 'create';
  const isSameFile = before.kind === 'file' && after.kind === 'file' && before.hash === after.hash;
  const isSameFolder = before.kind === 'folder' && after.kind === 'folder';
  return isSameFile || isSameFolder ? 'mode' : 'modify';
}

/** As scripts get them. */
export const changesAsData = (changes: readonly CheckpointEntry[]) =>
  changes.map((change) => ({ path: change.after.path, kind: kindOfChange(change) }));
