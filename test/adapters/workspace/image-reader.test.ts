import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { must } from '../../support/audit-lab.ts';
import { canMount, mountOver } from '../../support/mount-over.ts';
import { codeOf, newWorkspaceLab, openDescriptors, sha256 } from '../../support/workspace-lab.ts';

describe('a look', () => {
  it('says of a file its hash, its size and all of its permission bits', () => {
    const lab = newWorkspaceLab();
    lab.write('src/run.sh', 'echo\n');
    chmodSync(lab.at('src/run.sh'), 0o4751);
    expect(lab.look('src/run.sh')).toEqual({
      path: 'src/run.sh',
      kind: 'file',
      hash: sha256('echo\n'),
      size: 5,
      mode: 0o4751,
    });
  });

  it('sees nothing where nothing lies, also below what is not there or is no folder', () => {
    const lab = newWorkspaceLab();
    lab.write('file', '');
    for (const path of ['none', 'none/deeper/down', 'file/below']) {
      expect(lab.look(path)).toEqual({ path, kind: 'absent' });
    }
  });

  it('sees a link itself, wherever it leads', () => {
    const lab = newWorkspaceLab();
    for (const target of ['/etc/passwd', 'nowhere', 'näh ü\n']) {
      rmSync(lab.at('link'), { force: true });
      symlinkSync(target, lab.at('link'));
      expect(lab.look('link')).toEqual({ path: 'link', kind: 'link', target });
    }
  });

  it('never goes through a link among the folders above, and names it', () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('real'));
    symlinkSync('real', lab.at('linked'));
    const looked = lab.reader.look('linked/file');
    expect(looked).toMatchObject({
      ok: false,
      error: { code: 'denied', message: 'linked is a symbolic link, and no link is followed.' },
    });
    expect(codeOf(lab.reader.load('linked/file'))).toBe('denied');
    expect(codeOf(lab.reader.below('linked'))).toBe('denied');
  });

  it('never waits for a pipe, and touches no pipe, socket, device or file with several names', async () => {
    const lab = newWorkspaceLab();
    execFileSync('mkfifo', [lab.at('pipe')]);
    lab.write('one', 'x');
    linkSync(lab.at('one'), lab.at('two'));
    const server = createServer().listen(lab.at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    expect(lab.look('pipe')).toMatchObject({ kind: 'other', what: 'a named pipe' });
    expect(lab.look('socket')).toMatchObject({ kind: 'other', what: 'a socket' });
    expect(lab.look('one')).toMatchObject({
      kind: 'other',
      what: expect.stringContaining('several names'),
    });
    expect(lab.reader.load('pipe')).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it('refuses a path that is empty, absolute, leads upward or is no text', () => {
    const { reader } = newWorkspaceLab();
    const codes = ['', '.', './a', 'a//b', 'a/', 'a\0b', 'a\ud800'].map((path) =>
      codeOf(reader.look(path)),
    );
    expect(new Set(codes)).toEqual(new Set(['invalid']));
    for (const path of ['/etc/passwd', '..', '../x', 'a/../../x', 'a/..']) {
      expect(codeOf(reader.look(path))).toBe('denied');
    }
    expect(codeOf(reader.look('x'.repeat(256)))).toBe('limit');
    expect(codeOf(reader.look(`${'d/'.repeat(128)}f`))).toBe('limit');
  });

  it('takes a backslash, spaces, a newline and 255 bytes for what they are: a name', () => {
    const lab = newWorkspaceLab();
    for (const name of ['a\\..\\b', ' a b ', 'line\nline', `${'ü'.repeat(127)}x`]) {
      lab.write(name, name);
      expect(lab.look(name)).toMatchObject({ kind: 'file', hash: sha256(name) });
    }
  });

  it('keeps two spellings of one letter apart', () => {
    const lab = newWorkspaceLab();
    const [composed, decomposed] = ['\u00e9', 'e\u0301'];
    lab.write(composed, '1');
    expect(lab.look(decomposed)).toMatchObject({ kind: 'absent' });
    lab.write(decomposed, '2');
    expect([lab.read(composed), lab.read(decomposed)]).toEqual(['1', '2']);
  });

  it('finds out that the workspace is another folder by now', () => {
    const lab = newWorkspaceLab();
    lab.write('file', '');
    lab.look('file');
    renameSync(lab.workspace, `${lab.workspace}.old`);
    expect(codeOf(lab.reader.look('file'))).toBe('not-found');
    mkdirSync(lab.workspace);
    expect(codeOf(lab.reader.look('file'))).toBe('changed');
  });

  it.skipIf(!canMount)('refuses another file system below (only root can mount one)', async () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('other'));
    await mountOver(lab.at('other'), 'size=64k');
    lab.write('other/file', '');
    expect(lab.look('other')).toMatchObject({
      kind: 'other',
      what: expect.stringContaining('another file system'),
    });
    expect(lab.reader.look('other/file')).toMatchObject({ ok: false, error: { code: 'denied' } });
    expect(lab.look('other', true)).toMatchObject({ kind: 'other' });
  });
});

describe('a deep look', () => {
  it('changes with any byte, name, mode or link below, and with nothing else', () => {
    const lab = newWorkspaceLab();
    const build = (folder: string) => {
      lab.write(`${folder}/a/b.txt`, 'b');
      lab.write(`${folder}/c.txt`, 'c');
      symlinkSync('c.txt', lab.at(`${folder}/link`));
    };
    build('one');
    build('two');
    const hash = () => (lab.look('one', true) as { readonly hash: string }).hash;
    const first = hash();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(lab.look('two', true)).toMatchObject({ hash: first });
    const seen = new Set([first]);
    const differs = () => {
      const now = hash();
      expect(seen.has(now)).toBe(false);
      seen.add(now);
    };
    lab.write('one/a/b.txt', 'B');
    differs();
    chmodSync(lab.at('one/a/b.txt'), 0o755);
    differs();
    chmodSync(lab.at('one/a'), 0o700);
    differs();
    renameSync(lab.at('one/c.txt'), lab.at('one/d.txt'));
    differs();
    rmSync(lab.at('one/link'));
    symlinkSync('d.txt', lab.at('one/link'));
    differs();
    mkdirSync(lab.at('one/empty'));
    differs();
  });

  it('lists all below a folder, the deepest first, and not the folder itself', () => {
    const lab = newWorkspaceLab();
    lab.write('top/a/b/c.txt', 'c');
    lab.write('top/z.txt', 'z');
    symlinkSync('/etc', lab.at('top/link'));
    const below = must(lab.reader.below('top'));
    expect(below.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'top/a/b/c.txt file',
      'top/a/b folder',
      'top/a folder',
      'top/link link',
      'top/z.txt file',
    ]);
    expect(must(lab.reader.below('top/a/b'))).toHaveLength(1);
  });

  it('refuses a name that is no UTF-8, and shows its bytes', () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('top'));
    writeFileSync(Buffer.concat([Buffer.from(lab.at('top/caf')), Buffer.from([0xe9])]), '');
    for (const result of [lab.reader.look('top', true), lab.reader.below('top')]) {
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'unreadable', message: 'A name in top is no UTF-8: caf\\xe9' },
      });
    }
  });

  it('has a limit', () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('many'));
    for (let count = 0; count <= 20_000; count++) symlinkSync('x', lab.at(`many/${count}`));
    expect(codeOf(lab.reader.below('many'))).toBe('limit');
    rmSync(lab.at('many/0'));
    expect(must(lab.reader.below('many'))).toHaveLength(20_000);
  });
});

describe('loading', () => {
  it('brings the bytes of a file with its image', () => {
    const lab = newWorkspaceLab();
    const bytes = Buffer.from(Array.from({ length: 10 * 1024 ** 2 }, (_, index) => index % 251));
    lab.write('big.bin', bytes);
    const loaded = must(lab.reader.load('big.bin'));
    expect(bytes.equals(loaded.bytes)).toBe(true);
    expect(loaded.image).toEqual(lab.look('big.bin'));
  });

  it('refuses a file of more than 64 MiB, which a look still sees', () => {
    const lab = newWorkspaceLab();
    lab.write('huge', '');
    truncateSync(lab.at('huge'), 64 * 1024 ** 2 + 1);
    expect(lab.reader.load('huge')).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(lab.look('huge')).toMatchObject({ kind: 'file', size: 64 * 1024 ** 2 + 1 });
    truncateSync(lab.at('huge'), 64 * 1024 ** 2);
    expect(must(lab.reader.load('huge')).bytes).toHaveLength(64 * 1024 ** 2);
  });

  it('says what is not there, or is no file', () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('folder'));
    expect(codeOf(lab.reader.load('none'))).toBe('not-found');
    expect(codeOf(lab.reader.load('none/none'))).toBe('not-found');
    expect(codeOf(lab.reader.load('folder'))).toBe('invalid');
  });
});

describe('the reader', () => {
  it('keeps nothing open', () => {
    const lab = newWorkspaceLab();
    lab.write('a/b/c.txt', 'c');
    symlinkSync('a', lab.at('link'));
    const before = openDescriptors();
    for (let round = 0; round < 20; round++) {
      lab.look('a/b/c.txt');
      lab.look('a', true);
      lab.reader.load('a/b/c.txt');
      lab.reader.below('a');
      lab.reader.look('link/b');
      lab.reader.look('a/b/none/none');
      lab.reader.load('a');
    }
    expect(openDescriptors()).toBe(before);
  });

  it('says what a new file and a new folder get, and how much room there is', () => {
    const { reader } = newWorkspaceLab();
    expect(reader.newModes).toEqual({ file: 0o644, folder: 0o755 });
    expect(must(reader.freeBytes())).toBeGreaterThan(1_000_000);
  });
});
