import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Commit, HistoryReader } from '../../ports.ts';
import type { GitEnd, RunGit } from './run-git.ts';

/** Reads the history through the one way in which TinyCode calls git. */
export function createHistoryReader(runGit: RunGit): HistoryReader {
  const ask = async (argv: readonly string[], signal: AbortSignal): Promise<Result<string>> => {
    const ran = await runGit(['--literal-pathspecs', ...argv], signal);
    if (!ran.ok) return ran;
    return ran.value.exitCode === 0 ? ok(ran.value.stdout) : explain(ran.value);
  };
  return {
    async log(path, last, signal) {
      const argv = ['log', `--max-count=${last}`, `--format=${FORMAT}`, '--date=short', '-z'];
      const said = await ask([...argv, '--', path === '' ? '.' : path], signal);
      return said.ok ? ok(readCommits(said.value)) : said;
    },
    async changed(path, signal) {
      const argv = ['diff', '--name-only', '--no-renames', '--relative', ...QUIET, '-z', 'HEAD'];
      const said = await ask([...argv, '--', path === '' ? '.' : path], signal);
      return said.ok ? ok(said.value.split('\0').filter((name) => name !== '')) : said;
    },
    async diff(paths, signal) {
      if (paths.length === 0) return ok('');
      const argv = ['diff', '--no-renames', '--relative', '--no-color', ...QUIET, 'HEAD'];
      return ask([...argv, '--', ...paths], signal);
    },
  };
}

const QUIET = ['--ignore-submodules'];
const FORMAT = ['%h', '%ad', '%an', '%s'].join('%x01');

const readCommits = (listing: string): readonly Commit[] =>
  listing.split('\0').flatMap((entry): readonly Commit[] => {
    const [hash = '', date = '', author = '', subject = ''] = entry.split('\x01');
    return hash === '' ? [] : [{ hash, date, author, subject }];
  });

function explain({ exitCode, stderr }: GitEnd) {
  if (/does not have any commits|bad revision 'HEAD'|ambiguous argument 'HEAD'/.test(stderr)) {
    return fail('not-found', 'The repository has no commits yet.');
  }
  return fail('failed', `git failed (exit ${exitCode}): ${stderr.trim().slice(0, MOST_SAID)}`, {
    hint: 'Try git status: it should say what is wrong with the repository.',
  });
}

const MOST_SAID = 300;
