import { bad, fine, type Probe } from '../probe.ts';

export const sqliteProbe = (): Probe => ({
  check: 'sqlite',
  async run() {
    try {
      const { default: Sqlite } = await import('better-sqlite3');
      const database = new Sqlite(':memory:');
      const statement = database.prepare('SELECT sqlite_version()');
      LASTING.push(database, statement);
      const version = statement.pluck().get();
      database.close();
      return fine(`better-sqlite3 with SQLite ${version}.`);
    } catch (error) {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      return bad(
        `better-sqlite3 does not load: ${why}`,
        'Build it for this Node, in the folder of TinyCode: npm rebuild better-sqlite3',
      );
    }
  },
});

/** From Node 24.19 on, native objects that the collector destroys can abort the process. */
const LASTING: unknown[] = [];
