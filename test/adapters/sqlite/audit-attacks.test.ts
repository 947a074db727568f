import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { LINE_BYTES } from '../../../src/core/audit/head-line.ts';
import { type AuditLab, draftOf, must, newAuditLab } from '../../support/audit-lab.ts';

const RECORDS = 9;
const SEALED = 5;

describe('what is found', () => {
  let lab: AuditLab;
  beforeEach(() => {
    lab = newAuditLab();
    lab.fill(RECORDS, [2, SEALED]);
  });

  const refusal = (code: string) => ({ ok: false, error: { code } });
  const append = () => {
    const log = lab.open();
    const result = log.append(draftOf(99));
    log.close();
    return result;
  };

  describe.each([1, 2, 4, SEALED, 7, RECORDS])('at record %i', (sequence) => {
    it('a changed text', () => {
      lab.tamper(
        `UPDATE records SET details = replace(details, 'src', 'etc') WHERE sequence = ${sequence}`,
      );
      expect(lab.verify()).toMatchObject({ ok: false, state: 'altered', firstBad: sequence });
    });

    it.each([
      'timestamp',
      'session',
      'action',
      'mode',
      'user',
      'risk_level',
      'previous_hash',
      'hash',
    ])('one more character in %s', (column) => {
      for (const more of ["'x'", 'char(0)', "' '"]) {
        const copy = lab.copy();
        copy.tamper(
          `UPDATE records SET ${column} = ${column} || ${more} WHERE sequence = ${sequence}`,
        );
        expect(copy.verify()).toMatchObject({ state: 'altered', firstBad: sequence });
      }
    });

    it('a change after which everything was linked anew with the documented hash', () => {
      lab.tamper(`UPDATE records SET action = 'nothing.happened' WHERE sequence = ${sequence}`);
      lab.relink();
      expect(lab.verify()).toMatchObject({ ok: false, state: 'altered', firstBad: sequence });
    });

    it('a removed record, linked anew or not', () => {
      if (sequence === RECORDS) return;
      lab.tamper(`DELETE FROM records WHERE sequence = ${sequence}`);
      expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: sequence });
      lab.tamper(
        `UPDATE records SET sequence = -sequence WHERE sequence > ${sequence}`,
        'UPDATE records SET sequence = -sequence - 1 WHERE sequence < 0',
      );
      lab.relink();
      expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: sequence });
    });

    it('a record that was put in, with everything after it linked anew', () => {
      lab.tamper(
        `UPDATE records SET sequence = -sequence WHERE sequence >= ${sequence}`,
        'UPDATE records SET sequence = -sequence + 1 WHERE sequence < 0',
        `INSERT INTO records SELECT ${sequence}, timestamp, session, 'forged', mode, user, details, risk_level, previous_hash, hash FROM records LIMIT 1`,
      );
      lab.relink();
      expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: sequence });
    });
  });

  it('two records that changed places', () => {
    lab.tamper(
      'UPDATE records SET sequence = -3 WHERE sequence = 3',
      'UPDATE records SET sequence = 3 WHERE sequence = 6',
      'UPDATE records SET sequence = 6 WHERE sequence = -3',
    );
    expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: 3 });
  });

  it('a record that was moved out of all reach', () => {
    lab.tamper(
      `UPDATE records SET sequence = ${Number.MAX_SAFE_INTEGER} WHERE sequence = ${RECORDS}`,
    );
    expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: RECORDS });
  });

  it('a forged record at the end', () => {
    lab.tamper(
      `INSERT INTO records SELECT ${RECORDS + 1}, timestamp, session, 'forged', mode, user, details, risk_level, hash, hash FROM records WHERE sequence = ${RECORDS}`,
    );
    lab.relink(RECORDS + 1);
    expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: RECORDS + 1 });
    expect(append()).toMatchObject(refusal('audit-altered'));
  });

  it.each([1, 3, 6])(
    'the newest %i records removed, and nothing is appended to what is left',
    (count) => {
      lab.tamper(`DELETE FROM records WHERE sequence > ${RECORDS - count}`);
      const found = { state: 'truncated', firstBad: RECORDS - count + 1, records: RECORDS - count };
      expect(lab.verify()).toMatchObject(found);
      expect(append()).toMatchObject(refusal('audit-truncated'));
      expect(lab.verify()).toMatchObject(found);
    },
  );

  it.each(['DELETE FROM records', 'DROP TABLE records'])('all gone: %s', (statement) => {
    lab.tamper(statement);
    expect(lab.verify()).toMatchObject({ state: 'truncated', firstBad: 1, records: 0 });
    expect(append()).toMatchObject({ ok: false });
  });

  it('the oldest removed by hand', () => {
    lab.tamper('DELETE FROM records WHERE sequence < 3');
    expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: 1 });
  });

  it('the end of a column moved, so that all of them join to the same text', () => {
    const forged = newAuditLab();
    const log = forged.open();
    const details = { details: {}, k: 'v', mode: 'execute' };
    must(log.append({ ...draftOf(1), mode: 'chat', details }));
    must(log.append(draftOf(2)));
    log.close();
    forged.tamper(
      `UPDATE records SET details = '{"details":{},"k":"v"', mode = 'execute"},"mode":"chat' WHERE sequence = 1`,
    );
    expect(forged.verify()).toMatchObject({ state: 'altered', firstBad: 1 });
  });

  it.each(['database', 'state'] as const)(
    'an older copy of the %s put back, also after it was written on',
    (what) => {
      const older = newAuditLab();
      older.fill(4, [2]);
      const old = older.copy();
      older.fill(5);
      if (what === 'state') older.putBack(old, 'state');
      else writeFileSync(older.files.database, readFileSync(old.files.database));
      expect(older.verify()).toMatchObject({ state: 'truncated', firstBad: 5 });
      older.tamper(
        "INSERT INTO records SELECT 5, timestamp, session, 'forged', mode, user, details, risk_level, hash, hash FROM records WHERE sequence = 4",
      );
      older.relink(5);
      expect(older.verify()).toMatchObject({ state: 'altered', firstBad: 5 });
    },
  );

  it('an older copy of the configuration put back', () => {
    const older = newAuditLab();
    older.fill(4, [2]);
    const old = older.copy();
    older.fill(5, [6]);
    older.putBack(old, 'config');
    expect(older.verify().ok).toBe(false);
  });

  it.each(['database', 'witness', 'journal', 'trail', 'key'] as const)(
    'that the %s is gone',
    (name) => {
      rmSync(lab.files[name]);
      expect(lab.verify()).toMatchObject({ ok: false, state: 'truncated' });
      expect(append()).toMatchObject(refusal('audit-truncated'));
      expect(lab.verify()).toMatchObject({ ok: false, state: 'truncated' });
    },
  );

  it.each(['state', 'config'] as const)('that all of %s is gone', (tree) => {
    rmSync(`${lab.root}/${tree}`, { recursive: true });
    const before = lab.listFiles();
    expect(lab.verify()).toMatchObject({ ok: false, state: 'truncated' });
    expect(lab.listFiles().filter((file) => !/-(wal|shm)$/.test(file))).toEqual(before);
    expect(append()).toMatchObject(refusal('audit-truncated'));
  });

  it('another key in place of ours', () => {
    const other = newAuditLab();
    other.fill(1);
    writeFileSync(lab.files.key, readFileSync(other.files.key));
    expect(lab.verify()).toMatchObject({ state: 'altered' });
    expect(append()).toMatchObject(refusal('audit-altered'));
  });

  it('a whole other log in the database, journal included', () => {
    const other = newAuditLab();
    other.setClock('2026-02-01T00:00:00Z');
    other.fill(12, [2, SEALED]);
    lab.putBack(other, 'state');
    writeFileSync(lab.files.journal, readFileSync(other.files.journal));
    expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: 1 });
  });

  it('records and journal both rewritten in a sealed epoch, though not which record of it', () => {
    lab.tamper("UPDATE records SET action = 'nothing.happened' WHERE sequence = 4");
    lab.relink();
    const log = lab.open();
    const hashes = [...must(log.entries())].map(({ hash }) => hash);
    const journal = readFileSync(lab.files.journal, 'latin1');
    const lines = journal.match(new RegExp(`[^]{${LINE_BYTES}}`, 'g')) ?? [];
    const forged = lines.map((line, index) =>
      index === 0 ? line : line.slice(0, 13) + hashes[index - 1] + line.slice(77),
    );
    writeFileSync(lab.files.journal, forged.join(''), 'latin1');
    expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: 3 });
  });

  it('any changed byte of trail, witness, key and journal', () => {
    for (const name of ['trail', 'witness', 'key', 'journal'] as const) {
      const bytes = readFileSync(lab.files[name]);
      const isJournal = name === 'journal';
      const end = isJournal ? (RECORDS + 4) * LINE_BYTES : bytes.length;
      for (let offset = 0; offset < end; offset += isJournal ? 1 : 17) {
        // Of a line in a sealed epoch only the hash still counts: the key of its MAC is gone.
        const column = offset % LINE_BYTES;
        const line = Math.floor(offset / LINE_BYTES);
        const isInHash = column >= 13 && column < 77;
        if (isJournal && line > 0 && line <= SEALED && !isInHash) continue;
        const changed = Buffer.from(bytes);
        changed[offset] = (changed[offset] ?? 0) ^ 1;
        writeFileSync(lab.files[name], changed);
        const { ok } = lab.verify();
        if (ok) expect.fail(`${name} at ${offset} was changed unseen`);
      }
      writeFileSync(lab.files[name], bytes);
    }
    expect(lab.verify().ok).toBe(true);
  });

  it('a journal that was cut, unless the MACs of few new records make up for it', () => {
    truncateSync(lab.files.journal, (1 + RECORDS - 2) * LINE_BYTES);
    expect(lab.verify()).toMatchObject({ ok: true });
    expect(lab.verify().limits[0]).toMatch(/^2 of the newest records have no line/);
    expect(append()).toMatchObject({ ok: true });
    expect(lab.verify().limits[0]).not.toMatch(/no line/);
    truncateSync(lab.files.journal, SEALED * LINE_BYTES);
    expect(lab.verify()).toMatchObject({ state: 'altered', firstBad: SEALED });
  });

  it('lines for records that were never there', () => {
    const journal = readFileSync(lab.files.journal);
    const end = (1 + RECORDS) * LINE_BYTES;
    journal.copy(journal, end, end - 2 * LINE_BYTES, end);
    writeFileSync(lab.files.journal, journal);
    expect(lab.verify()).toMatchObject({ ok: false, state: 'truncated' });
  });
});

describe('what cannot be found', () => {
  it('is everything put back together, unless a head was kept', () => {
    const lab = newAuditLab();
    lab.fill(4, [2]);
    const old = lab.copy();
    lab.fill(3);
    for (const tree of ['state', 'config'] as const) lab.putBack(old, tree);
    const report = lab.verify();
    expect(report).toMatchObject({ ok: true, records: 4 });
    expect(report.limits.join(' ')).toContain('An old copy of everything at once');
  });

  it('is what the holder of the key writes since the last checkpoint, and the report says so', () => {
    const lab = newAuditLab();
    lab.fill(1);
    expect(lab.verify().limits.join(' ')).toContain("holds the current epoch's key");
  });
});
