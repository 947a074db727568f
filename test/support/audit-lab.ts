import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { auditFilesOf } from '../../src/adapters/sqlite/audit-files.ts';
import { createAuditLog } from '../../src/adapters/sqlite/audit-log.ts';
import { type Database, openLasting } from '../../src/adapters/sqlite/lasting-database.ts';
import { createHashing } from '../../src/adapters/system/hashing.ts';
import { recordText, type StoredRecord } from '../../src/core/audit/record.ts';
import type { AuditDraft, Result } from '../../src/core/types.ts';
import type { AuditReport } from '../../src/ports.ts';
import { temporaryFolder } from './files.ts';

export type AuditLab = ReturnType<typeof newAuditLab>;

/** A folder with an audit log in it, and what somebody could do to its files. */
export function newAuditLab(root = temporaryFolder()) {
  const places = { state: join(root, 'state', 'shop-1'), config: join(root, 'config') };
  const files = auditFilesOf(places);
  let now = Date.parse('2026-01-31T12:00:00Z');
  const clock = {
    now: () => {
      now += 1000;
      return new Date(now);
    },
    monotonicMs: () => now,
  };
  const open = () => createAuditLog({ places, clock, hashing: createHashing(), user: 'ada' });

  return {
    root,
    places,
    files,
    open,
    /** Takes the clock to another time. */
    setClock: (time: string) => {
      now = Date.parse(time);
    },
    /** Appends so many records, each step sealed where `sealAfter` says so. */
    fill: (count: number, sealAfter: readonly number[] = []) => {
      const log = open();
      for (let number = 1; number <= count; number++) {
        const { sequence } = must(log.append(draftOf(number)));
        if (sealAfter.includes(sequence)) must(log.seal());
      }
      log.close();
    },
    verify: (): AuditReport => {
      const log = open();
      const report = must(log.verify(new AbortController().signal));
      log.close();
      return report;
    },
    /** Another folder with the same files. */
    copy: () => {
      const other = temporaryFolder();
      cpSync(root, other, { recursive: true });
      return newAuditLab(other);
    },
    /** Puts back what a copy has of one of the two trees. */
    putBack: (from: { readonly root: string }, tree: 'state' | 'config') => {
      rmSync(join(root, tree), { recursive: true, force: true });
      if (existsSync(join(from.root, tree))) {
        cpSync(join(from.root, tree), join(root, tree), { recursive: true });
      }
    },
    /** What somebody does who has a SQLite shell. */
    tamper: (...statements: readonly string[]) =>
      withDatabase(files.database, (db) => {
        for (const statement of statements) db.exec(statement);
      }),
    /** Links everything anew from a record on, as docs/audit-log.md says how. */
    relink: (from = 1) => withDatabase(files.database, (db) => relink(db, from)),
    listFiles: (): readonly string[] =>
      existsSync(root) ? (readdirSync(root, { recursive: true }) as string[]).sort() : [],
  };
}

export const draftOf = (number: number): AuditDraft => ({
  session: 's-1',
  action: number % 2 === 0 ? 'file.write.started' : 'file.write.done',
  mode: 'execute',
  details: { path: `src/${number}.ts`, note: 'grüße "quoted" \u2028', number },
  risk_level: 'low',
});

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

function withDatabase(path: string, act: (db: Database) => void): void {
  const db = openLasting(path, {});
  act(db);
  db.close();
}

function relink(db: Database, from: number): void {
  const rows = db.prepare('SELECT * FROM records ORDER BY sequence').all() as StoredRecord[];
  const update = db.prepare('UPDATE records SET previous_hash = ?, hash = ? WHERE sequence = ?');
  let previous = '0'.repeat(64);
  for (const row of rows) {
    if (row.sequence >= from) {
      const text = previous + recordText({ ...row, previous_hash: previous });
      const hash = createHash('sha256').update(text).digest('hex');
      update.run(previous, hash, row.sequence);
      previous = hash;
    } else previous = row.hash;
  }
}
