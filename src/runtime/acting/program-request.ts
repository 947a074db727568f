import { fail, ok } from '../../core/result.ts';
import { isProgram } from '../../core/run/resolve-cage.ts';
import type { Action, Cage, Result } from '../../core/types.ts';
import type { ProgramRequest } from '../../ports.ts';
import type { Stage } from './stage.ts';

/** How the program of an action is run; `what` is the name that it goes by meanwhile. */
export async function requestOf(
  { readers, signal }: Pick<Stage, 'readers' | 'signal'>,
  what: string,
  action: Action,
  cage: Cage,
): Promise<Result<ProgramRequest>> {
  if (!isProgram(action)) return fail('unavailable', `Nothing here can do ${action.kind}.`);
  if (action.kind === 'git.run') {
    const call = await readers.git.harden(action.argv, signal);
    if (!call.ok) return call;
    return ok({ what, ...call.value, cwd: '.', input: null, hasTerminal: false, cage });
  }
  return ok({
    what,
    argv: 'command' in action ? ['sh', '-c', action.command] : action.argv,
    cwd: action.cwd ?? '.',
    env: { ...QUIET, ...action.env },
    input: action.input ?? null,
    hasTerminal: action.terminal ?? false,
    cage,
  });
}

/** A look of git's that refreshes its index would be a change of the program that asked it. */
const QUIET = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
