import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAtomically } from '../../../src/adapters/files/write-atomically.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';

describe('writeAtomically', () => {
  it('makes a file for its owner alone and leaves nothing else behind', () => {
    const { workspace } = temporaryPlaces();
    const path = join(workspace, 'a.json');
    expect(writeAtomically(path, 'one').ok).toBe(true);
    expect(writeAtomically(path, 'two').ok).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(workspace)).toEqual(['a.json']);
  });

  it('replaces a link and does not write through it', () => {
    const { workspace } = temporaryPlaces();
    const target = put(join(workspace, 'target'), 'kept');
    symlinkSync(target, join(workspace, 'link'));
    expect(writeAtomically(join(workspace, 'link'), 'new').ok).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('kept');
  });

  it('leaves the old file and no other where it cannot put the new one', () => {
    const { workspace } = temporaryPlaces();
    const folder = join(workspace, 'folder');
    mkdirSync(join(folder, 'inner'), { recursive: true });
    expect(writeAtomically(folder, 'x')).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(readdirSync(workspace)).toEqual(['folder']);
  });
});
