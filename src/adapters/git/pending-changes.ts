import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { PendingChanges, PendingWhat } from '../../core/commit/pending.ts';
import { isAsStaged } from '../../core/commit/staged.ts';
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
  readonly git: { readonly run: RunGit; readonly look: RunGit };
  readonly hashing: Pick<Hashing, 'sha256'>;
}): PendingReader {
  const { workspace, git, hashing } = given;

  async function read(what: PendingWhat, signal: AbortSignal): Promise<Result<PendingChanges>> {
    const place = await findPlace(signal);
    if (!place.ok) return place;
    const { folder, base, ...at } = place.value;
    const how = what === 'staged' ? ['--cached'] : [];
    const listed = await ask(git.run, ['diff', ...how, base, ...LISTED], signal);
    if (!listed.ok) return listed;
    return ok({ ...at, files: readPending(listed.value, folder), stamp: stampOf(listed.value) });
  }

  const stampOf = (listing: string): string => hashing.sha256(readEntries(listing));

  /** From here on HEAD is a commit that has a name, whatever becomes of the branch meanwhile. */
  async function findPlace(signal: AbortSignal): Promise<Result<Place>> {
    const said = await ask(git.look, PLACE, signal);
    if (!said.ok) return said;
    const lines = said.value.split('\n');
    const begun = lines.slice(0, BEGUN.length).map((path) => resolve(workspace, path));
    const [, head = '', ref = ''] = NAMED_HEAD.exec(said.value) ?? [];
    const base = await baseOf(head, signal);
    if (!base.ok) return base;
    const branch = ref === '' ? await git.look(BRANCH, signal) : ok({ stdout: ref });
    if (!branch.ok) return branch;
    return ok({
      ...{ folder: lines[BEGUN.length] ?? '', head, base: base.value },
      branch: branch.value.stdout.trim().replace(/^(refs\/heads\/|HEAD$)/, ''),
      underWay: findBegun(begun),
    });
  }

  async function findHead(signal: AbortSignal): Promise<Result<string>> {
    const head = await git.look(HEAD, signal);
    return head.ok ? ok(head.value.exitCode === 0 ? head.value.stdout.trim() : '') : head;
  }

  /** Where there is no commit yet, all differs from nothing. */
  async function baseOf(head: string, signal: AbortSignal): Promise<Result<string>> {
    if (head !== '') return ok(head);
    const empty = await ask(git.look, ['hash-object', '-t', 'tree', '--stdin'], signal);
    return empty.ok ? ok(empty.value.trim()) : empty;
  }

  async function ask(
    run: RunGit,
    argv: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<string>> {
    const ran = await run(argv, signal);
    if (!ran.ok) return ran;
    return ran.value.exitCode === 0 ? ok(ran.value.stdout) : failed(argv, ran.value);
  }

  return {
    read,
    head: findHead,
    async otherThan(staged, signal) {
      const place = await findPlace(signal);
      if (!place.ok) return place;
      const argv = ['diff-index', '--cached', place.value.base, ...COMPARED];
      const listed = await ask(git.look, argv, signal);
      if (!listed.ok) return listed;
      const now = { ...place.value, stamp: stampOf(listed.value) };
      return isAsStaged(staged, now) ? ok(null) : read('staged', signal);
    },
    async diffs(what, files, signal) {
      const place = await findPlace(signal);
      if (!place.ok) return place;
      const { folder, base } = place.value;
      const names = files.flatMap(({ path, movedFrom }) =>
        movedFrom === undefined ? [path] : [movedFrom, path],
      );
      const specs = names.map((path) => `:(top,literal)${posix.join(folder, path)}`);
      const against = what === 'staged' ? '--cached' : base;
      const argv = [...QUOTED, 'diff', against, ...PATCH, '--', ...specs];
      const said = await ask(git.run, argv, signal);
      return said.ok ? ok(readDiffs(said.value, folder, files)) : said;
    },
    async subjects(signal) {
      const log = await git.run(SUBJECTS, signal);
      return log.ok ? ok(log.value.exitCode === 0 ? linesOf(log.value.stdout) : []) : log;
    },
    async committed(since, signal) {
      const made = await git.look(MADE, signal);
      if (!made.ok) return made;
      const [id = '', tree = ''] = linesOf(made.value.stdout);
      if (id === '' || id === since) return ok(null);
      const base = await baseOf(since, signal);
      if (!base.ok) return base;
      const listed = await ask(git.look, ['diff-tree', '-r', base.value, id, ...COMPARED], signal);
      return listed.ok ? ok({ id, tree, stamp: stampOf(listed.value) }) : listed;
    },
  };
}

/** Where a commit would go; `base` is what it would differ from, also where there is no commit yet. */
type Place = Pick<PendingChanges, 'branch' | 'head' | 'underWay'> & {
  readonly folder: string;
  readonly base: string;
};

const RAW = ['-z', '--no-relative', '--ignore-submodules=dirty', '--raw', '--no-abbrev'];
const LISTED = [...RAW, '-M', '--numstat'];
/** Names, modes and contents alone: how much of it there is costs more than all of these. */
const COMPARED = [...RAW, '--no-renames', '--ita-invisible-in-index'];
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
/** One call tells all of it: the last two are a commit and a branch, where there are any. */
const PLACE = [
  ...['rev-parse', ...BEGUN.flatMap(([name]) => ['--git-path', name]), '--show-prefix'],
  ...['--revs-only', 'HEAD^{commit}', '--symbolic-full-name', 'HEAD'],
];
const NAMED_HEAD = /\n([0-9a-f]{40,64})\n(?:(?:(HEAD|refs\/heads\/.+)|.*)\n)?$/;
const MADE = ['rev-parse', '--revs-only', 'HEAD^{commit}', 'HEAD^{tree}'];

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
