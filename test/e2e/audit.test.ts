import { createHash } from 'node:crypto';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalizeModule from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { type Database, openLasting } from '../../src/adapters/sqlite/lasting-database.ts';
import type { Json } from '../../src/core/types.ts';
import { newPerson } from '../support/tinycode.ts';

const canonicalize = canonicalizeModule as unknown as (value: Json) => string;

/** Somebody whose log has fifteen records, and where it lies. */
async function personWithLog() {
  const person = newPerson();
  for (const mode of ['propose', 'execute', 'chat']) await person.run(['mode', mode]);
  const workspaces = join(person.home, 'state', 'tinycode', 'workspaces');
  const state = join(workspaces, readdirSync(workspaces)[0] as string);
  const change = (work: (db: Database) => void) => {
    const db = openLasting(join(state, 'audit.db'), {});
    work(db);
    db.close();
  };
  return { ...person, state, change };
}

type Stored = {
  readonly sequence: number;
  readonly previous_hash: string;
  readonly hash: string;
  readonly details: string;
};

/** Whoever can write the database can do this with the documented formula. */
function rechain(db: Database): void {
  const [table] = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%previous_hash%'")
    .pluck()
    .all() as string[];
  const rows = db.prepare(`SELECT * FROM ${table} ORDER BY sequence`).all() as Stored[];
  let previous_hash = rows[0]?.previous_hash as string;
  for (const row of rows) {
    const { hash: _, ...rest } = { ...row, previous_hash, details: JSON.parse(row.details) };
    const hash = createHash('sha256')
      .update(previous_hash + canonicalize(rest))
      .digest('hex');
    db.prepare(`UPDATE ${table} SET previous_hash = ?, hash = ? WHERE sequence = ?`).run(
      previous_hash,
      hash,
      row.sequence,
    );
    previous_hash = hash;
  }
}

const tableOf = (db: Database) =>
  db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%previous_hash%'")
    .pluck()
    .get() as string;

describe('audit verify, as scripts rely on it', () => {
  it('says 0 for an intact log and for none', async () => {
    const { json } = await personWithLog();
    expect(await json(['audit', 'verify'])).toMatchObject({
      code: 0,
      data: { ok: true, records: 15 },
    });
    expect(await newPerson().json(['audit', 'verify'])).toMatchObject({
      code: 0,
      data: { ok: true, records: 0 },
    });
  });

  it('says 10 and names the record when one was altered', async () => {
    const { json, change } = await personWithLog();
    change((db) => db.exec(`UPDATE ${tableOf(db)} SET mode = 'execute' WHERE sequence = 7`));
    expect(await json(['audit', 'verify'])).toMatchObject({
      code: 10,
      data: { ok: false, firstBad: 7, problem: expect.any(String) },
    });
  });

  it('says 10 and names the record also when everything was chained anew', async () => {
    const { json, run, change } = await personWithLog();
    change((db) => {
      db.exec(
        `UPDATE ${tableOf(db)} SET timestamp = '2020-01-01T00:00:00.000Z' WHERE sequence = 6`,
      );
      rechain(db);
    });
    expect(await json(['audit', 'verify'])).toMatchObject({
      code: 10,
      data: { ok: false, firstBad: 6 },
    });
    const exported = await run(['audit', 'export', '--json']);
    expect(exported.stdout.trim().split('\n')).toHaveLength(15);
  });

  it('says 10 when a record was put in that nobody signed', async () => {
    const { json, change } = await personWithLog();
    change((db) => {
      const table = tableOf(db);
      const columns = (db.pragma(`table_info(${table})`) as { name: string }[])
        .map(({ name }) => name)
        .filter((name) => name !== 'sequence');
      db.exec(
        `INSERT INTO ${table} (sequence, ${columns}) SELECT 16, ${columns} FROM ${table} WHERE sequence = 15`,
      );
      rechain(db);
    });
    expect(await json(['audit', 'verify'])).toMatchObject({ code: 10, data: { firstBad: 16 } });
  });

  it('says 11 when the end was cut off', async () => {
    const { json, change } = await personWithLog();
    change((db) => db.exec(`DELETE FROM ${tableOf(db)} WHERE sequence > 12`));
    expect(await json(['audit', 'verify'])).toMatchObject({ code: 11, data: { ok: false } });
  });

  it('says 11 when an older copy was put back, of the database or of the whole state', async () => {
    const { json, run, state, root } = await personWithLog();
    const copy = join(root, 'copy');
    cpSync(state, copy, { recursive: true });
    await run(['mode', 'propose']);
    for (const file of readdirSync(state)) {
      if (file.startsWith('audit.db')) rmSync(join(state, file));
    }
    for (const file of readdirSync(copy)) {
      if (file.startsWith('audit.db')) cpSync(join(copy, file), join(state, file));
    }
    expect((await json(['audit', 'verify'])).code).toBe(11);
    rmSync(state, { recursive: true });
    cpSync(copy, state, { recursive: true });
    expect((await json(['audit', 'verify'])).code).toBe(11);
  });

  it('says 11 when the database is gone, and 12 when it is none', async () => {
    const { json, state } = await personWithLog();
    writeFileSync(join(state, 'audit.db'), 'x'.repeat(9000));
    expect(await json(['audit', 'verify'])).toMatchObject({ code: 12, data: { ok: false } });
    rmSync(join(state, 'audit.db'));
    expect(await json(['audit', 'verify'])).toMatchObject({ code: 11, data: { ok: false } });
  });

  it('does not act on top of a log that was tampered with in a way that hides it', async () => {
    const { json, run, change } = await personWithLog();
    change((db) => db.exec(`DELETE FROM ${tableOf(db)} WHERE sequence > 12`));
    await run(['mode', 'propose']);
    expect((await json(['audit', 'verify'])).code).toBeGreaterThanOrEqual(10);
  });
});
