import type { Surface } from '../../core/display/line.ts';
import type { FileWork } from './file-work.ts';
import type { CodeMatch } from './find-matches.ts';
import type { HunkPlace } from './review-state.ts';

/** What the rows of the right pane are drawn with. */
export type PaneLook = {
  readonly surface: Surface;
  readonly columns: number;
  readonly files: readonly FileWork[];
  readonly hunk: HunkPlace | null;
  readonly isSideBySide: boolean;
  readonly hasBlanks: boolean;
  readonly matches: readonly CodeMatch[];
};
