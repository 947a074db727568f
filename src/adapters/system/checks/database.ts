import { existsSync, lstatSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../../ports.ts';
import { bad, type Finding, fine, type Probe, warn } from '../probe.ts';
import { shellQuote } from '../shell-quote.ts';

export type DatabaseFile = {
  readonly name: string;
  readonly path: string;
  /** What else would contradict a new database, and is moved aside with the old one. */
  readonly alongside?: readonly string[];
};

/** Whether a database can be read. It is only ever read here. */
export const databaseProbe = (file: DatabaseFile, clock: Clock): Probe => ({
  check: file.name,
  async run() {
    const stats = lstatSync(file.path, { throwIfNoEntry: false });
    if (!stats) return fine('Not there yet; it is made when it is needed.');
    const broken = (why: string): Finding =>
      bad(
        `${file.path} is damaged: ${why}. Nothing overwrites it.`,
        `Keep it aside and go on with a new one: ${moveAside(file, clock.now())}`,
      );
    if (!stats.isFile()) return broken('it is not a regular file');
    const header = await readHeader(file.path);
    if (header === '' && stats.size === 0) return fine(`${file.path} is empty.`);
    if (header !== HEADER) return broken('it does not begin like a database');
    if (stats.size > MAX_BYTES) return fine(`${file.path}; too big to look through here.`);
    return inspect(file.path, broken);
  },
});

const HEADER = 'SQLite format 3\0';
/** Looking through so much takes well below the time that a check has. */
const MAX_BYTES = 128 * 1024 * 1024;

async function readHeader(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function inspect(path: string, broken: (why: string) => Finding): Promise<Finding> {
  const { default: Sqlite } = await import('better-sqlite3');
  try {
    const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 500 });
    try {
      const statement = database.prepare('PRAGMA quick_check(1)');
      LASTING.push(database, statement);
      const said = statement.pluck().get();
      return said === 'ok' ? fine(`${path} is sound.`) : broken(String(said).split('\n')[0] ?? '');
    } finally {
      database.close();
    }
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? error.code : '';
    const why = error instanceof Error ? error.message : String(error);
    if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) return broken(why);
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
      return warn(`${path} is in use: ${why}.`, 'Run doctor again when the other one is done.');
    }
    return bad(`${path} cannot be read: ${why}.`, 'Look at its owner and its permissions.');
  }
}

/** With the files that SQLite keeps beside it, whose names begin like its own. */
function moveAside({ path, alongside = [] }: DatabaseFile, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
  const aside = shellQuote(join(dirname(path), `broken-${stamp}`));
  const others = alongside.filter((other) => existsSync(other)).map(shellQuote);
  return `mkdir ${aside} && mv ${[`${shellQuote(path)}*`, ...others].join(' ')} ${aside}/`;
}

/** From Node 24.19 on, native objects that the collector destroys can abort the process. */
const LASTING: unknown[] = [];
