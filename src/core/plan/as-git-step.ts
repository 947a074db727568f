import type { Action, ShellRun } from '../types.ts';

/**
 * A program that is nothing but git is a git step, whatever it is called: only those may change the
 * repository. One that brings along what no git step has stays what it is.
 */
export function asGitStep(action: ShellRun): Action {
  if (!('argv' in action)) return action;
  const { argv, cwd = '', env = {}, network, terminal = false, input, limits = {} } = action;
  const [program, ...words] = argv;
  const isMore = terminal || input !== undefined || cwd.startsWith('/');
  const hasMore = [env, limits].some((given) => Object.keys(given).length > 0);
  if (program !== 'git' || words.length === 0 || isMore || hasMore) return action;
  return {
    kind: 'git.run',
    argv: /^\.?\/*$/.test(cwd) ? words : ['-C', cwd, ...words],
    ...(network === undefined ? {} : { network }),
  };
}
