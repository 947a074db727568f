import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must } from '../../support/audit-lab.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { canMount, mountOver, remountReadOnly } from '../../support/mount-over.ts';
import {
  absent,
  leftBehind,
  newWorkspaceLab,
  putChange,
  type WorkspaceLab,
} from '../../support/workspace-lab.ts';

const NOBODY = 65534;
const isRoot = process.geteuid?.() === 0;
const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
/** This Node may lie in a folder of root. */
const canBeNobody = spawnSync(process.execPath, ['-v'], { cwd: '/', ...identity }).status === 0;

describe.skipIf(!canMount)('a disk (only root can mount one)', () => {
  it('that is full keeps every file as it was, and says so', async () => {
    const lab = newWorkspaceLab();
    await mountOver(lab.workspace, 'size=256k,mode=755');
    lab.write('src/a.txt', 'old');
    const big = Buffer.alloc(400_000, 'x');
    const old = lab.look('src/a.txt');
    for (const change of [
      putChange(old, big),
      putChange(absent('src/b.txt'), big),
      putChange(absent('b.txt'), big),
    ]) {
      expect(lab.apply(change)).toMatchObject({
        made: 0,
        result: {
          error: {
            code: 'failed',
            message: expect.stringContaining('the disk is full'),
            hint: 'Make room on the disk and try again.',
          },
        },
      });
    }
    expect(lab.list()).toEqual(['src', 'src/a.txt']);
    expect(lab.look('src/a.txt')).toEqual(old);
    // There is room for a small one still: nothing was left that holds it.
    must(lab.apply(putChange(old, 'new')).result);
    must(lab.writer.sync());
    expect(lab.read('src/a.txt')).toBe('new');
  });

  it('without a free inode is as full', async () => {
    const lab = newWorkspaceLab();
    await mountOver(lab.workspace, 'size=256k,nr_inodes=4,mode=755');
    for (const name of ['a', 'b', 'c']) lab.write(name, name);
    const applied = lab.apply(lab.putting('a', 'new'));
    expect(applied.result).toMatchObject({
      error: { message: expect.stringContaining('disk is full') },
    });
    expect(lab.list()).toEqual(['a', 'b', 'c']);
  });

  it('that is read-only refuses every change in words, and is still read', async () => {
    const lab = newWorkspaceLab();
    await mountOver(lab.workspace, 'size=256k,mode=755');
    lab.write('a', 'a');
    mkdirSync(lab.at('folder'));
    expect(await remountReadOnly(lab.workspace)).toBe(0);
    const a = lab.look('a');
    for (const change of [
      putChange(a, 'new'),
      putChange(absent('b'), 'new'),
      { kind: 'remove', before: a } as const,
      { kind: 'remove', before: lab.look('folder') } as const,
      { kind: 'move', before: a, to: 'b' } as const,
      { kind: 'move', before: lab.look('folder'), to: 'b' } as const,
      {
        kind: 'put-link',
        before: absent('l'),
        after: { path: 'l', kind: 'link', target: 'a' },
      } as const,
      {
        kind: 'make-folder',
        before: absent('d'),
        after: { path: 'd', kind: 'folder', mode: 0o755 },
      } as const,
    ]) {
      expect(lab.apply(change).result).toMatchObject({
        error: { code: 'failed', message: expect.stringContaining('read-only') },
      });
    }
    expect(lab.list()).toEqual(['a', 'folder']);
  });
});

describe.skipIf(!canBeNobody)('somebody who is not root', () => {
  it('cannot change a folder that is read-only, and is told to look at its permissions', () => {
    const lab = labOfNobody();
    lab.write('locked/file', 'old');
    chmodSync(lab.at('locked'), 0o555);
    giveAway(lab);
    expect(asNobody(lab, 'locked/file')).toMatch(/^failed .*permission denied/);
    expect(lab.read('locked/file')).toBe('old');
    expect(readdirSync(lab.at('locked'))).toEqual(['file']);
    chmodSync(lab.at('locked'), 0o755);
    expect(asNobody(lab, 'locked/file')).toBe('made');
  });

  it('can replace a read-only file', () => {
    const lab = labOfNobody();
    lab.write('file', 'old', 0o444);
    giveAway(lab);
    expect(asNobody(lab, 'file')).toBe('made');
    expect(lab.look('file')).toMatchObject({ mode: 0o444 });
    expect(leftBehind(lab)).toEqual([]);
  });

  it('is told of a file or a folder that cannot be read', () => {
    const lab = labOfNobody();
    lab.write('secret', 'old', 0o000);
    lab.write('closed/file', 'old');
    chmodSync(lab.at('closed'), 0o000);
    giveAway(lab);
    expect(asNobody(lab, 'secret')).toMatch(/^unreadable secret cannot be read: permission denied/);
    expect(asNobody(lab, 'closed/file')).toMatch(/^unreadable The folder closed .*denied/);
    chmodSync(lab.at('closed'), 0o755);
  });

  it.skipIf(!isRoot)(
    'does not take over the rights of a file of somebody else (only root can make one)',
    () => {
      const lab = labOfNobody();
      lab.write('run-as-root', 'old');
      giveAway(lab);
      chownSync(lab.at('run-as-root'), 0, 0);
      chmodSync(lab.at('run-as-root'), 0o4755);
      expect(asNobody(lab, 'run-as-root')).toMatch(/^denied /);
      expect(lab.list()).toEqual(['run-as-root']);
    },
  );
});

function labOfNobody(): WorkspaceLab {
  const lab = newWorkspaceLab();
  chmodSync(lab.root, 0o755);
  return lab;
}

function giveAway(lab: WorkspaceLab): void {
  if (!isRoot) return;
  for (const path of ['', ...lab.list()]) chownSync(lab.at(path), NOBODY, NOBODY);
}

function asNobody(lab: WorkspaceLab, path: string): string {
  const program = bundleProgram('hands');
  chmodSync(dirname(program), 0o755);
  const ended = spawnSync(process.execPath, [program, lab.workspace, 't', 'new', '1', path], {
    encoding: 'utf8',
    cwd: '/',
    ...identity,
  });
  return ended.stdout.trim() || ended.stderr;
}
