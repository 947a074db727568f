import type { DraftStep } from '../../core/types.ts';
import type { ParseCode } from './parse-code.ts';
import type { WorkspaceView } from './workspace-view.ts';

/** What one sentence comes to: steps, and what the person should know besides. */
export type Outcome = { readonly steps: readonly DraftStep[]; readonly open: readonly string[] };

/** All that planning a sentence looks at. */
export type Sight = {
  readonly workspace: string;
  readonly searchPath: string;
  readonly view: WorkspaceView;
  readonly code: ParseCode;
  readonly signal: AbortSignal;
};
