import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createWorkspaceReader } from '../../../src/adapters/files/workspace-reader.ts';
import { temporaryFolder } from '../../support/files.ts';

const signal = new AbortController().signal;

describe('reads of a workspace', () => {
  let root: string;
  let workspace: string;
  const put = (path: string, content: string | Buffer) => {
    const full = join(workspace, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, content);
  };
  const read = (path: string) => createWorkspaceReader(workspace).read(path, signal);

  beforeEach(() => {
    root = temporaryFolder();
    workspace = join(root, 'project');
    mkdirSync(workspace);
    writeFileSync(join(root, 'secret.txt'), 'secret');
  });

  it('list regular files, without the folders of tools', async () => {
    for (const path of ['b.txt', 'a/c.txt', 'node_modules/x/y.js', '.git/config']) put(path, 'x');
    symlinkSync(join(root, 'secret.txt'), join(workspace, 'link.txt'));
    expect(await createWorkspaceReader(workspace).list(signal)).toEqual({
      ok: true,
      value: ['a/c.txt', 'b.txt'],
    });
  });

  it('give a text with its byte order mark and its line ends', async () => {
    put('a.txt', '\uFEFFone\r\ntwo');
    expect(await read('a.txt')).toEqual({ ok: true, value: '\uFEFFone\r\ntwo' });
    put('node_modules/x/y.js', 'y');
    expect(await read('node_modules/x/y.js')).toEqual({ ok: true, value: 'y' });
  });

  it('give null for what is not there', async () => {
    put('a.txt', 'x');
    for (const path of ['no.txt', 'no/such/folder.txt', 'a.txt/x']) {
      expect(await read(path)).toEqual({ ok: true, value: null });
    }
  });

  it('never leave the workspace', async () => {
    symlinkSync(join(root, 'secret.txt'), join(workspace, 'link.txt'));
    symlinkSync(root, join(workspace, 'out'));
    symlinkSync(join(root, 'gone.txt'), join(workspace, 'dangling.txt'));
    const paths = [
      '../secret.txt',
      'a/../../secret.txt',
      'link.txt',
      'out/secret.txt',
      'out/new.txt',
      'dangling.txt',
      '',
      'a\0',
    ];
    for (const path of paths) {
      expect(await read(path), path).toMatchObject({ ok: false, error: { code: 'untrusted' } });
    }
  });

  it('refuse what is no text of a bearable size', async () => {
    put('bin.dat', Buffer.from([0xff, 0xfe, 0x00]));
    put('big.txt', Buffer.alloc(9 * 1024 * 1024, 'x'));
    mkdirSync(join(workspace, 'folder'));
    expect(await read('bin.dat')).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    expect(await read('big.txt')).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(await read('folder')).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  });
});
