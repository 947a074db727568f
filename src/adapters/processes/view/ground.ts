import type { Result } from '../../../core/types.ts';
import type { Holder } from './holder.ts';

/** Walks to a folder; what it answers leads to that very folder until it is closed. */
export type OpenFolder = (path: string) => Result<{ readonly path: string; close(): void }>;

/** What a program of a view stands on. */
export type Ground = {
  /** Null where the machine lets us have none: then nothing but the cage stands around it. */
  readonly holder: Holder | null;
  /** Where the program finds the workspace. */
  readonly workspace: string;
  /** Where its files lie in the world in which the cage is made. */
  readonly folder: string;
  /** Walks in the view, as this process finds it. */
  readonly openFolder: OpenFolder;
  /** Where all that is written lies, and how much lay there before; null: nobody can say. */
  readonly written: { readonly folder: string; readonly bytes: number } | null;
};
