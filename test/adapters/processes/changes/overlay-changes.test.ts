import { linkSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadChanged } from '../../../../src/adapters/processes/changes/load-changed.ts';
import { must } from '../../../support/audit-lab.ts';
import { canOverlay, newOverlayLab, tell } from '../../../support/overlay-lab.ts';
import { codeOf, openDescriptors, sha256 } from '../../../support/workspace-lab.ts';

describe.skipIf(!canOverlay)('the changes in an overlay (needs overlay mounts)', () => {
  it('are none where nothing ran', async () => {
    const lab = await newOverlayLab();
    lab.write('a/b', 'b');
    const view = await lab.open();
    expect(await view.provenChanges()).toEqual([]);
  });

  it('are what was made, written, deleted and given another mode', async () => {
    const lab = await newOverlayLab();
    lab.write('written', 'old');
    lab.write('deleted', 'old');
    lab.write('src/mode.sh', 'x');
    symlinkSync('written', lab.at('link'));
    const view = await lab.open();
    view.sh(`
      printf new! > written
      rm deleted
      chmod 755 src/mode.sh
      mkdir -m 700 made
      printf n > made/new
      chmod 640 made/new
      ln -s ../written made/link
      ln -sfn elsewhere link`);
    expect(tell(await view.provenChanges())).toEqual([
      'deleted: file 3 644 > absent',
      'link: link written > link elsewhere',
      'made: absent > folder 700',
      'made/link: absent > link ../written',
      'made/new: absent > file 1 640',
      'src/mode.sh: file 1 644 > file 1 755',
      'written: file 3 644 > file 4 644',
    ]);
  });

  it('tell of a deleted folder all that lay below it', async () => {
    const lab = await newOverlayLab();
    lab.write('top/a/b/c', 'c');
    lab.write('top/a-b', 'x');
    symlinkSync('/etc', lab.at('top/a/link'));
    const view = await lab.open();
    view.sh('rm -r top');
    expect(tell(await view.provenChanges())).toEqual([
      'top: folder 755 > absent',
      'top/a: folder 755 > absent',
      'top/a-b: file 1 644 > absent',
      'top/a/b: folder 755 > absent',
      'top/a/b/c: file 1 644 > absent',
      'top/a/link: link /etc > absent',
    ]);
  });

  it('tell what is missing in a folder that was deleted and made anew', async () => {
    const lab = await newOverlayLab();
    for (const name of ['same', 'other', 'gone', 'deep/gone']) lab.write(`top/${name}`, 'old');
    const view = await lab.open();
    view.sh('rm -r top; mkdir top; printf old > top/same; printf new > top/other; mkdir top/made');
    expect(tell(await view.provenChanges())).toEqual([
      'top/deep: folder 755 > absent',
      'top/deep/gone: file 3 644 > absent',
      'top/gone: file 3 644 > absent',
      'top/made: absent > folder 755',
      'top/other: file 3 644 > file 3 644',
    ]);
  });

  it('follow a folder that was given another name', async () => {
    const lab = await newOverlayLab();
    lab.write('old/deep/file', 'x');
    const view = await lab.open();
    view.sh('mv old new');
    expect(tell(await view.provenChanges())).toEqual([
      'new: absent > folder 755',
      'new/deep: absent > folder 755',
      'new/deep/file: absent > file 1 644',
      'old: folder 755 > absent',
      'old/deep: folder 755 > absent',
      'old/deep/file: file 1 644 > absent',
    ]);
  });

  it('say what became of a folder that is a file or a link now, and the other way round', async () => {
    const lab = await newOverlayLab();
    lab.write('folder/in', 'x');
    lab.write('linked/in', 'y');
    lab.write('file', 'z');
    const view = await lab.open();
    view.sh('rm -r folder linked file; printf f > folder; ln -s / linked; mkdir file; : > file/in');
    expect(tell(await view.provenChanges())).toEqual([
      'file: file 1 644 > folder 755',
      'file/in: absent > file 0 644',
      'folder: folder 755 > file 1 644',
      'folder/in: file 1 644 > absent',
      'linked: folder 755 > link /',
      'linked/in: file 1 644 > absent',
    ]);
  });

  it('are none where things were touched and are as they were', async () => {
    const lab = await newOverlayLab();
    lab.write('src/deep/file', 'same');
    lab.write('gone/and/back', 'x');
    lab.write('big', '');
    truncateSync(lab.at('big'), 64 * 1024 ** 2 + 1);
    const view = await lab.open();
    view.sh(`
      touch src/deep/file src/deep
      chmod 600 src/deep/file; chmod 644 src/deep/file
      printf x > tmp; rm tmp
      mv gone g; mv g gone
      : >> big`);
    expect(must(await view.changes())).toEqual([]);
  });

  it('show a folder that has another mode, once', async () => {
    const lab = await newOverlayLab();
    lab.write('top/file', 'x');
    const view = await lab.open();
    view.sh('chmod 2750 top');
    expect(tell(await view.provenChanges())).toEqual(['top: folder 755 > folder 2750']);
  });

  it('take names for what they are, and one spelling for another than the next', async () => {
    const lab = await newOverlayLab();
    const names = [
      'a b',
      'line\nline',
      'a,b:c',
      '-r',
      '\u00e9',
      'e\u0301',
      '\u{1f600}',
      '*',
      'x'.repeat(255),
    ];
    for (const name of names) lab.write(`old ${name}`.slice(0, 250), 'x');
    const view = await lab.open();
    for (const name of names) writeFileSync(view.at(name), name);
    view.sh('rm -- old*');
    expect(await view.provenChanges()).toHaveLength(2 * names.length);
  });

  it('refuse a name that is no UTF-8, and show its bytes', async () => {
    const lab = await newOverlayLab();
    lab.write('src/file', 'x');
    const view = await lab.open();
    writeFileSync(Buffer.concat([Buffer.from(view.at('src/caf')), Buffer.from([0xe9])]), 'x');
    expect(await view.changes()).toMatchObject({
      ok: false,
      error: { code: 'unreadable', message: 'A name in src is no UTF-8: caf\\xe9' },
    });
  });

  it('do not mind such a name beside what was changed', async () => {
    const lab = await newOverlayLab();
    lab.write('src/file', 'x');
    writeFileSync(Buffer.concat([Buffer.from(lab.at('src/caf')), Buffer.from([0xe9])]), 'x');
    const view = await lab.open();
    view.sh('printf y > src/file');
    expect(tell(must(await view.changes()))).toEqual(['src/file: file 1 644 > file 1 644']);
    view.sh('rm src/caf*');
    expect(codeOf(await view.changes())).toBe('unreadable');
  });

  it('give each name of a new file its bytes, and refuse a file that had several names', async () => {
    const lab = await newOverlayLab();
    lab.write('one', 'x');
    linkSync(lab.at('one'), lab.at('two'));
    lab.write('plain', 'p');
    const view = await lab.open();
    view.sh('printf new > a; ln a b; printf y > one; ln plain linked');
    const changes = must(await view.changes());
    expect(tell(changes)).toEqual([
      'a: absent > file 3 644',
      'b: absent > file 3 644',
      'linked: absent > file 1 644',
      'one: a file with several names (hard links) > file 1 644',
    ]);
    const after = changes[1]?.after;
    if (after?.kind !== 'file') throw new Error('no file');
    expect(must(loadChanged(view.merged, after))).toEqual(Buffer.from('new'));
    view.sh('printf later > b');
    expect(codeOf(loadChanged(view.merged, after))).toBe('changed');
  });

  it('name pipes, sockets, devices and what is too big, and read none of them', async () => {
    const lab = await newOverlayLab();
    lab.write('old.bin', '');
    truncateSync(lab.at('old.bin'), 64 * 1024 ** 2 + 1);
    const view = await lab.open();
    view.sh('mkfifo pipe; truncate -s 67108865 new.bin; truncate -s 67108864 most.bin; rm old.bin');
    expect(tell(must(await view.changes()))).toEqual([
      'most.bin: absent > file 67108864 644',
      'new.bin: absent > a file of more than 64 MB',
      'old.bin: a file of more than 64 MB > absent',
      'pipe: absent > a named pipe',
    ]);
  });

  it('tell a big file that was written from one that was only opened', async () => {
    const lab = await newOverlayLab();
    for (const name of ['written', 'opened']) {
      lab.write(name, '');
      truncateSync(lab.at(name), 64 * 1024 ** 2 + 1);
    }
    const view = await lab.open();
    view.sh(': >> opened; printf x | dd of=written conv=notrunc bs=1 seek=5000000 2>/dev/null');
    expect(tell(must(await view.changes()))).toEqual([
      'written: a file of more than 64 MB > a file of more than 64 MB',
    ]);
  });

  it('go through no link, wherever it leads', async () => {
    const lab = await newOverlayLab();
    lab.write('src/file', 'x');
    const view = await lab.open();
    view.sh('rm -r src; ln -s /etc src; ln -s / root; ln -s . loop');
    const changes = await view.provenChanges();
    expect(tell(changes)).toEqual([
      'loop: absent > link .',
      'root: absent > link /',
      'src: folder 755 > link /etc',
      'src/file: file 1 644 > absent',
    ]);
  });

  it('see the workspace as it is now, as an approval will', async () => {
    const lab = await newOverlayLab();
    lab.write('file', 'then');
    const view = await lab.open();
    view.sh('printf program > file');
    writeFileSync(lab.at('file'), 'now');
    expect(must(await view.changes())[0]?.before).toMatchObject({ hash: sha256('now') });
  });

  it('keep nothing open, also where they fail', async () => {
    const lab = await newOverlayLab();
    lab.write('a/b/c/file', 'x');
    const view = await lab.open();
    view.sh('printf y > a/b/c/file; mkdir -p n/n; printf z > n/n/z');
    const before = openDescriptors();
    await view.changes();
    await view.changes(AbortSignal.abort());
    expect(openDescriptors()).toBe(before);
  });

  it('can be called off', async () => {
    const lab = await newOverlayLab();
    const view = await lab.open();
    view.sh('for i in $(seq 2000); do : > $i; done');
    expect(codeOf(await view.changes(AbortSignal.abort()))).toBe('cancelled');
    const control = new AbortController();
    const found = view.changes(control.signal);
    setTimeout(() => control.abort(), 1);
    expect(codeOf(await found)).toBe('cancelled');
  });

  it('refuse to go deeper than TinyCode writes', async () => {
    const lab = await newOverlayLab();
    const view = await lab.open();
    view.sh(`mkdir -p ${'d/'.repeat(129)}`);
    expect(codeOf(await view.changes())).toBe('limit');
  });

  it('are refused where there are more than anybody could look at', async () => {
    const lab = await newOverlayLab();
    lab.write('top/a', 'x');
    const view = await lab.open();
    view.sh('rm -r top; : > b');
    const { signal } = new AbortController();
    expect(must(await view.changes(signal, 3))).toHaveLength(3);
    expect(codeOf(await view.changes(signal, 2))).toBe('limit');
  });

  it('say which of the folders cannot be opened', async () => {
    const lab = await newOverlayLab();
    const view = await lab.open();
    rmSync(view.upper, { recursive: true });
    expect(await view.changes()).toMatchObject({
      ok: false,
      error: { code: 'unreadable', message: expect.stringContaining(view.upper) },
    });
  });
});
