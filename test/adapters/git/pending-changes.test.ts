import { describe, expect, it } from 'vitest';
import { createPendingReader } from '../../../src/adapters/git/pending-changes.ts';
import { createGit } from '../../../src/adapters/git/run-git.ts';
import { createHashing } from '../../../src/adapters/system/hashing.ts';
import { stagedOf } from '../../../src/core/commit/staged.ts';
import { must } from '../../support/audit-lab.ts';
import { temporaryFolder } from '../../support/files.ts';
import { ALL_SETTINGS, type GitTrap, TRAPS } from '../../support/git-traps.ts';
import { newHostileRepository } from '../../support/hostile-repository.ts';

const { signal } = new AbortController();

async function newLab(trap?: GitTrap) {
  const lab = await newHostileRepository();
  await lab.fill();
  await trap?.set(lab);
  lab.hasFired();
  const { workspace, git } = lab;
  const pending = createPendingReader({ workspace, git, hashing: createHashing() });
  return { ...lab, pending };
}

describe('what is pending', () => {
  it('is told with its kinds and sizes, the manner of earlier commits, and a stamp', async () => {
    const lab = await newLab();
    lab.write('new', 'a\nb\n');
    await lab.plain(['mv', 'other', 'moved']);
    await lab.plain(['add', 'new']);
    const staged = must(await lab.pending.read('staged', signal));
    expect(staged).toMatchObject({
      files: [
        { path: 'moved', movedFrom: 'other', kind: 'moved', lines: { added: 0, removed: 0 } },
        { path: 'new', kind: 'added', lines: { added: 2, removed: 0 } },
      ],
      underWay: null,
    });
    expect(must(await lab.pending.subjects(signal))).toEqual(['second', 'first']);
    const all = must(await lab.pending.read('all', signal));
    expect(all.files).toContainEqual({
      path: 'file',
      kind: 'changed',
      lines: { added: 1, removed: 1 },
    });
    expect(all.stamp).not.toBe(staged.stamp);
    lab.write('new', 'a\nc\n');
    expect(must(await lab.pending.read('staged', signal)).stamp).toBe(staged.stamp);
    await lab.plain(['add', 'new']);
    expect(must(await lab.pending.read('staged', signal)).stamp).not.toBe(staged.stamp);
  });

  it('has the same stamp as long as a commit would hold the same', async () => {
    const lab = await newLab();
    const stamp = async () => {
      const now = must(await lab.pending.read('staged', signal));
      // Compared in the shorter way, it is the same.
      expect(must(await lab.pending.otherThan(stagedOf(now), signal))).toBe(null);
      return now.stamp;
    };
    await lab.plain(['mv', 'other', 'moved']);
    lab.write('new', 'a\n');
    await lab.plain(['add', 'new']);
    const first = await stamp();
    // What a look at the index writes into it, what is only meant to be added, and how git tells it.
    await lab.plain(['update-index', '--refresh', '--force-write-index']);
    lab.write('meant', 'x\n');
    await lab.plain(['add', '-N', 'meant']);
    await lab.set('diff.renames', 'false');
    await lab.set('diff.orderFile', '/dev/null');
    lab.write('.gitattributes', '* -diff\n');
    expect(await stamp()).toBe(first);
    await lab.plain(['update-index', '--chmod=+x', 'new']);
    const executable = await stamp();
    expect(executable).not.toBe(first);
    await lab.plain(['add', 'meant']);
    expect(await stamp()).not.toBe(executable);
  });

  it('is told with where it would be committed, and with what is under way', async () => {
    const lab = await newLab();
    const read = async () => {
      const now = must(await lab.pending.read('staged', signal));
      expect(must(await lab.pending.otherThan(stagedOf(now), signal))).toBe(null);
      expect(must(await lab.pending.head(signal))).toBe(now.head);
      return now;
    };
    const head = (await lab.plain(['rev-parse', 'HEAD'])).trim();
    const branch = (await lab.plain(['branch', '--show-current'])).trim();
    expect(await read()).toMatchObject({ branch, head, underWay: null });
    await lab.plain(['stash']);
    await lab.plain(['checkout', '-q', '--detach', 'HEAD~1']);
    await lab.plain(['commit', '-q', '--allow-empty', '-m', 'side']);
    await lab.plain(['merge', '-q', '--no-commit', '--no-ff', '-s', 'ours', branch]);
    expect(await read()).toMatchObject({
      ...{ branch: '', files: [] },
      underWay: { what: 'merge', commits: head },
    });
    const begun = stagedOf(await read());
    const ended = { ...begun, underWay: '' };
    expect(must(await lab.pending.otherThan(ended, signal))?.underWay?.what).toBe('merge');
    await lab.plain(['tag', 'HEAD']);
    expect(await read()).toMatchObject({ branch: '', head: begun.head });
    await lab.plain(['tag', '-d', 'HEAD']);
    await lab.plain(['checkout', '-q', '--orphan', 'fresh']);
    expect(must(await lab.pending.otherThan(begun, signal))).toMatchObject({ branch: 'fresh' });
    expect(await read()).toMatchObject({ branch: 'fresh', head: '' });
  });

  it('can be found again in the commit that was made of it, and only there', async () => {
    const lab = await newLab();
    lab.write('new', 'a\n');
    await lab.plain(['mv', 'other', 'moved']);
    await lab.plain(['add', 'new']);
    const staged = must(await lab.pending.read('staged', signal));
    const made = async () => must(await lab.pending.committed(staged.head, signal));
    expect(await made()).toBe(null);
    await lab.plain(['commit', '-qm', 'x']);
    const id = (await lab.plain(['rev-parse', 'HEAD'])).trim();
    const tree = (await lab.plain(['rev-parse', 'HEAD^{tree}'])).trim();
    expect(await made()).toEqual({ id, tree, stamp: staged.stamp });
    await lab.plain(['commit', '-q', '--amend', '-am', 'more']);
    expect((await made())?.stamp).not.toBe(staged.stamp);
    expect(must(await lab.pending.committed('', signal))?.id).toBe((await made())?.id);
  });

  it('is nothing that can be read where there is no repository', async () => {
    const workspace = temporaryFolder();
    const git = createGit({ workspace, env: { PATH: process.env.PATH, HOME: workspace } });
    const pending = createPendingReader({ workspace, git, hashing: createHashing() });
    expect(await pending.read('staged', signal)).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });

  it('is shown as hunks, file by file, whatever their names and lines look like', async () => {
    const lab = await newLab();
    const odd = 'diff --git a/x b/x\n--- a/x\n+++ b/file\n@@ -1 +1 @@\n';
    for (const name of ['with blank', 'quo"te', 'ümlaut', '-x', 'a\\b']) lab.write(name, odd);
    await lab.plain(['add', '.']);
    const { files } = must(await lab.pending.read('staged', signal));
    const diffs = must(await lab.pending.diffs('staged', files, signal));
    for (const { path } of files.filter(({ kind }) => kind === 'added')) {
      expect(diffs.get(path), path).toBe(
        '@@ -0,0 +1,4 @@\n+diff --git a/x b/x\n+--- a/x\n++++ b/file\n+@@ -1 +1 @@\n',
      );
    }
    expect(diffs.get('file')).toBe('@@ -1 +1 @@\n-main\n+MAIN\n');
    const some = must(await lab.pending.diffs('staged', files.slice(0, 1), signal));
    expect(some.size).toBe(1);
  });
});

/** Those whose programs most calls would run; the others are tried with every call there is. */
const WIDE = TRAPS.filter(({ name }) =>
  /inside that has no|hooks in its|missing|filter/.test(name),
);

describe.each([ALL_SETTINGS, ...WIDE])('a repository with $name', (trap) => {
  it('runs nothing while it is read what is pending', async () => {
    const lab = await newLab(trap);
    for (const what of ['staged', 'all'] as const) {
      const read = await lab.pending.read(what, signal);
      const files = read.ok ? read.value.files : [];
      await lab.pending.diffs(what, files, signal);
      await lab.pending.subjects(signal);
      await lab.pending.committed('', signal);
      await lab.pending.head(signal);
      if (read.ok) await lab.pending.otherThan(stagedOf(read.value), signal);
      expect(lab.hasFired(), what).toBe(false);
      if (!trap.isSpoiled) expect(read).toMatchObject({ ok: true });
    }
  });
});

describe('who commits', () => {
  it('is told to a call that somebody else runs, as a cage shows no settings of the person', async () => {
    const lab = await newLab();
    const git = createGit({ workspace: lab.workspace, env: lab.env });
    const call = must(await git.harden(['commit', '-m', 'x'], signal));
    const who = { NAME: 'Ada', EMAIL: 'ada@example.org' };
    for (const [part, value] of Object.entries(who)) {
      expect(call.env[`GIT_AUTHOR_${part}`]).toBe(value);
      expect(call.env[`GIT_COMMITTER_${part}`]).toBe(value);
    }
    await lab.set('user.name', 'Ada of this project');
    const own = must(await git.harden(['-c', 'a.b=c', 'commit'], signal));
    expect(own.env.GIT_AUTHOR_NAME).toBe('Ada of this project');
    const look = must(await git.harden(['status'], signal));
    expect(Object.keys(look.env).join()).not.toContain('AUTHOR');
  });
});
