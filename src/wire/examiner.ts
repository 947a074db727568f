import { checkOllama } from '../adapters/ollama/check-server.ts';
import type { Cages } from '../adapters/processes/cage/cage-reader.ts';
import { auditFilesOf } from '../adapters/sqlite/audit-files.ts';
import { createExaminer } from '../adapters/system/examiner.ts';
import type { Clock, ConfigReader, Examiner, ServerFinder, Settings } from '../ports.ts';
import type { Start } from './beginning.ts';
import { databasesOf } from './stores.ts';

type Given = {
  readonly clock: Clock;
  readonly config: ConfigReader;
  readonly settings: Settings;
  readonly cages: Cages;
  readonly server: ServerFinder;
};

/** What `doctor` looks at. */
export function openExaminer({ places, env }: Start, given: Given): Examiner {
  const { clock, config, settings, cages, server } = given;
  const { database, witness, folder } = auditFilesOf(places);
  const { columns, rows, isTTY } = process.stdout;
  return createExaminer({
    ...{ places, warnings: places.warnings, clock, env, config, cages },
    platform: process.platform,
    nodeVersion: process.versions.node,
    terminal: isTTY ? { columns, rows } : null,
    databases: [
      { name: 'audit log', path: database, alongside: [witness, folder] },
      ...Object.entries(databasesOf(places)).map(([name, path]) => ({ name, path })),
    ],
    checkOllama: (signal) =>
      checkOllama({ host: settings.ollamaHost, isInstalled: server.isInstalled }, signal),
  });
}
