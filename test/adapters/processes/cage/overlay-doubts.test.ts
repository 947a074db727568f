import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doubtOverlay } from '../../../../src/adapters/processes/cage/overlay-doubts.ts';
import { temporaryFolder } from '../../../support/files.ts';
import { canMount, mountOver } from '../../../support/mount-over.ts';
import { put } from '../../../support/temporary-places.ts';

const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const isRoot = user.uid === 0;

describe('a workspace that an overlay would not show as it is', () => {
  it('is none where all of it is on one file system and ours', () => {
    const folder = temporaryFolder();
    put(join(folder, 'a/b'), 'x');
    expect(doubtOverlay(folder, user)).toBe(null);
    expect(doubtOverlay(join(folder, 'none'), user)).toBe(null);
  });

  it.skipIf(!canMount)('has another file system mounted below it', async () => {
    const folder = temporaryFolder();
    const below = join(folder, 'a b');
    mkdirSync(below);
    await mountOver(below, 'size=1m');
    expect(doubtOverlay(folder, user)).toBe(`another file system is mounted at ${below}`);
    expect(doubtOverlay(below, user)).toBe(null);
    expect(doubtOverlay(join(folder, 'a'), user)).toBe(null);
  });

  it.skipIf(!isRoot)('is root’s, and holds what belongs to somebody else', () => {
    const folder = temporaryFolder();
    const path = put(join(folder, 'file'), 'x');
    chownSync(path, 1000, 0);
    expect(doubtOverlay(folder, user)).toBe(`${path} belongs to another user or group`);
    chownSync(path, 0, 1000);
    expect(doubtOverlay(folder, user)).toBe(`${path} belongs to another user or group`);
    chownSync(path, 0, 0);
    chownSync(folder, 1000, 1000);
    expect(doubtOverlay(folder, user)).toBe(`${folder} belongs to another user or group`);
  });

  it.skipIf(!isRoot)('is shared by a group, and not only left there by somebody else', () => {
    const person = { uid: 1000, gid: 1000 };
    const folder = temporaryFolder();
    const path = put(join(folder, 'file'), 'x');
    chownSync(folder, 1000, 1000);
    expect(doubtOverlay(folder, person)).toBe(null);
    // Of root's groups, in which this process is.
    chmodSync(path, 0o664);
    expect(doubtOverlay(folder, person)).toBe(`${path} belongs to another user or group`);
    chmodSync(path, 0o644);
    chownSync(path, 1000, 0);
    expect(doubtOverlay(folder, person)).toBe(`${path} belongs to another user or group`);
  });
});
