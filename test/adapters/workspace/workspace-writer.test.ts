import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../../src/core/types.ts';
import type { FileChange } from '../../../src/ports.ts';
import { must } from '../../support/audit-lab.ts';
import {
  absent,
  codeOf,
  leftBehind,
  modeAt,
  newWorkspaceLab,
  openDescriptors,
  putChange,
  type Systems,
  TAG,
} from '../../support/workspace-lab.ts';

const isRoot = process.geteuid?.() === 0;

/** The last two are how systems without /proc, and disks without hard links, are worked on. */
const SYSTEMS: readonly (readonly [string, Systems])[] = [
  ['as this system is', {}],
  ['without paths through descriptors', { hasDescriptorPaths: false }],
  ['without hard links', { hasHardLinks: false }],
];

describe.each(SYSTEMS)('changes to a workspace, %s', (_name, systems) => {
  it('put the bytes and the mode into a new file and into one that is there', () => {
    const lab = newWorkspaceLab(systems);
    lab.write('old.txt', 'old');
    expect(
      lab.apply(lab.putting('new.sh', '#!/bin/sh\n', 0o755), lab.putting('old.txt', 'new')),
    ).toEqual({ made: 2, result: { ok: true, value: undefined } });
    must(lab.writer.sync());
    expect([lab.read('new.sh'), lab.read('old.txt')]).toEqual(['#!/bin/sh\n', 'new']);
    expect([modeAt(lab.at('new.sh')), modeAt(lab.at('old.txt'))]).toEqual([0o755, 0o644]);
    expect(lab.list()).toEqual(['new.sh', 'old.txt']);
  });

  it('do all that a plan can ask for, in order', () => {
    const lab = newWorkspaceLab(systems);
    lab.write('src/a.ts', 'a');
    lab.write('src/sub/b.ts', 'b');
    symlinkSync('a.ts', lab.at('src/link'));
    const [a, b] = [lab.look('src/a.ts'), lab.look('src/sub/b.ts')];
    const link = lab.look('src/link');
    const applied = lab.apply(
      folder('lib', 0o750),
      folder('lib/deep', 0o755),
      { kind: 'move', before: a, to: 'lib/deep/a.ts' },
      { kind: 'move', before: link, to: 'lib/link' },
      { kind: 'remove', before: b },
      { kind: 'remove', before: lab.look('src/sub') },
      { kind: 'put-link', before: absent('src/new'), after: aLink('src/new', '../lib') },
      {
        kind: 'put-link',
        before: { ...link, path: 'lib/link' } as typeof link,
        after: aLink('lib/link', 'deep/a.ts'),
      },
      putChange(absent('lib/deep/c.ts'), 'c'),
      { kind: 'move', before: lab.look('src'), to: 'lib/src' },
    );
    expect(applied).toMatchObject({ made: 10, result: { ok: true } });
    must(lab.writer.sync());
    expect(lab.list()).toEqual([
      'lib',
      'lib/deep',
      'lib/deep/a.ts',
      'lib/deep/c.ts',
      'lib/link',
      'lib/src',
      'lib/src/new',
    ]);
    expect(modeAt(lab.at('lib'))).toBe(0o750);
    expect(readlinkSync(lab.at('lib/link'))).toBe('deep/a.ts');
    expect(readlinkSync(lab.at('lib/src/new'))).toBe('../lib');
    expect(lab.look('lib/deep/a.ts')).toEqual({ ...a, path: 'lib/deep/a.ts' });
  });

  it('stop at the first that fails, and say how many were made', () => {
    const lab = newWorkspaceLab(systems);
    const changes = ['1', '2', '3', '4'].map((path) => putChange(absent(path), path));
    lab.write('3', 'of somebody else');
    expect(lab.apply(...changes)).toMatchObject({
      made: 2,
      result: { error: { code: 'changed' } },
    });
    expect(lab.list()).toEqual(['1', '2', '3']);
    expect(lab.read('3')).toBe('of somebody else');
  });

  it.each([
    ['other bytes of the same length', (at: string) => writeFileSync(at, 'old!')],
    ['more bytes', (at: string) => appendFileSync(at, 'x')],
    ['another mode', (at: string) => chmodSync(at, 0o600)],
    ['nothing', (at: string) => rmSync(at)],
    ['a folder', (at: string) => [rmSync(at), mkdirSync(at)]],
    ['a link', (at: string) => [rmSync(at), symlinkSync('/etc/passwd', at)]],
  ])('are refused where %s lies there by now', (_what, edit) => {
    const lab = newWorkspaceLab(systems);
    lab.write('file', 'old.');
    const before = lab.look('file');
    edit(lab.at('file'));
    const now = lab.look('file');
    const changes: readonly FileChange[] = [
      putChange(before, 'new'),
      { kind: 'remove', before },
      { kind: 'move', before, to: 'moved' },
      { kind: 'put-link', before, after: aLink('file', 'x') },
    ];
    for (const change of changes) {
      expect(lab.apply(change)).toMatchObject({
        made: 0,
        result: { error: { code: 'changed', data: { path: 'file' } } },
      });
    }
    expect(lab.look('file')).toEqual(now);
    expect(lab.list().filter((name) => name !== 'file')).toEqual([]);
  });

  it('never overwrite what was made meanwhile, whatever it is', () => {
    const lab = newWorkspaceLab(systems);
    lab.write('from', 'from');
    lab.write('folder/inner', 'inner');
    const [from, folderImage] = [lab.look('from'), lab.look('folder')];
    const makers: readonly ((at: string) => void)[] = [
      (at) => writeFileSync(at, 'theirs'),
      (at) => mkdirSync(at),
      (at) => symlinkSync('nowhere', at),
    ];
    for (const make of makers) {
      make(lab.at('taken'));
      const there = lab.look('taken');
      const changes: readonly FileChange[] = [
        putChange(absent('taken'), 'ours'),
        { kind: 'put-link', before: absent('taken'), after: aLink('taken', 'ours') },
        { kind: 'move', before: from, to: 'taken' },
        { kind: 'move', before: folderImage, to: 'taken' },
        folder('taken'),
      ];
      for (const change of changes) expect(codeOf(lab.apply(change).result)).toBe('changed');
      expect(lab.look('taken')).toEqual(there);
      rmSync(lab.at('taken'), { recursive: true });
    }
    expect(lab.list()).toEqual(['folder', 'folder/inner', 'from']);
  });

  it('work with any name: spaces, newlines, 255 bytes, two spellings of one letter', () => {
    const lab = newWorkspaceLab(systems);
    const names = [
      ' a b ',
      'line\nline',
      `${'ü'.repeat(127)}x`,
      '\u00e9',
      'e\u0301',
      'a\\b',
      '-rf',
    ];
    const made = lab.apply(...names.map((name) => putChange(absent(name), name)));
    expect(made).toMatchObject({ made: names.length });
    const again = lab.apply(...names.map((name) => lab.putting(name, `${name}!`)));
    expect(again).toMatchObject({ made: names.length });
    for (const name of names) expect(lab.read(name)).toBe(`${name}!`);
    expect(lab.list()).toHaveLength(names.length);
  });

  it('refuse a name that cannot be, or that leads out', () => {
    const lab = newWorkspaceLab(systems);
    const paths = ['x'.repeat(256), '../out', '/tmp/out', 'a/../../out', '', 'a\0b', '.', 'a//b'];
    for (const path of paths) {
      const { made, result } = lab.apply(putChange(absent(path), 'x'));
      expect([made, result.ok]).toEqual([0, false]);
    }
    lab.write('file', '');
    expect(codeOf(lab.apply({ kind: 'move', before: lab.look('file'), to: '../out' }).result)).toBe(
      'denied',
    );
    expect(readdirSync(lab.root)).toEqual(['workspace']);
  });

  it('touch no file with several names, no pipe and no link among the folders', () => {
    const lab = newWorkspaceLab(systems);
    const outside = join(lab.root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'file'), 'outside');
    linkSync(join(outside, 'file'), lab.at('several'));
    execFileSync('mkfifo', [lab.at('pipe')]);
    symlinkSync(outside, lab.at('linked'));
    const file = { ...putChange(absent('x'), 'outside').after };
    const changes: readonly FileChange[] = [
      putChange({ ...file, path: 'several' }, 'new'),
      { kind: 'remove', before: { ...file, path: 'several' } },
      { kind: 'move', before: { ...file, path: 'several' }, to: 'moved' },
      putChange(lab.look('several'), 'new'),
      putChange({ ...file, path: 'pipe' }, 'new'),
      { kind: 'remove', before: lab.look('pipe') },
      putChange({ ...file, path: 'linked/file' }, 'new'),
      putChange(absent('linked/new'), 'new'),
      { kind: 'remove', before: { ...file, path: 'linked/file' } },
      folder('linked/folder'),
    ];
    for (const change of changes) expect(codeOf(lab.apply(change).result)).toBe('denied');
    expect(readdirSync(outside)).toEqual(['file']);
    expect(readFileSync(join(outside, 'file'), 'utf8')).toBe('outside');
    expect(leftBehind(lab)).toEqual([]);
  });

  it('refuse a folder that holds something, or is another than it was', () => {
    const lab = newWorkspaceLab(systems);
    lab.write('folder/a', 'a');
    const deep = lab.look('folder', true);
    expect(codeOf(lab.apply({ kind: 'remove', before: deep }).result)).toBe('changed');
    lab.write('folder/b', 'b');
    const moved = lab.apply({ kind: 'move', before: deep, to: 'elsewhere' });
    expect(codeOf(moved.result)).toBe('changed');
    rmSync(lab.at('folder/b'));
    chmodSync(lab.at('folder'), 0o700);
    expect(codeOf(lab.apply({ kind: 'move', before: deep, to: 'elsewhere' }).result)).toBe(
      'changed',
    );
    chmodSync(lab.at('folder'), 0o755);
    must(lab.apply({ kind: 'move', before: deep, to: 'elsewhere' }).result);
    expect(lab.look('elsewhere', true)).toEqual({ ...deep, path: 'elsewhere' });
    expect(
      codeOf(lab.apply({ kind: 'move', before: lab.look('elsewhere'), to: 'elsewhere/in' }).result),
    ).toBe('invalid');
  });

  it('keep ten megabytes and every byte value', () => {
    const lab = newWorkspaceLab(systems);
    const bytes = Buffer.from(Array.from({ length: 10 * 1024 ** 2 }, (_, at) => (at * 7) % 256));
    must(lab.apply(lab.putting('big.bin', bytes)).result);
    expect(readFileSync(lab.at('big.bin')).equals(bytes)).toBe(true);
    must(lab.apply(lab.putting('big.bin', Buffer.alloc(0))).result);
    expect(lstatSync(lab.at('big.bin')).size).toBe(0);
  });

  it('say that a folder is not there, when it went away underneath', () => {
    const lab = newWorkspaceLab(systems);
    lab.write('gone/file', 'x');
    const change = lab.putting('gone/file', 'new');
    rmSync(lab.at('gone'), { recursive: true });
    expect(codeOf(lab.apply(change).result)).toBe('not-found');
    must(lab.apply(folder('made')).result);
    rmSync(lab.at('made'), { recursive: true });
    must(lab.writer.sync());
  });

  it('leave no descriptor open and no temporary file, whatever comes', () => {
    const lab = newWorkspaceLab(systems);
    for (let number = 0; number < 150; number++) lab.write(`d${number}/deep/file`, 'x');
    const before = openDescriptors();
    const all = Array.from({ length: 150 }, (_, n) => lab.putting(`d${n}/deep/file`, 'new'));
    must(lab.apply(...all).result);
    must(lab.writer.sync());
    // All of them are refused now.
    for (const change of all) expect(codeOf(lab.apply(change).result)).toBe('changed');
    for (const path of ['no/no', 'd1/deep/file/x']) lab.apply(putChange(absent(path), 'x'));
    lab.apply({ kind: 'move', before: lab.look('d1/deep/file'), to: 'd2/deep/file' });
    expect(openDescriptors()).toBe(before);
    expect(leftBehind(lab)).toEqual([]);
  });
});

describe('a file that is put', () => {
  it('may be read-only, and stays so', () => {
    const lab = newWorkspaceLab();
    lab.write('locked', 'old', 0o444);
    must(lab.apply(lab.putting('locked', 'new')).result);
    expect([lab.read('locked'), modeAt(lab.at('locked'))]).toEqual(['new', 0o444]);
  });

  it('keeps its executable bit and all other permission bits, whatever the mask is', () => {
    const lab = newWorkspaceLab();
    for (const mode of [0o755, 0o700, 0o666, 0o777, 0o640, 0o4755, 0o2711, 0o1644, 0o400]) {
      rmSync(lab.at('file'), { force: true });
      lab.write('file', 'old');
      chmodSync(lab.at('file'), mode);
      must(lab.apply(lab.putting('file', 'new')).result);
      expect(modeAt(lab.at('file'))).toBe(mode);
      must(lab.apply(putChange(absent(`new-${mode}`), 'new', mode)).result);
      expect(modeAt(lab.at(`new-${mode}`))).toBe(mode);
    }
  });

  it.skipIf(!isRoot)('keeps its owner (only root can give a file away)', () => {
    const lab = newWorkspaceLab();
    lab.write('theirs', 'old');
    chownSync(lab.at('theirs'), 1234, 2345);
    chmodSync(lab.at('theirs'), 0o4755);
    must(lab.apply(lab.putting('theirs', 'new')).result);
    expect(lstatSync(lab.at('theirs'))).toMatchObject({ uid: 1234, gid: 2345 });
    expect(modeAt(lab.at('theirs'))).toBe(0o4755);
  });

  it('gets exactly the bytes that were approved', () => {
    const lab = newWorkspaceLab();
    const change = putChange(absent('file'), 'approved');
    const swapped = { ...change, bytes: Buffer.from('APPROVED') };
    expect(codeOf(lab.apply(swapped).result)).toBe('invalid');
    expect(lab.list()).toEqual([]);
  });
});

describe('a folder that is there', () => {
  it('keeps what it holds when it gets another mode', () => {
    const lab = newWorkspaceLab();
    lab.write('folder/file', 'x');
    const before = lab.look('folder') as Image & { readonly kind: 'folder' };
    must(lab.apply({ kind: 'make-folder', before, after: { ...before, mode: 0o700 } }).result);
    expect([modeAt(lab.at('folder')), lab.read('folder/file')]).toEqual([0o700, 'x']);
  });
});

describe('what a killed process left', () => {
  it('is found by its tag, and nothing else is removed', () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('a'));
    const kept = [`.${TAG}x-1.tinycode-tmp`, `.${TAG}-1-2.tinycode-tmp`, `.${TAG}-.tinycode-tmp`];
    for (const name of [`.${TAG}-1.tinycode-tmp`, `.${TAG}-23.tinycode-tmp`, ...kept]) {
      lab.write(`a/${name}`, 'x');
      lab.write(`elsewhere/${name}`, 'x');
    }
    symlinkSync('x', lab.at(`.${TAG}-7.tinycode-tmp`));
    mkdirSync(lab.at(`.${TAG}-8.tinycode-tmp`));
    const swept = must(lab.writer.sweep(TAG, ['a/file', 'a/other', 'top', 'gone/file']));
    expect([...swept].sort()).toEqual([
      `.${TAG}-7.tinycode-tmp`,
      `a/.${TAG}-1.tinycode-tmp`,
      `a/.${TAG}-23.tinycode-tmp`,
    ]);
    expect(readdirSync(lab.at('a')).sort()).toEqual(kept.sort());
    expect(readdirSync(lab.at('elsewhere'))).toHaveLength(5);
    expect(existsSync(lab.at(`.${TAG}-8.tinycode-tmp`))).toBe(true);
  });

  it('does not keep a name from being taken for the next one', () => {
    const lab = newWorkspaceLab();
    for (let n = 1; n < 5; n++) lab.write(`.${TAG}-${n}.tinycode-tmp`, 'left');
    lab.write('file', 'old');
    must(
      lab.apply(lab.putting('file', 'new'), {
        kind: 'remove',
        before: {
          ...putChange(absent('file'), 'new').after,
        },
      }).result,
    );
    expect(lab.list()).toHaveLength(4);
    expect(lab.read(`.${TAG}-1.tinycode-tmp`)).toBe('left');
  });

  it('is asked for with a tag that can stand in a name', () => {
    const lab = newWorkspaceLab();
    expect(() => lab.writer.sweep('../x', [])).toThrow(TypeError);
    expect(() => lab.writer.apply('a/b', [])).toThrow(TypeError);
  });
});

const folder = (path: string, mode = 0o755): FileChange => ({
  kind: 'make-folder',
  before: absent(path),
  after: { path, kind: 'folder', mode },
});

const aLink = (path: string, target: string) => ({ path, kind: 'link', target }) as const;
