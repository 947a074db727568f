import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stampFolder } from '../../../../src/adapters/processes/changes/stamp.ts';
import { must } from '../../../support/audit-lab.ts';
import { codeOf, newWorkspaceLab, openDescriptors } from '../../../support/workspace-lab.ts';

const { signal } = new AbortController();

function newStampLab() {
  const lab = newWorkspaceLab();
  lab.write('src/a', 'aaa');
  lab.write('node_modules/x', 'x');
  lab.write('.git/index', 'i');
  lab.write('sub/.git/index', 'i');
  symlinkSync('src', lab.at('link'));
  return { ...lab, stamp: async () => must(await stampFolder(lab.workspace, signal)) };
}

describe('the stamp of a folder', () => {
  it('stays the same while nothing is written', async () => {
    const lab = newStampLab();
    const stamp = await lab.stamp();
    expect(stamp).toMatch(/^[0-9a-f]{64}$/);
    lab.read('src/a');
    expect(await lab.stamp()).toBe(stamp);
  });

  it('is another one after any change, also of what is ignored, or with its time set back', async () => {
    const lab = newStampLab();
    const { atime, mtime } = statSync(lab.at('src/a'));
    const works: readonly (() => void)[] = [
      () => lab.write('src/a', 'bbb'),
      () => {
        lab.write('src/a', 'ccc');
        utimesSync(lab.at('src/a'), atime, mtime);
      },
      () => chmodSync(lab.at('src/a'), 0o600),
      () => chmodSync(lab.at('src'), 0o700),
      () => renameSync(lab.at('src/a'), lab.at('src/b')),
      () => lab.write('node_modules/x', 'y'),
      () => mkdirSync(lab.at('empty')),
      () => rmSync(lab.at('empty'), { recursive: true }),
      () => {
        rmSync(lab.at('link'));
        symlinkSync('sub', lab.at('link'));
      },
      () => lab.write('.gitignore', ''),
    ];
    let last = await lab.stamp();
    for (const work of works) {
      work();
      const next = await lab.stamp();
      expect(next, work.toString()).not.toBe(last);
      last = next;
    }
  });

  it('does not mind what git writes for itself', async () => {
    const lab = newStampLab();
    const stamp = await lab.stamp();
    lab.write('.git/index', 'other');
    lab.write('.git/refs/heads/main', '0');
    lab.write('sub/.git/HEAD', '0');
    expect(await lab.stamp()).toBe(stamp);
  });

  it('is nothing where there is more than can be looked at', async () => {
    const lab = newStampLab();
    expect(must(await stampFolder(lab.workspace, signal, 6))).toMatch(/^[0-9a-f]{64}$/);
    expect(must(await stampFolder(lab.workspace, signal, 5))).toBeNull();
  });

  it('can be called off, fails where there is no folder, and keeps nothing open', async () => {
    const lab = newStampLab();
    const before = openDescriptors();
    expect(codeOf(await stampFolder(lab.workspace, AbortSignal.abort()))).toBe('cancelled');
    expect(codeOf(await stampFolder(lab.at('none'), signal))).toBe('unreadable');
    await lab.stamp();
    expect(openDescriptors()).toBe(before);
  });
});
