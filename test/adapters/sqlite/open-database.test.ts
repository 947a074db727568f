import { chmodSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  describeDatabaseError,
  openForReading,
  openForWriting,
} from '../../../src/adapters/sqlite/open-database.ts';
import { must } from '../../support/audit-lab.ts';
import { temporaryFolder } from '../../support/files.ts';

const modeOf = (path: string) => (lstatSync(path).mode & 0o777).toString(8);

describe('openForWriting', () => {
  it('makes a folder and a database for this user alone, which keeps what was committed', () => {
    const path = join(temporaryFolder(), 'a', 'b', 'test.db');
    const db = must(openForWriting(path));
    db.exec('CREATE TABLE t (a)');
    expect(modeOf(join(path, '..'))).toBe('700');
    expect(['', '-wal', '-shm'].map((end) => modeOf(path + end))).toEqual(['600', '600', '600']);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
  });

  it('takes the rights of others from what is there', () => {
    const path = join(temporaryFolder(), 'test.db');
    must(openForWriting(path)).close();
    chmodSync(path, 0o644);
    chmodSync(join(path, '..'), 0o755);
    must(openForWriting(path)).close();
    expect([modeOf(path), modeOf(join(path, '..'))]).toEqual(['600', '700']);
  });

  it('refuses what is no database, or a link to one, and leaves it as it is', () => {
    const folder = temporaryFolder();
    const text = join(folder, 'text.db');
    writeFileSync(text, 'x'.repeat(5000));
    expect(openForWriting(text)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    expect(lstatSync(text).size).toBe(5000);
    const link = join(folder, 'link.db');
    must(openForWriting(join(folder, 'real.db'))).close();
    symlinkSync(join(folder, 'real.db'), link);
    expect(openForWriting(link).ok).toBe(false);
    expect(openForReading(link).ok).toBe(false);
  });
});

describe('openForReading', () => {
  it('says that there is none, and makes none', () => {
    const path = join(temporaryFolder(), 'none.db');
    expect(openForReading(path)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('reads while another writes, and cannot write', () => {
    const path = join(temporaryFolder(), 'test.db');
    const writer = must(openForWriting(path));
    writer.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
    const reader = must(openForReading(path));
    writer.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (2)');
    expect(reader.prepare('SELECT a FROM t').pluck().all()).toEqual([1]);
    expect(() => reader.exec('INSERT INTO t VALUES (3)')).toThrow();
    writer.exec('COMMIT');
    expect(reader.prepare('SELECT a FROM t').pluck().all()).toEqual([1, 2]);
    reader.close();
    writer.close();
  });
});

describe('describeDatabaseError', () => {
  const error = (code: string) => Object.assign(new Error('why'), { code });

  it.each([
    ['SQLITE_BUSY', 'write', 'busy'],
    ['SQLITE_CORRUPT_VTAB', 'write', 'unreadable'],
    ['SQLITE_NOTADB', 'read', 'unreadable'],
    ['SQLITE_FULL', 'write', 'failed'],
    ['ENOSPC', 'write', 'failed'],
    ['EROFS', 'write', 'failed'],
    ['EACCES', 'write', 'failed'],
    ['EACCES', 'read', 'unreadable'],
  ] as const)('calls %s of a %s %s', (code, access, expected) => {
    const described = describeDatabaseError(error(code), '/x', access);
    expect(described).toMatchObject({ ok: false, error: { code: expected } });
  });

  it('lets a programmer’s error through', () => {
    expect(() => describeDatabaseError(new TypeError('no'), '/x', 'read')).toThrow(TypeError);
  });
});
