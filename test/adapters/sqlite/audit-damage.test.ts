import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draftOf, must, newAuditLab } from '../../support/audit-lab.ts';
import { fc } from '../../support/fc.ts';

/** Small enough for every push; raise it to look harder. */
const RUNS = 150;

describe('a damaged audit log', () => {
  it.each([
    [
      'is no database',
      Buffer.from('this is no database at all, though it is long enough to be one'),
    ],
    ['lost its second half', null],
  ])('is unreadable when the file %s, and nothing of it is overwritten', (_, bytes) => {
    const lab = newAuditLab();
    lab.fill(40, [20]);
    const whole = readFileSync(lab.files.database);
    const damaged = bytes ?? whole.subarray(0, whole.length / 2);
    writeFileSync(lab.files.database, damaged);
    expect(lab.verify()).toMatchObject({ ok: false, state: 'unreadable' });
    const log = lab.open();
    const result = log.append(draftOf(1));
    expect(result).toMatchObject({ ok: false, error: { code: 'audit-unreadable' } });
    if (!result.ok) expect(result.error.hint).toContain('aside by hand');
    expect(log.list({})).toMatchObject({ ok: false, error: { code: 'audit-unreadable' } });
    expect(log.entries()).toMatchObject({ ok: false, error: { code: 'audit-unreadable' } });
    expect(log.prune(3)).toMatchObject({ ok: false, error: { code: 'audit-unreadable' } });
    log.close();
    expect(readFileSync(lab.files.database).equals(damaged)).toBe(true);
  });

  it('was cut when the file is empty', () => {
    const lab = newAuditLab();
    lab.fill(3);
    writeFileSync(lab.files.database, '');
    expect(lab.verify()).toMatchObject({ ok: false, state: 'truncated', firstBad: 1 });
  });

  it('is unreadable when a folder or a link stands in its place', () => {
    const folder = newAuditLab();
    mkdirSync(folder.files.database, { recursive: true });
    expect(folder.verify()).toMatchObject({ ok: false, state: 'unreadable' });
    expect(folder.open().append(draftOf(1)).ok).toBe(false);
    const link = newAuditLab();
    mkdirSync(link.places.state, { recursive: true });
    symlinkSync('/dev/null', link.files.database);
    expect(link.verify()).toMatchObject({ ok: false, state: 'unreadable' });
    expect(link.open().append(draftOf(1)).ok).toBe(false);
  });

  it('names the record whose column has a wrong type', () => {
    const lab = newAuditLab();
    lab.fill(5);
    lab.tamper(
      'CREATE TABLE other AS SELECT * FROM records',
      'DROP TABLE records',
      'ALTER TABLE other RENAME TO records',
      "UPDATE records SET details = x'00' WHERE sequence = 4",
    );
    expect(lab.verify()).toMatchObject({ ok: false, state: 'unreadable', firstBad: 4 });
  });

  it('reads as it was when a text was made a blob of the same bytes', () => {
    const lab = newAuditLab();
    lab.fill(5);
    const original = must(lab.open().list({}));
    lab.tamper(
      'CREATE TABLE other AS SELECT * FROM records',
      'DROP TABLE records',
      'ALTER TABLE other RENAME TO records',
      'UPDATE records SET previous_hash = CAST(previous_hash AS BLOB) WHERE sequence = 4',
    );
    expect(must(lab.open().list({}))).toEqual(original);
    expect([...must(lab.open().entries())]).toEqual(original);
  });

  it('is unreadable when its table has other columns', () => {
    const lab = newAuditLab();
    lab.fill(2);
    lab.tamper(
      'DROP TABLE records',
      'CREATE TABLE records (sequence INTEGER, other TEXT)',
      'INSERT INTO records VALUES (1, 2)',
    );
    expect(lab.verify()).toMatchObject({ ok: false, state: 'unreadable' });
  });

  it('is not found intact, and nothing throws, whatever byte of the database is changed', () => {
    const lab = newAuditLab();
    lab.fill(30, [10, 20]);
    const before = readFileSync(lab.files.database);
    const original = must(lab.open().list({}));
    fc.assert(
      fc.property(fc.nat(before.length - 1), fc.integer({ min: 1, max: 255 }), (offset, mask) => {
        const changed = Buffer.from(before);
        changed[offset] = (changed[offset] ?? 0) ^ mask;
        writeFileSync(lab.files.database, changed);
        const report = lab.verify();
        // A byte that no record is made of: free space, a counter, the name of a table's column.
        if (report.ok) expect(must(lab.open().list({}))).toEqual(original);
        else expect(['altered', 'truncated', 'unreadable']).toContain(report.state);
      }),
      { numRuns: RUNS },
    );
  });

  it('is not found intact, and nothing throws, for garbage in any of its files', () => {
    const lab = newAuditLab();
    lab.fill(6, [3]);
    const names = ['database', 'witness', 'journal', 'trail', 'key'] as const;
    const kept = Object.fromEntries(names.map((name) => [name, readFileSync(lab.files[name])]));
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.uint8Array({ maxLength: 400 }),
        fc.nat(400),
        (name, bytes, at) => {
          const start = (kept[name] as Buffer).subarray(0, at);
          const garbage = Buffer.concat([start, bytes]);
          writeFileSync(lab.files[name], garbage);
          const report = lab.verify();
          writeFileSync(lab.files[name], kept[name] as Buffer);
          const isPrefix = (kept[name] as Buffer).subarray(0, garbage.length).equals(garbage);
          if (!isPrefix) expect(report.ok).toBe(false);
        },
      ),
      { numRuns: RUNS },
    );
    expect(lab.verify().ok).toBe(true);
  });

  it('is verified without a write: every file keeps its bytes and its time', () => {
    const lab = newAuditLab();
    lab.fill(5, [3]);
    const paths = ['database', 'witness', 'journal', 'trail', 'key'] as const;
    const look = () =>
      paths.map((name) => [
        statSync(lab.files[name]).mtimeMs,
        readFileSync(lab.files[name], 'latin1'),
      ]);
    const before = look();
    lab.verify();
    must(lab.open().head());
    expect(look()).toEqual(before);
  });
});
