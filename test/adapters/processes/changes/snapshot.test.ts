import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compareSnapshot,
  takeSnapshot,
} from '../../../../src/adapters/processes/changes/snapshot.ts';
import { must } from '../../../support/audit-lab.ts';
import { tell } from '../../../support/overlay-lab.ts';
import {
  codeOf,
  newWorkspaceLab,
  openDescriptors,
  sha256,
} from '../../../support/workspace-lab.ts';

const { signal } = new AbortController();
const UNKNOWN = 'a file whose content before is not known';

async function newSnapshotLab(fill: (lab: ReturnType<typeof newWorkspaceLab>) => void) {
  const lab = newWorkspaceLab();
  fill(lab);
  const folder = lab.workspace;
  const snapshot = must(await takeSnapshot(folder, signal));
  const compare = async () => must(await compareSnapshot({ folder, snapshot }, signal));
  return { ...lab, snapshot, compare };
}

describe('a snapshot of a folder', () => {
  it('finds nothing where nothing was done, whatever was read', async () => {
    const lab = await newSnapshotLab(({ write, at }) => {
      write('src/a', 'a');
      write('.git/index', 'i');
      symlinkSync('src', at('link'));
    });
    lab.read('src/a');
    expect(lab.snapshot.things.size).toBe(5);
    expect(await lab.compare()).toEqual([]);
  });

  it('finds what was made, deleted and written, of what is ignored and of .git too', async () => {
    const lab = await newSnapshotLab(({ write, at }) => {
      for (const path of ['written', 'gone/deep/file', '.git/config', 'node_modules/x/index.js']) {
        write(path, 'old');
      }
      symlinkSync('a', at('link'));
    });
    lab.write('written', 'new');
    lab.write('.git/config', 'evil');
    lab.write('node_modules/x/index.js', 'evil');
    lab.write('made/file', 'x');
    rmSync(lab.at('gone'), { recursive: true });
    rmSync(lab.at('link'));
    symlinkSync('b', lab.at('link'));
    const changes = await lab.compare();
    expect(tell(changes)).toEqual([
      `.git/config: ${UNKNOWN} > file 4 644`,
      'gone: folder 755 > absent',
      'gone/deep: folder 755 > absent',
      `gone/deep/file: ${UNKNOWN} > absent`,
      'link: link a > link b',
      'made: absent > folder 755',
      'made/file: absent > file 1 644',
      `node_modules/x/index.js: ${UNKNOWN} > file 4 644`,
      `written: ${UNKNOWN} > file 3 644`,
    ]);
    expect(changes.at(-1)?.after).toMatchObject({ hash: sha256('new') });
  });

  it('finds a file of the same size whose time was set back', async () => {
    const lab = await newSnapshotLab(({ write }) => write('file', 'old'));
    const { atime, mtime } = statSync(lab.at('file'));
    lab.write('file', 'new');
    utimesSync(lab.at('file'), atime, mtime);
    expect(tell(await lab.compare())).toEqual([`file: ${UNKNOWN} > file 3 644`]);
  });

  it('finds a file that was written in the very moment in which the snapshot was taken', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `file-${at}`);
    const lab = await newSnapshotLab(({ write }) => {
      for (const name of names) write(name, 'old');
    });
    for (const name of names) lab.write(name, 'new');
    expect(await lab.compare()).toHaveLength(names.length);
  });

  it('finds one file in the place of another, and another mode', async () => {
    const lab = await newSnapshotLab(({ write, at }) => {
      write('a', 'a');
      write('b', 'b');
      write('mode', 'm');
      mkdirSync(at('folder'));
    });
    renameSync(lab.at('b'), lab.at('a'));
    chmodSync(lab.at('mode'), 0o755);
    chmodSync(lab.at('folder'), 0o700);
    expect(tell(await lab.compare())).toEqual([
      `a: ${UNKNOWN} > file 1 644`,
      `b: ${UNKNOWN} > absent`,
      'folder: folder 755 > folder 700',
      `mode: ${UNKNOWN} > file 1 755`,
    ]);
  });

  it('goes through no link that stands where a folder was', async () => {
    const lab = await newSnapshotLab(({ write }) => write('etc/passwd', 'x'));
    rmSync(lab.at('etc'), { recursive: true });
    symlinkSync('/etc', lab.at('etc'));
    expect(tell(await lab.compare())).toEqual([
      'etc: folder 755 > link /etc',
      `etc/passwd: ${UNKNOWN} > absent`,
    ]);
  });

  it('shows the bytes of a name that is no UTF-8', async () => {
    const lab = newWorkspaceLab();
    const folder = Buffer.concat([Buffer.from(lab.at('caf')), Buffer.from([0xe9])]);
    mkdirSync(folder);
    const inner = Buffer.concat([folder, Buffer.from('/in')]);
    writeFileSync(inner, 'old');
    const snapshot = must(await takeSnapshot(lab.workspace, signal));
    writeFileSync(inner, 'new');
    const changes = await compareSnapshot({ folder: lab.workspace, snapshot }, signal);
    const what = 'something whose name is no UTF-8';
    expect(tell(must(changes))).toEqual([`caf\\xe9/in: ${what} > ${what}`]);
  });

  it('is refused where there is too much, and says what that means', async () => {
    const lab = newWorkspaceLab();
    for (const name of ['a', 'b', 'c']) lab.write(name, '');
    expect(await takeSnapshot(lab.workspace, signal, 2)).toMatchObject({
      ok: false,
      error: { code: 'limit', hint: expect.stringContaining('cannot be found out') },
    });
    expect(codeOf(await takeSnapshot(lab.workspace, signal, 3))).toBe('ok');
  });

  it('can be called off, and keeps nothing open', async () => {
    const lab = await newSnapshotLab(({ write }) => write('a/b/c', 'x'));
    const before = openDescriptors();
    const given = { folder: lab.workspace, snapshot: lab.snapshot };
    lab.write('a/b/c', 'y');
    const aborted = AbortSignal.abort();
    expect(codeOf(await takeSnapshot(lab.workspace, aborted))).toBe('cancelled');
    expect(codeOf(await compareSnapshot(given, aborted))).toBe('cancelled');
    expect(codeOf(await takeSnapshot(lab.at('none'), signal))).toBe('unreadable');
    expect(await lab.compare()).toHaveLength(1);
    expect(openDescriptors()).toBe(before);
  });
});
