import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFileHasher } from '../../../../src/adapters/processes/changes/hash-file.ts';
import { createPace } from '../../../../src/adapters/processes/changes/pace.ts';
import { newWorkspaceLab, sha256 } from '../../../support/workspace-lab.ts';

const pace = () => createPace(new AbortController().signal);

describe('hashing files', () => {
  it('answers with the hash of all bytes, of small files and of big ones', async () => {
    const lab = newWorkspaceLab();
    const hasher = createFileHasher(pace());
    for (const size of [0, 1, 256 * 1024, 256 * 1024 + 1, 3_000_000]) {
      const bytes = Buffer.alloc(size, 'xyz');
      lab.write('file', bytes);
      const value = { hash: sha256(bytes), size };
      expect(await hasher.hash(lab.at('file'), 'file')).toEqual({ ok: true, value });
    }
  });

  it('reads no more than so many bytes of all files together', async () => {
    const lab = newWorkspaceLab();
    lab.write('file', 'x'.repeat(10));
    const hasher = createFileHasher(pace(), 20);
    const codes = [];
    for (let time = 0; time < 3; time++) codes.push(await hasher.hash(lab.at('file'), 'file'));
    expect(codes.map((each) => (each.ok ? 'ok' : each.error.code))).toEqual(['ok', 'ok', 'limit']);
  });

  it('never waits for a pipe, and has no answer where nothing can be read', async () => {
    const lab = newWorkspaceLab();
    const hasher = createFileHasher(pace());
    execFileSync('mkfifo', [lab.at('pipe')]);
    mkdirSync(lab.at('folder'));
    for (const name of ['pipe', 'folder']) {
      expect(await hasher.hash(lab.at(name), name)).toMatchObject({ ok: false });
    }
    expect(await hasher.hash(lab.at('none'), 'none')).toEqual({ ok: true, value: null });
  });

  it('finds out that somebody keeps writing', async () => {
    const lab = newWorkspaceLab();
    lab.write('file', 'x'.repeat(300_000));
    const nosy = {
      go: async () => {
        appendFileSync(lab.at('file'), 'more');
        return { ok: true, value: undefined } as const;
      },
    };
    const found = await createFileHasher(nosy).hash(lab.at('file'), 'file');
    expect(found).toMatchObject({ ok: false, error: { code: 'changed' } });
  });
});
