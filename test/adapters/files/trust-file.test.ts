import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTrustWriter, isTrusted, readTrust } from '../../../src/adapters/files/trust-file.ts';
import { listWorkspaceFiles } from '../../../src/adapters/files/workspace-files.ts';
import { ensureStateFolder } from '../../../src/adapters/system/state-folder.ts';
import { fail } from '../../../src/core/result.ts';
import type { Places } from '../../../src/ports.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';

const clock = { now: () => new Date('2026-02-03T04:05:06Z'), monotonicMs: () => 0 };
const writerOf = (places: Places) =>
  createTrustWriter({ places, clock, prepareState: () => ensureStateFolder(places) });
const trustFile = (places: Places) => join(places.state, 'trust.json');
const withPrompt = () => {
  const places = temporaryPlaces();
  put(join(places.workspace, '.tinycode', 'prompts', 'a.md'), 'be nice');
  const { files } = listWorkspaceFiles(places.workspace);
  const [file] = files;
  if (!file) throw new Error('nothing listed');
  return { places, files, file };
};
const entriesOf = (places: Places) => {
  const read = readTrust(places);
  return read.ok ? read.value : [];
};

describe('grant', () => {
  it('remembers path, hash and time, for the owner alone', () => {
    const { places, files, file } = withPrompt();
    expect(writerOf(places).grant(files).ok).toBe(true);
    expect(entriesOf(places)).toEqual([{ ...file, at: '2026-02-03T04:05:06.000Z' }]);
    expect(statSync(trustFile(places)).mode & 0o777).toBe(0o600);
    expect(isTrusted(entriesOf(places), file)).toBe(true);
    expect(isTrusted(entriesOf(places), { ...file, sha256: '0'.repeat(64) })).toBe(false);
  });

  it('keeps one entry for each file', () => {
    const { places, files } = withPrompt();
    writerOf(places).grant(files);
    put(join(places.workspace, '.tinycode', 'prompts', 'a.md'), 'be nicer');
    writerOf(places).grant(listWorkspaceFiles(places.workspace).files);
    expect(entriesOf(places)).toHaveLength(1);
  });

  it('refuses a file that changed since it was shown, or was never listed', () => {
    const { places, files, file } = withPrompt();
    put(join(places.workspace, '.tinycode', 'prompts', 'a.md'), 'be evil');
    expect(writerOf(places).grant(files)).toMatchObject({ ok: false, error: { code: 'changed' } });
    const other = { ...file, path: '../home/x' };
    expect(writerOf(places).grant([other])).toMatchObject({
      ok: false,
      error: { code: 'changed' },
    });
    expect(entriesOf(places)).toEqual([]);
  });

  it('gives no trust where the state folder cannot be trusted itself', () => {
    const { places, files } = withPrompt();
    const prepareState = () => fail('untrusted', 'not yours');
    const writer = createTrustWriter({ places, clock, prepareState });
    expect(writer.grant(files)).toMatchObject({ ok: false, error: { message: 'not yours' } });
  });

  it('overwrites nothing that it cannot understand', () => {
    const { places, files } = withPrompt();
    put(trustFile(places), 'not json');
    expect(writerOf(places).grant(files)).toMatchObject({
      ok: false,
      error: { code: 'untrusted', hint: expect.stringContaining('trust revoke') },
    });
    expect(readFileSync(trustFile(places), 'utf8')).toBe('not json');
  });
});

describe('readTrust', () => {
  it.each(['[]', '{}', '{"trusted":[{"path":1}]}', 'null', ''])('refuses %j', (text) => {
    const places = temporaryPlaces();
    put(trustFile(places), text);
    expect(readTrust(places)).toMatchObject({ ok: false, error: { code: 'untrusted' } });
  });

  it('refuses a file that others may write', () => {
    const { places, files } = withPrompt();
    writerOf(places).grant(files);
    chmodSync(trustFile(places), 0o666);
    expect(readTrust(places).ok).toBe(false);
  });
});

describe('revoke', () => {
  it('forgets everything', () => {
    const { places, files } = withPrompt();
    writerOf(places).grant(files);
    expect(writerOf(places).revoke().ok).toBe(true);
    expect(entriesOf(places)).toEqual([]);
  });

  it('has nothing to do where nothing was trusted', () => {
    expect(writerOf(temporaryPlaces()).revoke().ok).toBe(true);
  });

  it('moves a file aside that it cannot understand', () => {
    const places = temporaryPlaces();
    put(trustFile(places), 'not json');
    expect(writerOf(places).revoke().ok).toBe(true);
    expect(readdirSync(places.state)).toEqual(['trust.json.broken-2026-02-03T04-05-06-000Z']);
  });
});
