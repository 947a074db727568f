import { cpSync, linkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCopyChanges } from '../../../../src/adapters/processes/changes/copy-changes.ts';
import { takeSnapshot } from '../../../../src/adapters/processes/changes/snapshot.ts';
import { must } from '../../../support/audit-lab.ts';
import { tell } from '../../../support/overlay-lab.ts';
import { newWorkspaceLab, sha256 } from '../../../support/workspace-lab.ts';

const { signal } = new AbortController();

async function newCopyLab(fill: (lab: ReturnType<typeof newWorkspaceLab>) => void) {
  const lab = newWorkspaceLab();
  fill(lab);
  const copy = join(lab.root, 'copy');
  cpSync(lab.workspace, copy, { recursive: true, verbatimSymlinks: true });
  const snapshot = must(await takeSnapshot(copy, signal));
  const changes = () => readCopyChanges({ copy, original: lab.workspace, snapshot }, signal);
  return { ...lab, copy, inCopy: (path: string) => join(copy, path), changes };
}

describe('the changes in a copy', () => {
  it('are none where nothing was done', async () => {
    const lab = await newCopyLab(({ write, at }) => {
      write('a/b', 'b');
      symlinkSync('a', at('link'));
    });
    expect(must(await lab.changes())).toEqual([]);
  });

  it('are what was made, written and deleted, with the bytes that the original holds', async () => {
    const lab = await newCopyLab(({ write, at }) => {
      write('written', 'old');
      write('gone/deep/file', 'x');
      write('folder/in', 'x');
      symlinkSync('a', at('link'));
    });
    writeFileSync(lab.inCopy('written'), 'new');
    for (const path of ['gone', 'folder', 'link']) {
      rmSync(lab.inCopy(path), { recursive: true });
    }
    writeFileSync(lab.inCopy('folder'), 'file');
    symlinkSync('b', lab.inCopy('link'));
    writeFileSync(lab.inCopy('new'), 'n');
    linkSync(lab.inCopy('new'), lab.inCopy('new2'));
    const changes = must(await lab.changes());
    expect(tell(changes)).toEqual([
      'folder: folder 755 > file 4 644',
      'folder/in: file 1 644 > absent',
      'gone: folder 755 > absent',
      'gone/deep: folder 755 > absent',
      'gone/deep/file: file 1 644 > absent',
      'link: link a > link b',
      'new: absent > file 1 644',
      'new2: absent > file 1 644',
      'written: file 3 644 > file 3 644',
    ]);
    for (const { before } of changes) expect(before).toEqual(lab.look(before.path));
    expect(changes.at(-1)).toMatchObject({
      before: { hash: sha256('old') },
      after: { hash: sha256('new') },
    });
  });

  it('are none where something was written again with the same bytes', async () => {
    const lab = await newCopyLab(({ write }) => write('file', 'same'));
    rmSync(lab.inCopy('file'));
    writeFileSync(lab.inCopy('file'), 'same');
    expect(must(await lab.changes())).toEqual([]);
  });

  it('are not what somebody else changed in the original meanwhile', async () => {
    const lab = await newCopyLab(({ write }) => {
      write('theirs', 'old');
      write('both', 'old');
    });
    lab.write('theirs', 'person');
    lab.write('new', 'person');
    lab.write('both', 'person');
    writeFileSync(lab.inCopy('both'), 'program');
    const changes = must(await lab.changes());
    expect(tell(changes)).toEqual(['both: file 6 644 > file 7 644']);
    expect(changes[0]?.before).toMatchObject({ hash: sha256('person') });
  });

  it('refuse a name that is no UTF-8', async () => {
    const lab = await newCopyLab(({ write }) => write('src/file', 'x'));
    writeFileSync(Buffer.concat([Buffer.from(lab.inCopy('src/caf')), Buffer.from([0xe9])]), 'x');
    expect(await lab.changes()).toMatchObject({
      ok: false,
      error: { code: 'unreadable', message: 'A name in src is no UTF-8: caf\\xe9' },
    });
  });
});
