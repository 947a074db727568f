import type { Change, State } from '../core/types.ts';
import type { Stage } from './acting/stage.ts';
import { makeChange } from './make-change.ts';

/** Offers to start the models' server before a command that needs one; says whether it runs now. */
export async function offerServer(
  stage: Stage,
  state: State,
  made: (change: Change) => void,
): Promise<boolean> {
  const found = await stage.readers.server.find(stage.signal);
  if (!found.ok || stage.signal.aborted) return false;
  if (found.value.kind === 'running') return true;
  const { start } = found.value;
  const answer = await stage.ask({
    kind: 'choice',
    text: `Ollama is installed but not running. Start it?\n${start.argv.join(' ')}, at ${start.host}; it goes on when TinyCode ends.`,
    choices: [
      { key: 'y', label: 'start it' },
      { key: 'n', label: 'leave it' },
    ],
  });
  if (answer !== 'y') return false;
  const change = { kind: 'server.start', ...start } as const;
  const started = await makeChange(stage, state, change);
  if (!started.ok) {
    stage.show({ kind: 'failure', failure: started.error });
    return false;
  }
  made(change);
  return true;
}
