import { ok } from '../../core/result.ts';
import { NAMING } from '../../core/run/git-words.ts';
import type { GitCall } from '../../core/run/harden-git.ts';
import type { Result } from '../../core/types.ts';

/**
 * Who commits, as variables of a call: a cage shows no settings of the person, so git would not know.
 * Nothing where the call makes no commit, or where git knows nobody: then it says so itself.
 */
export async function readIdentity(
  command: string,
  get: (pattern: string) => Promise<Result<string>>,
): Promise<Result<GitCall['env']>> {
  const env: Record<string, string> = {};
  if (!NAMING.has(command)) return ok(env);
  const found = new Map<string, string>();
  const said = await get('^user\\.(name|email)$');
  if (!said.ok) return said;
  for (const entry of said.value.split('\0')) {
    const [key = '', ...lines] = entry.split('\n');
    const variable = VARIABLES[key];
    // Of several the last one holds.
    if (variable !== undefined) found.set(variable, lines.join('\n').trimEnd());
  }
  for (const [variable, value] of found) {
    if (value === '') continue;
    for (const who of ['AUTHOR', 'COMMITTER']) env[`GIT_${who}_${variable}`] = value;
  }
  return ok(env);
}

const VARIABLES: Readonly<Record<string, string>> = { 'user.name': 'NAME', 'user.email': 'EMAIL' };
