import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { PendingChanges, PendingWhat } from '../../core/commit/pending.ts';
import { fail, ok } from '../../core/result.ts';
import { splitGitWords } from '../../core/run/git-words.ts';
import type { Result } from '../../core/types.ts';
import type { Hashing, PendingReader } from '../../ports.ts';
import { readDiffs } from './read-diffs.ts';
import { readEntries, readPending } from './read-pending.ts';
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
    const branch = await runGit(BRANCH, signal);
    if (!branch.ok) return branch;
    const head = await resolveHead(signal);
    if (!head.ok) return head;
    // From here on HEAD is a commit that has a name, whatever becomes of the branch meanwhile.
    const listed = await list(what === 'staged' ? ['--cached'] : [], head.value, [], signal);
    if (!listed.ok) return listed;
    return ok({
      files: readPending(listed.value, folder),
      branch: branch.value.stdout.trim().replace(/^refs\/heads\//, ''),
      head: head.value,
      underWay: findBegun(begun.map((path) => resolve(workspace, path))),
      stamp: stampOf(listed.value),
    });
  }

  const stampOf = (listing: string): string => hashing.sha256(readEntries(listing));

  /** How one commit, or nothing at all where it has no name, differs from another one or what is there. */
  async function list(
    how: readonly string[],
    from: string,
    to: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<string>> {
    const base = from === '' ? await emptyTree(signal) : ok(from);
    return base.ok ? ask(['diff', ...how, base.value, ...to, ...LISTED], signal) : base;
  }

  async function resolveHead(signal: AbortSignal): Promise<Result<string>> {
    const head = await runGit(HEAD, signal);
    return head.ok ? ok(head.value.exitCode === 0 ? head.value.stdout.trim() : '') : head;
  }

  async function emptyTree(signal: AbortSignal): Promise<Result<string>> {
    const empty = await ask(['hash-object', '-t', 'tree', '--stdin'], signal);
    return empty.ok ? ok(empty.value.trim()) : empty;
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
    const head = await resolveHead(signal);
    if (!head.ok || head.value !== '') return head.ok ? ok([head.value]) : head;
    const empty = await emptyTree(signal);
    return empty.ok ? ok([empty.value]) : empty;
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
    async subjects(signal) {
      const log = await runGit(SUBJECTS, signal);
      return log.ok ? ok(log.value.exitCode === 0 ? linesOf(log.value.stdout) : []) : log;
    },
    async committed(since, signal) {
      const head = await resolveHead(signal);
      if (!head.ok) return head;
      if (head.value === '' || head.value === since) return ok(null);
      const tree = await ask(['rev-parse', '--verify', `${head.value}^{tree}`], signal);
      if (!tree.ok) return tree;
      const listed = await list([], since, [head.value], signal);
      if (!listed.ok) return listed;
      return ok({ id: head.value, tree: tree.value.trim(), stamp: stampOf(listed.value) });
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

const HEAD = ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'];
const BRANCH = ['symbolic-ref', '--quiet', 'HEAD'];

/** Where git keeps what it is in the middle of. */
const BEGUN = [
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
] as const;
const PLACE = ['rev-parse', '--show-prefix', ...BEGUN.flatMap(([name]) => ['--git-path', name])];

function findBegun(paths: readonly string[]): PendingChanges['underWay'] {
  for (const [index, [, what]] of BEGUN.entries()) {
    const path = paths[index] ?? '';
    if (existsSync(path)) return { what, commits: readStart(path) };
  }
  return null;
}

/** Each of them names a commit a line. Whatever else lies there is not waited for. */
function readStart(path: string): string {
  const text = statSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  return text.slice(0, MOST_BEGUN).trim().replace(/\s+/g, ' ');
}
const MOST_BEGUN = 4_000;

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

const failed = (argv: readonly string[], { exitCode, stderr }: GitEnd) =>
  /^fatal: not a git repository/m.test(stderr)
    ? fail('not-found', 'This folder is in no git repository.', { hint: 'git init' })
    : fail(
        'failed',
        `git ${splitGitWords(argv).command} failed (exit ${exitCode}): ${stderr.trim().slice(0, 500)}`,
        { hint: 'Try git status: it should say what is wrong with the repository.' },
      );
