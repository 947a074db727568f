import type { Situation } from '../../core/types.ts';
import type { Stage } from '../acting/stage.ts';
import type { TrialPlace } from '../deps.ts';

/** Where the programs of a trial are run: in its own workspace, with nobody to ask. */
export function stageOf(
  { deps, folder }: TrialPlace,
  outer: Pick<Stage, 'situation' | 'use' | 'talk'>,
  signal: AbortSignal,
): Stage {
  const situation: Situation = { ...outer.situation, workspace: folder, mode: 'execute' };
  return {
    ...deps,
    situation,
    session: 'trial',
    show: () => {},
    progress: () => {},
    use: outer.use,
    talk: outer.talk,
    ask: async () => null,
    hasPerson: false,
    mayHaveModel: () => false,
    enterNext: () => {},
    signal,
  };
}
