import type { Step } from '../types.ts';
import { NAMING } from './git-words.ts';

/** Beside git a program could write whatever git obeys, so what git changes in one is refused. */
export const GIT_INSIDE =
  'Only a git step may change the repository, and not git inside of a program.';
export const GIT_STEP =
  'Plan the git command as a step of its own: kind git.run, with argv and network alone.';

type Ended = { readonly exitCode: number | null; readonly output: string };

/**
 * What a program that failed is told of besides; empty where it is not about git. No cage shows who
 * commits, and only git steps are told: so a commit inside of a program fails before it is refused.
 */
export function sayGitInside(
  { action, effects }: Pick<Step, 'action' | 'effects'>,
  { exitCode, output }: Ended,
): string {
  if (action.kind !== 'shell.run') return '';
  const hasNamed = effects.runs.some((name) => {
    const [program, command = ''] = name.split(' ');
    return program === 'git' && NAMING.has(command);
  });
  const isGits = UNKNOWN.test(output) || (hasNamed && exitCode === FATAL);
  return isGits ? `${GIT_INSIDE} ${GIT_STEP}` : '';
}

/** How git ends when it gives up, in whatever language it says so. */
const FATAL = 128;
const UNKNOWN = /^(Author|Committer) identity unknown$/m;
