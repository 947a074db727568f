import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { isRepository } from './read-branch.ts';
import type { GitEnd, RunGit } from './run-git.ts';

/** Which of these paths the rules of the repository ignore; none where there is no repository. */
export type FindIgnored = (
  paths: readonly string[],
  signal: AbortSignal,
) => Promise<Result<ReadonlySet<string>>>;

export function createIgnoredReader(given: {
  readonly workspace: string;
  readonly runGit: RunGit;
}): FindIgnored {
  return async (paths, signal) => {
    const ignored = new Set<string>();
    if (paths.length === 0 || !isRepository(given.workspace)) return ok(ignored);
    const folders = foldersAmong(paths);
    // No rule speaks of what git keeps for itself.
    let rest: readonly string[] = paths.filter((path) => path !== '' && !/^\.git(\/|$)/.test(path));
    for (let times = 0; rest.length > 0; times++) {
      // A rule for folders holds for a path that ends like one, also where nothing lies there yet.
      const asked = rest.map((path) => `./${path}${folders.has(path) ? '/' : ''}\0`);
      const ran = await given.runGit(CHECK, signal, asked.join(''));
      if (!ran.ok) return ran.error.code === 'not-found' ? ok(new Set()) : ran;
      const verdicts = readVerdicts(ran.value.stdout);
      for (const [at, isIgnored] of verdicts.entries()) {
        if (isIgnored && rest[at] !== undefined) ignored.add(rest[at]);
      }
      if (ran.value.exitCode <= NONE_IGNORED) break;
      const next = afterRefusal(rest.slice(verdicts.length), ran.value);
      if (next === null || times >= MOST_REFUSALS) return failed(ran.value);
      rest = next;
    }
    return ok(ignored);
  };
}

/** `-v -n`: an answer for every path, so that one that git refuses can be told by their number. */
const CHECK = ['check-ignore', '-z', '-v', '-n', '--stdin'];
const NONE_IGNORED = 1;
const MOST_REFUSALS = 100;

/** Those of the paths below which others of them lie. */
function foldersAmong(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const above = path.slice(0, end);
      if (folders.has(above)) break;
      folders.add(above);
    }
  }
  return folders;
}

/** Source, line, rule and path, for each that was asked; without a source, no rule matched. */
function readVerdicts(stdout: string): readonly boolean[] {
  const words = stdout.split('\0');
  const verdicts: boolean[] = [];
  for (let at = 0; at + 3 < words.length; at += 4) {
    verdicts.push(words[at] !== '' && words[at + 2]?.startsWith('!') !== true);
  }
  return verdicts;
}

/**
 * git refuses a path below a link or in a submodule, and ends. No rule of this repository speaks of
 * it. What comes behind it; null where git failed for another reason.
 */
function afterRefusal(rest: readonly string[], { stderr }: GitEnd): readonly string[] | null {
  if (/is beyond a symbolic link/.test(stderr)) return rest.slice(1);
  const submodule = /is in submodule '(.+)'/s.exec(stderr)?.[1];
  if (submodule === undefined) return null;
  return rest.slice(1).filter((path) => !path.startsWith(`${submodule}/`));
}

const failed = ({ exitCode, stderr }: GitEnd) =>
  fail('failed', `git cannot tell what is ignored (exit ${exitCode}): ${stderr.trim()}`, {
    hint: 'Try git status: it should say what is wrong with the repository.',
  });
