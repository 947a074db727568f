import type { BigIntStats } from 'node:fs';
import type { Result } from '../../core/types.ts';
import type { Folder, Place } from './held-folder.ts';
import type { Walk } from './walk.ts';

/** A new file or link under a name of its own, beside the name that it is for. */
export type Temporary = {
  readonly place: Place;
  /** As it was begun, by which one knows it and the time of the file system. */
  readonly begun: BigIntStats;
};

/** What the changes of one call share. */
export type Batch = {
  readonly walk: Walk;
  readonly hasHardLinks: boolean;
  openBelow(above: Folder, name: string): Result<Folder>;
  /** What `stage` made for a place ahead of time, where it is still that and may be used. */
  staged(target: Place, hash: string, like: BigIntStats | null): Temporary | null;
  /** A name for a temporary file of this call; somebody may have it already. */
  newName(): string;
  /** Its entries or its mode have changed: `sync` puts it on the disk. */
  touched(folder: Folder): void;
};

/** What a killed process left is found again by this. */
export const temporaryName = (tag: string, number: number): string =>
  `.${tag}-${number}.tinycode-tmp`;

export const isTemporaryName = (tag: string, name: string): boolean =>
  name.startsWith(`.${tag}-`) && /^\d+\.tinycode-tmp$/.test(name.slice(tag.length + 2));

/** A tag is part of a file's name. */
export function checkTag(tag: string): void {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(tag)) throw new TypeError(`No tag for files: ${tag}`);
}
