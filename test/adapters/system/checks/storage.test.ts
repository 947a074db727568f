import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLasting } from '../../../../src/adapters/sqlite/lasting-database.ts';
import { clockProbe } from '../../../../src/adapters/system/checks/clock.ts';
import { databaseProbe } from '../../../../src/adapters/system/checks/database.ts';
import { diskProbe } from '../../../../src/adapters/system/checks/disk.ts';
import { folderProbe } from '../../../../src/adapters/system/checks/folder.ts';
import { canMount, mountOver } from '../../../support/mount-over.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const signal = new AbortController().signal;
const clock = { now: () => new Date('2026-02-03T04:05:06Z'), monotonicMs: () => 0 };
const isRoot = process.geteuid?.() === 0;
const folder = (path: string) => folderProbe('state folder', path, 'XDG_STATE_HOME').run(signal);
const database = (path: string, alongside: readonly string[] = []) =>
  databaseProbe({ name: 'audit log', path, alongside }, clock).run(signal);
const makeDatabase = (path: string, rows = 1): string => {
  mkdirSync(join(path, '..'), { recursive: true });
  const made = openLasting(path, {});
  made.pragma('journal_mode = WAL');
  made.exec('CREATE TABLE t (x TEXT); CREATE INDEX i ON t (x)');
  for (let row = 0; row < rows; row += 1)
    made.prepare('INSERT INTO t VALUES (?)').run(`row ${row}`);
  made.close();
  return path;
};

describe('a folder of our own', () => {
  it('is fine when it can be made, or is ours alone', async () => {
    const { state } = temporaryPlaces();
    expect(await folder(state)).toMatchObject({ status: 'ok' });
    mkdirSync(state, { recursive: true, mode: 0o700 });
    expect(await folder(state)).toMatchObject({ status: 'ok' });
  });

  it('gets a command that closes it to others', async () => {
    const { workspace } = temporaryPlaces();
    const open = join(workspace, "it's open");
    mkdirSync(open);
    chmodSync(open, 0o755);
    const finding = await folder(open);
    expect(finding).toMatchObject({ status: 'warn', detail: expect.stringContaining('755') });
    expect(finding.remedy).toMatch(/^chmod 700 '/);
    execFileSync('sh', ['-c', finding.remedy ?? '']);
    expect(await folder(open)).toMatchObject({ status: 'ok' });
  });

  it('must be a real folder', async () => {
    const { workspace, home } = temporaryPlaces();
    symlinkSync(home, join(workspace, 'link'));
    expect(await folder(join(workspace, 'link'))).toMatchObject({ status: 'fail' });
    const file = put(join(workspace, 'file'), '');
    expect(await folder(file)).toMatchObject({ status: 'fail' });
  });

  it.skipIf(!isRoot)('must not belong to somebody else (only root can make one)', async () => {
    const { workspace } = temporaryPlaces();
    chownSync(workspace, 12345, 12345);
    expect(await folder(workspace)).toMatchObject({ status: 'fail' });
  });

  it.skipIf(!canMount)('fails in a read-only home (only root can mount one)', async () => {
    const { home, state } = temporaryPlaces();
    await mountOver(home, 'ro,size=64k');
    expect(await folder(state)).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('read-only'),
      remedy: expect.stringContaining('XDG_STATE_HOME'),
    });
  });
});

describe('the disk', () => {
  it('is measured where state will be', async () => {
    const finding = await diskProbe(temporaryPlaces().state).run(signal);
    expect(finding.detail).toMatch(/^\d[\d.]* [MG]iB free/);
  });

  it.skipIf(!canMount)('is too small for records (only root can mount one)', async () => {
    const { home, state } = temporaryPlaces();
    await mountOver(home, 'size=64k');
    expect(await diskProbe(state).run(signal)).toMatchObject({ status: 'fail' });
  });
});

describe('a database', () => {
  it('may not be there yet, and may be sound', async () => {
    const { state } = temporaryPlaces();
    const path = join(state, 'audit.db');
    expect(await database(path)).toMatchObject({ status: 'ok' });
    makeDatabase(path);
    expect(await database(path)).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('sound'),
    });
  });

  it('can be looked at while somebody writes to it', async () => {
    const path = makeDatabase(join(temporaryPlaces().state, 'audit.db'));
    const writer = openLasting(path, {});
    onTestFinished(() => void writer.close());
    writer.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES ('open')");
    expect(await database(path)).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['text in its place', (bytes: Buffer) => Buffer.from(`hello ${bytes.length}`)],
    [
      'a damaged page',
      (bytes: Buffer) => {
        bytes.fill(0xa5, 4096 + 8, 4096 * 2);
        return bytes;
      },
    ],
    ['a lost end', (bytes: Buffer) => bytes.subarray(0, 5000)],
  ])('is damaged by %s, is not touched, and gets a command to go on', async (_, damage) => {
    const { state } = temporaryPlaces();
    const path = makeDatabase(join(state, "odd 'name", 'audit.db'), 500);
    const damaged = put(path, damage(readFileSync(path)));
    const witness = put(join(state, 'witness'), 'w');
    const before = readFileSync(damaged);
    const finding = await database(path, [witness, join(state, 'absent')]);
    expect(finding).toMatchObject({ status: 'fail', detail: expect.stringContaining('damaged') });
    expect(readFileSync(path).equals(before)).toBe(true);

    const command = /mkdir .*$/.exec(finding.remedy ?? '')?.[0] ?? '';
    execFileSync('sh', ['-c', command]);
    const aside = join(state, "odd 'name", 'broken-2026-02-03T04-05-06-000Z');
    expect(readFileSync(join(aside, 'audit.db')).equals(before)).toBe(true);
    expect(readFileSync(join(aside, 'witness'), 'utf8')).toBe('w');
    expect(await database(path)).toMatchObject({ status: 'ok' });
  });

  it('is not a folder', async () => {
    const { state } = temporaryPlaces();
    mkdirSync(join(state, 'audit.db'), { recursive: true });
    expect(await database(join(state, 'audit.db'))).toMatchObject({ status: 'fail' });
  });
});

describe('the clock', () => {
  const at = (time: string, files: readonly string[] = []) =>
    clockProbe({ now: () => new Date(time), monotonicMs: () => 0 }, files).run(signal);

  it('is doubted before TinyCode was and long after', async () => {
    expect(await at('2026-05-01T00:00:00Z')).toMatchObject({ status: 'ok' });
    expect(await at('1970-01-02T00:00:00Z')).toMatchObject({ status: 'warn' });
    expect(await at('2111-01-01T00:00:00Z')).toMatchObject({ status: 'warn' });
  });

  it('is doubted when our own files come from its future', async () => {
    const file = put(join(temporaryPlaces().workspace, 'audit.db'), '');
    utimesSync(file, new Date('2026-06-01'), new Date('2026-06-01'));
    expect(await at('2026-05-01T00:00:00Z', [file])).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining(file),
    });
  });
});
