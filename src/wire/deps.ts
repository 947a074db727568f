import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createConfigWriter } from '../adapters/files/config-writer.ts';
import { createPathLister } from '../adapters/files/path-lister.ts';
import { createTrustWriter } from '../adapters/files/trust-file.ts';
import { isRepository } from '../adapters/git/read-branch.ts';
import { checkOllama } from '../adapters/ollama/check-server.ts';
import { createModelProbe } from '../adapters/ollama/probe.ts';
import { auditFilesOf } from '../adapters/sqlite/audit-files.ts';
import { createAuditLog } from '../adapters/sqlite/audit-log.ts';
import { createSessionStore } from '../adapters/sqlite/session-store.ts';
import { createExaminer } from '../adapters/system/examiner.ts';
import { createHashing } from '../adapters/system/hashing.ts';
import { isAlive, ownProcess } from '../adapters/system/processes.ts';
import { ensureStateFolder } from '../adapters/system/state-folder.ts';
import { COMMANDS } from '../commands/index.ts';
import type { Clock, ConfigReader, Examiner, Input, Places, Settings } from '../ports.ts';
import type { Deps } from '../runtime/deps.ts';
import type { Start } from './beginning.ts';
import { openPolicies } from './policies.ts';

/** Makes everything that a session holds. Nothing is opened or created before its first use. */
export function openDeps(
  start: Start,
  config: ConfigReader,
  settings: Settings,
  door: { readonly hasTerminal: boolean; readonly input: Input | null },
): Deps {
  const { places, version } = start;
  const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  const hashing = createHashing();
  const user = userName();
  const audit = createAuditLog({ places, clock, hashing, user, coReader: CO_READER });
  const sessions = createSessionStore({
    clock,
    path: sessionsPath(places),
    processes: { own: ownProcess(process.pid), isAlive },
  });
  return {
    commands: COMMANDS,
    readers: {
      audit,
      sessions,
      config,
      policy: openPolicies(places, hashing),
      examiner: openExaminer(start, clock, config, settings),
      paths: createPathLister(places.workspace),
    },
    writers: {
      audit,
      sessions,
      config: createConfigWriter({ places }),
      trust: createTrustWriter({ places, clock, prepareState: () => ensureStateFolder(places) }),
    },
    clock,
    probe: createModelProbe({ host: settings.ollamaHost, model: settings.model }),
    home: places.home,
    isRepository: isRepository(places.workspace),
    version,
    ...door,
  };
}

/** Chunks and sources lie equally deep in the package. */
const CO_READER = join(import.meta.dirname, '..', '..', 'dist', 'audit-co-reader.js');

const sessionsPath = ({ state }: Places) => join(state, 'sessions.db');

function openExaminer(
  { places, env }: Start,
  clock: Clock,
  config: ConfigReader,
  { ollamaHost }: Settings,
): Examiner {
  const audit = auditFilesOf(places);
  const { columns, rows, isTTY } = process.stdout;
  return createExaminer({
    places,
    warnings: places.warnings,
    clock,
    env,
    platform: process.platform,
    nodeVersion: process.versions.node,
    terminal: isTTY ? { columns, rows } : null,
    config,
    databases: [
      { name: 'audit log', path: audit.database, alongside: [audit.witness, audit.folder] },
      { name: 'sessions', path: sessionsPath(places) },
    ],
    checkOllama: (isInstalled, signal) => checkOllama({ host: ollamaHost, isInstalled }, signal),
  });
}

/** A user without an entry in the system's list still has a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? 'unknown');
  }
}
