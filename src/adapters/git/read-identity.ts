import { ok } from '../../core/result.ts';
import type { GitCall } from '../../core/run/harden-git.ts';
import type { Result } from '../../core/types.ts';

/**
 * Who commits, as variables of a call: a cage shows no settings of the person, so git would not know.
 * Nothing where the call makes no commit, or where git knows nobody: then it says so itself.
 */
export async function readIdentity(
  command: string,
  get: (key: string) => Promise<Result<string>>,
): Promise<Result<GitCall['env']>> {
  const env: Record<string, string> = {};
  if (!COMMITTING.has(command)) return ok(env);
  for (const [key, variable] of [
    ['user.name', 'NAME'],
    ['user.email', 'EMAIL'],
  ] as const) {
    const value = await get(key);
    if (!value.ok) return value;
    if (value.value === '') continue;
    for (const who of ['AUTHOR', 'COMMITTER']) env[`GIT_${who}_${variable}`] = value.value;
  }
  return ok(env);
}

const COMMITTING: ReadonlySet<string> = new Set(
  'am cherry-pick commit commit-tree merge notes pull rebase revert stash tag'.split(' '),
);
