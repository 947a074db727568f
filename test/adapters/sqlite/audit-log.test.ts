import { lstatSync, readFileSync, renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draftOf, must, newAuditLab } from '../../support/audit-lab.ts';

describe('an audit log', () => {
  it('is intact and creates nothing while nothing was recorded', () => {
    const lab = newAuditLab();
    const log = lab.open();
    expect(lab.verify()).toMatchObject({ ok: true, records: 0, state: 'intact' });
    expect(must(log.list({}))).toEqual([]);
    expect([...must(log.entries())]).toEqual([]);
    expect(log.head()).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(log.seal()).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(lab.listFiles()).toEqual([]);
  });

  it('records with all ten fields, and each links to the one before it', () => {
    const lab = newAuditLab();
    const log = lab.open();
    const first = must(log.append(draftOf(1)));
    const second = must(log.append(draftOf(2)));
    expect(Object.keys(first).sort()).toEqual([
      'action',
      'details',
      'hash',
      'mode',
      'previous_hash',
      'risk_level',
      'sequence',
      'session',
      'timestamp',
      'user',
    ]);
    expect(first).toMatchObject({
      ...draftOf(1),
      sequence: 1,
      user: 'ada',
      previous_hash: '0'.repeat(64),
    });
    expect(second).toMatchObject({ sequence: 2, previous_hash: first.hash });
    expect([...must(log.entries())]).toEqual([first, second]);
    log.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 2, state: 'intact' });
  });

  it('keeps its files to this user', () => {
    const lab = newAuditLab();
    lab.fill(2, [2]);
    const modeOf = (path: string) => (lstatSync(path).mode & 0o777).toString(8);
    const { database, witness, folder, journal, trail, key } = lab.files;
    expect([lab.places.state, folder].map(modeOf)).toEqual(['700', '700']);
    expect([database, witness, journal, trail, key].map(modeOf)).toEqual(Array(5).fill('600'));
  });

  it('stays intact over seals, reopening and a full epoch', () => {
    const lab = newAuditLab();
    lab.fill(10, [3, 10]);
    lab.fill(1100);
    expect(lab.verify()).toMatchObject({ ok: true, records: 1110, state: 'intact' });
    expect(readFileSync(lab.files.trail, 'utf8').split('\n')).toHaveLength(5);
  });

  it('destroys the key of an epoch that is sealed', () => {
    const lab = newAuditLab();
    const log = lab.open();
    must(log.append(draftOf(1)));
    const before = readFileSync(lab.files.key, 'utf8');
    must(log.seal());
    const after = readFileSync(lab.files.key, 'utf8');
    expect(after).not.toBe(before);
    expect(after).toHaveLength(before.length);
    expect(lab.listFiles().filter((file) => file.includes('key.next'))).toEqual([]);
    log.close();
  });

  it('seals nothing twice', () => {
    const lab = newAuditLab();
    lab.fill(2, [2]);
    const trail = readFileSync(lab.files.trail, 'utf8');
    const log = lab.open();
    expect(must(log.seal())).toMatchObject({ sequence: 2, epoch: 2 });
    expect(readFileSync(lab.files.trail, 'utf8')).toBe(trail);
    log.close();
  });

  it('lets two writers take turns, over seals of each other', () => {
    const lab = newAuditLab();
    const one = lab.open();
    const two = lab.open();
    for (let number = 1; number <= 20; number++) {
      must((number % 2 === 0 ? one : two).append(draftOf(number)));
      if (number % 5 === 0) must((number % 10 === 0 ? two : one).seal());
    }
    one.close();
    two.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 20, state: 'intact' });
  });

  it('goes on in the epoch that another one began after its own newest record', () => {
    const lab = newAuditLab();
    const one = lab.open();
    const two = lab.open();
    must(one.append(draftOf(1)));
    must(one.append(draftOf(2)));
    must(two.seal());
    must(one.append(draftOf(3)));
    expect(lab.verify()).toMatchObject({ ok: true, records: 3, state: 'intact' });
    one.close();
    two.close();
  });

  it('writes nothing once its evidence was taken away, though it wrote the newest record', () => {
    const lab = newAuditLab();
    const log = lab.open();
    must(log.append(draftOf(1)));
    must(log.append(draftOf(2)));
    renameSync(lab.files.folder, `${lab.files.folder}.aside`);
    const third = log.append(draftOf(3));
    expect(third).toMatchObject({ ok: false, error: { code: 'audit-truncated' } });
    expect(must(log.list({}))).toHaveLength(2);
    renameSync(`${lab.files.folder}.aside`, lab.files.folder);
    must(log.append(draftOf(3)));
    log.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 3, state: 'intact' });
  });

  it('notes a clock that goes back, and never orders by it', () => {
    const lab = newAuditLab();
    const log = lab.open();
    must(log.append(draftOf(1)));
    lab.setClock('2020-01-01T00:00:00Z');
    const second = must(log.append(draftOf(2)));
    expect(second.timestamp).toBe('2020-01-01T00:00:01.000Z');
    expect(second.details.clock_went_back_from).toBe('2026-01-31T12:00:02.000Z');
    must(log.append(draftOf(3)));
    log.close();
    expect(must(log.list({})).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(lab.verify().state).toBe('intact');
  });

  it('redacts before it hashes', () => {
    const lab = newAuditLab();
    const log = lab.open();
    const secret = ['gh', 'p_', 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zAbcd'].join('');
    const entry = must(
      log.append({ ...draftOf(1), details: { line: `push ${secret}`, password: 'x' } }),
    );
    expect(entry.details).toEqual({
      line: 'push [redacted:github-token]',
      password: '[redacted:password]',
    });
    log.close();
    expect(readFileSync(lab.files.database).includes(secret)).toBe(false);
    expect(lab.verify().state).toBe('intact');
  });

  it('records awkward texts so that they verify', () => {
    const lab = newAuditLab();
    const log = lab.open();
    const awkward = '\0\u0001\n\r\t"\\/\u007f\u2028\u{1F600}\ud800\uffff';
    must(
      log.append({
        ...draftOf(1),
        session: awkward,
        action: awkward,
        details: { [awkward]: awkward },
      }),
    );
    log.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 1 });
  });

  it('cuts texts that are too long, and refuses what is still too large', () => {
    const lab = newAuditLab();
    const log = lab.open();
    const entry = must(log.append({ ...draftOf(1), details: { output: 'word '.repeat(100_000) } }));
    expect(String(entry.details.output)).toMatch(
      /\[cut: 495904 more characters, whole text sha256:[0-9a-f]{64}\]$/,
    );
    const list = Array.from({ length: 200_000 }, (_, index) => index);
    expect(log.append({ ...draftOf(2), details: { list } })).toMatchObject({
      error: { code: 'limit' },
    });
    log.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 1 });
  });

  it('signs a head that says where it stands', () => {
    const lab = newAuditLab();
    lab.fill(3, [2]);
    const log = lab.open();
    const head = must(log.head());
    expect(head).toMatchObject({ sequence: 3, epoch: 2 });
    expect(head.hash).toBe(must(log.list({ last: 1 }))[0]?.hash);
  });

  it('lists by every filter, newest last', () => {
    const lab = newAuditLab();
    lab.fill(6);
    const log = lab.open();
    const numbers = (filter: Parameters<typeof log.list>[0]) =>
      must(log.list(filter)).map(({ sequence }) => sequence);
    expect(numbers({ last: 2 })).toEqual([5, 6]);
    expect(numbers({ action: 'file.write.done' })).toEqual([1, 3, 5]);
    expect(numbers({ action: 'file.*', last: 1 })).toEqual([6]);
    expect(numbers({ contains: 'SRC/3.TS' })).toEqual([3]);
    expect(numbers({ risk: 'high' })).toEqual([]);
    expect(numbers({ session: 's-' })).toHaveLength(6);
    expect(numbers({ until: '2026-01-31' })).toHaveLength(6);
    expect(numbers({ since: '2026-02-01' })).toEqual([]);
    expect(numbers({ since: '2026-01-31T12:00:05' })).toEqual([4, 5, 6]);
  });
});
