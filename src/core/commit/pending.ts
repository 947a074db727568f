/** What a commit would hold, or what differs from the last one. */
export type PendingWhat = 'staged' | 'all';

export type PendingChanges = {
  readonly files: readonly PendingFile[];
  /** Empty where none is checked out. */
  readonly branch: string;
  /** The commit that all of this differs from; empty where there is none yet. */
  readonly head: string;
  /**
   * Something that is begun and not ended, for which git has a message, with the commits that it would
   * bring in; null: nothing.
   */
  readonly underWay: {
    readonly what: 'merge' | 'cherry-pick' | 'revert';
    readonly commits: string;
  } | null;
  /** Over names, modes and contents: the same only where the same differs from `head`. */
  readonly stamp: string;
};

export type PendingFile = {
  /** Relative to the workspace; begins with `../` where it lies outside of it. */
  readonly path: string;
  readonly movedFrom?: string;
  readonly kind: 'added' | 'changed' | 'deleted' | 'moved' | 'unmerged';
  /** Lines; null where git sees no text. */
  readonly lines: { readonly added: number; readonly removed: number } | null;
};

/** Enough to tell what one message was written for from another in a session. */
export const sayStamp = (what: PendingWhat, { stamp }: PendingChanges): string =>
  `${what} ${stamp.slice(0, 12)}`;

const KIND_WORDS: Readonly<Record<PendingFile['kind'], string>> = {
  added: 'new',
  changed: 'changed',
  deleted: 'deleted',
  moved: 'moved',
  unmerged: 'not merged',
};

/** One file in a line: `changed src/cart.ts +3 -1`. */
export function sayFile({ path, movedFrom, kind, lines }: PendingFile): string {
  const from = movedFrom === undefined ? '' : ` from ${movedFrom}`;
  const size = lines === null ? 'no text' : `+${lines.added} -${lines.removed}`;
  return `${KIND_WORDS[kind]} ${path}${from} ${size}`;
}
