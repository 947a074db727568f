import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureStateFolder } from '../../../src/adapters/system/state-folder.ts';
import { temporaryFolder } from '../../support/files.ts';

const stateFolder = () => join(temporaryFolder(), 'tinycode', 'workspaces', 'shop-1');

const modeOf = (path: string) => statSync(path).mode & 0o777;
const isRoot = process.geteuid?.() === 0;

describe('ensureStateFolder', () => {
  it('makes the folder and those above it for the owner alone', () => {
    const state = stateFolder();
    expect(ensureStateFolder({ state })).toEqual({ ok: true, value: undefined });
    expect([state, dirname(state), dirname(dirname(state))].map(modeOf)).toEqual([
      0o700, 0o700, 0o700,
    ]);
  });

  it('closes a folder that was too open', () => {
    const state = stateFolder();
    mkdirSync(state, { recursive: true });
    chmodSync(state, 0o755);
    expect(ensureStateFolder({ state }).ok).toBe(true);
    expect(modeOf(state)).toBe(0o700);
  });

  it('refuses a symbolic link', () => {
    const state = stateFolder();
    mkdirSync(dirname(state), { recursive: true });
    symlinkSync(tmpdir(), state);
    expect(ensureStateFolder({ state })).toMatchObject({
      ok: false,
      error: { code: 'untrusted', hint: expect.stringContaining('XDG_STATE_HOME') },
    });
  });

  it.skipIf(!isRoot)('refuses a folder of somebody else (only root can make one)', () => {
    const state = stateFolder();
    mkdirSync(state, { recursive: true });
    chownSync(state, 12345, 12345);
    expect(ensureStateFolder({ state })).toMatchObject({
      ok: false,
      error: { code: 'untrusted' },
    });
  });

  it('says what to do where no folder can be made', () => {
    const state = stateFolder();
    const file = join(dirname(dirname(dirname(state))), 'file');
    writeFileSync(file, '');
    expect(ensureStateFolder({ state: join(file, 'tinycode', 'workspaces', 'x') })).toMatchObject({
      ok: false,
      error: { code: 'failed', hint: expect.stringContaining('XDG_STATE_HOME') },
    });
  });
});
