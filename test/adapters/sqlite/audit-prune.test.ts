import { cpSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draftOf, must, newAuditLab } from '../../support/audit-lab.ts';

function newPrunedLab() {
  const lab = newAuditLab();
  lab.fill(20, [8]);
  const log = lab.open();
  const dropped = must(log.list({}))[9];
  const pruned = must(log.prune(11));
  log.close();
  return { lab, pruned, dropped };
}

describe('pruning the audit log', () => {
  it('drops what is older, records that it did, and stays provable', () => {
    const { lab, pruned, dropped } = newPrunedLab();
    expect(pruned).toEqual({ dropped: 10, kept: 11 });
    const report = lab.verify();
    expect(report).toMatchObject({ ok: true, records: 11, state: 'intact' });
    expect(report.limits[0]).toMatch(/^Records 1 to 10 were pruned/);
    const entries = must(lab.open().list({}));
    expect(entries[0]).toMatchObject({ sequence: 11, previous_hash: dropped?.hash });
    expect(entries.at(-1)).toMatchObject({
      sequence: 21,
      action: 'audit.pruned',
      details: { keepFrom: 11, dropped: 10, last_dropped: { sequence: 10, hash: dropped?.hash } },
    });
    const trail = readFileSync(lab.files.trail, 'utf8').trim().split('\n');
    expect(JSON.parse(trail.at(-1) ?? '')).toMatchObject({
      kind: 'prune',
      base: 11,
      base_hash: dropped?.hash,
    });
  });

  it('leaves nothing of what was dropped in the file', () => {
    const { lab, dropped } = newPrunedLab();
    expect(readFileSync(lab.files.database).includes(`src/${dropped?.sequence}.ts`)).toBe(false);
  });

  it('goes on afterwards, and can be pruned again', () => {
    const { lab } = newPrunedLab();
    lab.fill(70);
    const log = lab.open();
    expect(must(log.prune(50))).toEqual({ dropped: 39, kept: 43 });
    expect(must(log.prune(50))).toEqual({ dropped: 0, kept: 43 });
    log.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 43 });
  });

  it('is noticed by another writer at once', () => {
    const lab = newAuditLab();
    const one = lab.open();
    const two = lab.open();
    for (let number = 0; number < 6; number++)
      must((number % 2 ? one : two).append(draftOf(number)));
    must(one.prune(4));
    must(two.append(draftOf(9)));
    must(one.append(draftOf(9)));
    one.close();
    two.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 6 });
  });

  it.each([
    ['one more of the oldest is removed by hand', 'DELETE FROM records WHERE sequence = 11', 11],
    ['the oldest that is kept is changed', "UPDATE records SET user = 'x' WHERE sequence = 11", 11],
    [
      'a dropped record is put back',
      'INSERT INTO records SELECT 10, timestamp, session, action, mode, user, details, risk_level, previous_hash, hash FROM records WHERE sequence = 11',
      1,
    ],
  ])('does not hide that %s', (_, statement, firstBad) => {
    const { lab } = newPrunedLab();
    lab.tamper(statement);
    expect(lab.verify()).toMatchObject({ ok: false, state: 'altered', firstBad });
  });

  it('does not hide that everything was linked anew', () => {
    const { lab } = newPrunedLab();
    lab.relink();
    expect(lab.verify()).toMatchObject({ ok: false, state: 'altered', firstBad: 11 });
  });

  it('refuses what is not proven intact, and a record that is not there', () => {
    const lab = newAuditLab();
    lab.fill(5);
    const log = lab.open();
    expect(log.prune(6)).toMatchObject({ ok: false, error: { code: 'invalid' } });
    lab.tamper("UPDATE records SET user = 'x' WHERE sequence = 2");
    expect(log.prune(3)).toMatchObject({ ok: false, error: { code: 'audit-altered' } });
    log.close();
    expect(lab.verify().records).toBe(5);
  });

  it('is finished by the next one when it was killed before the records went', () => {
    const lab = newAuditLab();
    lab.fill(20, [8]);
    const log = lab.open();
    must(log.append(draftOf(1)));
    log.close();
    const unpruned = lab.copy();
    const pruning = lab.open();
    must(pruning.prune(11));
    pruning.close();
    // As after a kill between the checkpoint and the commit: only the record of it was committed.
    const records = lab.copy();
    rmSync(lab.files.database);
    cpSync(unpruned.files.database, lab.files.database);
    lab.tamper(
      `ATTACH '${records.files.database}' AS pruned`,
      'INSERT INTO records SELECT * FROM pruned.records WHERE sequence = 22',
    );
    expect(lab.verify()).toMatchObject({ ok: true, records: 22 });
    const next = lab.open();
    expect(must(next.prune(11))).toEqual({ dropped: 10, kept: 12 });
    must(next.append(draftOf(1)));
    next.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 13 });
  });
});
