import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';

export type Database = Sqlite.Database;

/**
 * A database whose native objects live as long as the process. From Node 24.19 on, the collector
 * may destroy such an object at a moment at which Node cannot stand it, and then the process is
 * aborted; better-sqlite3 mends that in a version that Node 20 cannot run. So every statement is
 * made once, none is left to the collector, and nothing here may call `iterate`.
 */
export function openLasting(source: string | Buffer, options: Sqlite.Options): Database {
  // Loaded only now: help and the like need no database.
  const Library: typeof Sqlite = createRequire(import.meta.url)('better-sqlite3');
  const database = new Library(source, options);
  LASTING.push(database);
  const statements = new Map<string, Sqlite.Statement>();
  const prepare = database.prepare.bind(database);
  const lasting = (sql: string): Sqlite.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = prepare(sql);
    statements.set(sql, statement);
    LASTING.push(statement);
    return statement;
  };
  const pragma = (text: string, { simple = false }: Sqlite.PragmaOptions = {}): unknown => {
    const statement = lasting(`PRAGMA ${text}`);
    if (!statement.reader) return statement.run();
    return simple ? statement.pluck().get() : statement.all();
  };
  return Object.assign(database, { prepare: lasting, pragma });
}

const LASTING: unknown[] = [];
