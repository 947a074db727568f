import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEXT_COLUMNS } from '../../../src/core/audit/record.ts';
import type { JsonObject } from '../../../src/core/types.ts';
import { type AuditLab, draftOf, must, newAuditLab } from '../../support/audit-lab.ts';
import { fc } from '../../support/fc.ts';

const RUNS = Number(process.env.AUDIT_RUNS ?? 120);

const shape = fc.record({
  count: fc.integer({ min: 2, max: 90 }),
  seals: fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 3 }),
});

describe('any single change to a random log is found, with the first bad record', () => {
  it('when one character of one column differs, linked anew or not', () => {
    const change = fc.record({
      at: fc.nat(),
      column: fc.constantFrom(...TEXT_COLUMNS),
      place: fc.nat(),
      char: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      isRelinked: fc.boolean(),
    });
    check(change, (lab, count, { at, column, place, char, isRelinked }) => {
      const sequence = 1 + (at % count);
      const isHash = column === 'hash' || column === 'previous_hash';
      const text = readColumn(lab, sequence, column);
      const offset = place % text.length;
      const changed = text.slice(0, offset) + char + text.slice(offset + 1);
      if (changed === text) return null;
      lab.tamper(`UPDATE records SET ${column} = ${quote(changed)} WHERE sequence = ${sequence}`);
      // Linking anew would only write these two again.
      if (isRelinked && !isHash) lab.relink();
      return { state: 'altered', firstBad: sequence };
    });
  });

  it('when a record is removed, moved or doubled', () => {
    const change = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom('remove', 'swap', 'double'),
      isRelinked: fc.boolean(),
    });
    check(change, (lab, count, { at, kind, isRelinked }) => {
      const sequence = 1 + (at % (count - 1));
      const next = sequence + 1;
      const shift = (from: number, by: number) => [
        `UPDATE records SET sequence = -sequence WHERE sequence >= ${from}`,
        `UPDATE records SET sequence = -sequence + ${by} WHERE sequence < 0`,
      ];
      switch (kind) {
        case 'remove':
          lab.tamper(`DELETE FROM records WHERE sequence = ${sequence}`);
          if (isRelinked) lab.tamper(...shift(next, -1));
          break;
        case 'swap':
          lab.tamper(
            `UPDATE records SET sequence = -1 WHERE sequence = ${sequence}`,
            `UPDATE records SET sequence = ${sequence} WHERE sequence = ${next}`,
            `UPDATE records SET sequence = ${next} WHERE sequence = -1`,
          );
          break;
        default:
          lab.tamper(
            ...shift(next, 1),
            `INSERT INTO records SELECT ${next}, timestamp, session, action, mode, user, details, risk_level, previous_hash, hash FROM records WHERE sequence = ${sequence}`,
          );
      }
      if (isRelinked) lab.relink();
      return { state: 'altered', firstBad: kind === 'double' ? next : sequence };
    });
  });

  it('when the newest are cut off', () => {
    check(fc.nat(), (lab, count, at) => {
      const kept = at % count;
      lab.tamper(`DELETE FROM records WHERE sequence > ${kept}`);
      return { state: 'truncated', firstBad: kept + 1 };
    });
  });
});

describe('any details', () => {
  it('are recorded, read back and proven, whatever they hold', () => {
    const lab = newAuditLab();
    const log = lab.open();
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant('__proto__'));
    // JSON itself knows no negative zero.
    const values = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));
    const details = fc.dictionary(texts, values as fc.Arbitrary<JsonObject[string]>);
    fc.assert(
      fc.property(details, texts, (value, text) => {
        const draft = { ...draftOf(1), session: text, action: text, details: value };
        const entry = must(log.append(draft));
        expect(must(log.list({ last: 1 }))[0]).toEqual(entry);
      }),
      { numRuns: RUNS },
    );
    log.close();
    expect(lab.verify()).toMatchObject({ ok: true });
  });
});

type Expected = { readonly state: string; readonly firstBad: number } | null;

/** Logs are made once for a few shapes, and their database is put back after every change. */
function check<T>(
  change: fc.Arbitrary<T>,
  act: (lab: AuditLab, count: number, change: T) => Expected,
): void {
  const labs = fc.sample(shape, { numRuns: 4, seed: 7 }).map(({ count, seals }) => {
    const lab = newAuditLab();
    lab.fill(count, seals);
    return { lab, count, database: readFileSync(lab.files.database) };
  });
  fc.assert(
    fc.property(fc.constantFrom(...labs), change, ({ lab, count, database }, what) => {
      for (const end of ['-wal', '-shm']) rmSync(lab.files.database + end, { force: true });
      writeFileSync(lab.files.database, database);
      expect(lab.verify()).toMatchObject({ ok: true, records: count });
      const expected = act(lab, count, what);
      if (expected !== null) expect(lab.verify()).toMatchObject({ ok: false, ...expected });
    }),
    { numRuns: RUNS },
  );
}

function readColumn(
  lab: AuditLab,
  sequence: number,
  column: (typeof TEXT_COLUMNS)[number],
): string {
  const entry = must(lab.open().list({}))[sequence - 1];
  const value = entry?.[column] ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** As SQL, byte for byte: a NUL too. */
const quote = (text: string): string => `CAST(x'${Buffer.from(text).toString('hex')}' AS TEXT)`;
