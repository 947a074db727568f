import { existsSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { PendingChanges, PendingWhat } from '../../core/commit/pending.ts';
import { fail, ok } from '../../core/result.ts';
import { splitGitWords } from '../../core/run/git-words.ts';
import type { Result } from '../../core/types.ts';
import type { Hashing, PendingReader } from '../../ports.ts';
import { readDiffs } from './read-diffs.ts';
import { readPending } from './read-pending.ts';
import type { GitEnd, RunGit } from './run-git.ts';

/** What is staged, or changed, as git tells it; through the hardened way alone. */
export function createPendingReader(given: {
  readonly workspace: string;
  readonly runGit: RunGit;
  readonly hashing: Pick<Hashing, 'sha256'>;
}): PendingReader {
  const { workspace, runGit, hashing } = given;

  async function read(what: PendingWhat, signal: AbortSignal): Promise<Result<PendingChanges>> {
    const place = await ask(PLACE, signal);
    if (!place.ok) return place;
    const [folder = '', ...begun] = place.value.split('\n');
    const against = await baseOf(what, signal);
    if (!against.ok) return against;
    const listed = await ask(['diff', ...against.value, ...LISTED], signal);
    if (!listed.ok) return listed;
    const log = await runGit(SUBJECTS, signal);
    if (!log.ok) return log;
    const at = BEGUN.findIndex((_, index) => existsSync(resolve(workspace, begun[index] ?? '')));
    return ok({
      files: readPending(listed.value, folder),
      subjects: log.value.exitCode === 0 ? linesOf(log.value.stdout) : [],
      underWay: BEGUN[at]?.[1] ?? null,
      stamp: hashing.sha256(`${what}\n${listed.value}`),
    });
  }

  async function ask(argv: readonly string[], signal: AbortSignal): Promise<Result<string>> {
    const ran = await runGit(argv, signal);
    if (!ran.ok) return ran;
    return ran.value.exitCode === 0 ? ok(ran.value.stdout) : failed(argv, ran.value);
  }

  /** Where there is no commit yet, all differs from nothing. */
  async function baseOf(
    what: PendingWhat,
    signal: AbortSignal,
  ): Promise<Result<readonly string[]>> {
    if (what === 'staged') return ok(['--cached']);
    const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD'], signal);
    if (!head.ok) return head;
    if (head.value.exitCode === 0) return ok(['HEAD']);
    const empty = await runGit(['hash-object', '-t', 'tree', '--stdin'], signal, '');
    return empty.ok ? ok([empty.value.stdout.trim()]) : empty;
  }

  return {
    read,
    async diffs(what, files, signal) {
      const prefix = await ask(['rev-parse', '--show-prefix'], signal);
      if (!prefix.ok) return prefix;
      const against = await baseOf(what, signal);
      if (!against.ok) return against;
      const names = files.flatMap(({ path, movedFrom }) =>
        movedFrom === undefined ? [path] : [movedFrom, path],
      );
      const specs = names.map(
        (path) => `:(top,literal)${posix.join(prefix.value.trimEnd(), path)}`,
      );
      const argv = [...QUOTED, 'diff', ...against.value, ...PATCH, '--', ...specs];
      const said = await ask(argv, signal);
      return said.ok ? ok(readDiffs(said.value, prefix.value.trimEnd(), files)) : said;
    },
  };
}

const LISTED = [
  ...['-z', '-M', '--no-relative', '--ignore-submodules=dirty'],
  ...['--raw', '--numstat', '--no-abbrev'],
];
const PATCH = [
  ...['-M', '--no-relative', '--ignore-submodules=dirty', '--no-color', '-U3'],
  // Prefixes and quotes of names as this reads them, whatever is configured.
  ...['--src-prefix=a/', '--dst-prefix=b/', '--diff-algorithm=histogram'],
];
const QUOTED = ['-c', 'core.quotePath=true'];
const MOST_SUBJECTS = 10;
const SUBJECTS = ['log', `-${MOST_SUBJECTS}`, '--no-merges', '--no-color', '--format=%s'];

/** Where git keeps what it is in the middle of. */
const BEGUN = [
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
] as const;
const PLACE = ['rev-parse', '--show-prefix', ...BEGUN.flatMap(([name]) => ['--git-path', name])];

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

const failed = (argv: readonly string[], { exitCode, stderr }: GitEnd) =>
  fail(
    'failed',
    `git ${splitGitWords(argv).command} failed (exit ${exitCode}): ${stderr.trim().slice(0, 500)}`,
    {
      hint: 'Try git status: it should say what is wrong with the repository.',
    },
  );
