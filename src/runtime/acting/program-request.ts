import { fail, ok } from '../../core/result.ts';
import { isProgram } from '../../core/run/resolve-cage.ts';
import type { Action, Cage, Result } from '../../core/types.ts';
import type { ProgramRequest } from '../../ports.ts';

/** How the program of an action is run; `what` is the name that it goes by meanwhile. */
export function requestOf(what: string, action: Action, cage: Cage): Result<ProgramRequest> {
  if (!isProgram(action)) return fail('unavailable', `Nothing here can do ${action.kind}.`);
  if (action.kind === 'git.run') {
    return ok({
      ...{ what, argv: ['git', ...HARDENING, ...action.argv], cwd: '.' },
      ...{ env: GIT_ENV, input: null, hasTerminal: false, cage },
    });
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

/** A repository's own configuration makes git run programs; none of them was in the plan. */
const HARDENING = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['diff.external', ''],
  ['log.showSignature', 'false'],
  ['commit.gpgSign', 'false'],
  ['safe.bareRepository', 'explicit'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);
const GIT_ENV = { ...QUIET, GIT_EDITOR: 'false', GIT_PAGER: 'cat' };
