import { ok } from '../../core/result.ts';
import { NAMING } from '../../core/run/git-words.ts';
import type { GitCall } from '../../core/run/harden-git.ts';
import type { Result } from '../../core/types.ts';

/**
 * Who commits, as variables of a call: a cage shows neither the settings of the person nor their
 * environment, so git would not know. Nothing where the call makes no commit, or where git knows
 * nobody: then it says so itself.
 */
export async function readIdentity(
  command: string,
  given: Readonly<Record<string, string | undefined>>,
  get: (pattern: string) => Promise<Result<string>>,
): Promise<Result<GitCall['env']>> {
  const env: Record<string, string> = {};
  if (!NAMING.has(command)) return ok(env);
  const said = await get('^(user|author|committer)\\.(name|email)$');
  if (!said.ok) return said;
  const found = new Map<string, string>();
  for (const entry of said.value.split('\0')) {
    const [key = '', ...lines] = entry.split('\n');
    // Of several the last one holds.
    found.set(key, lines.join('\n').trimEnd());
  }
  for (const who of ['author', 'committer']) {
    for (const what of ['name', 'email']) {
      const variable = `GIT_${who}_${what}`.toUpperCase();
      const value = given[variable] || found.get(`${who}.${what}`) || found.get(`user.${what}`);
      if (value) env[variable] = value;
    }
  }
  return ok(env);
}
