import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createConfigWriter } from '../adapters/files/config-writer.ts';
import { createPathLister } from '../adapters/files/path-lister.ts';
import { createTrustWriter } from '../adapters/files/trust-file.ts';
import { isRepository } from '../adapters/git/read-branch.ts';
import { createModelProbe } from '../adapters/ollama/probe.ts';
import { createAuditLog } from '../adapters/sqlite/audit-log.ts';
import { createSessionStore } from '../adapters/sqlite/session-store.ts';
import { createExaminer } from '../adapters/system/examiner.ts';
import { createHashing } from '../adapters/system/hashing.ts';
import { isAlive, ownProcess } from '../adapters/system/processes.ts';
import { ensureStateFolder } from '../adapters/system/state-folder.ts';
import { COMMANDS } from '../commands/index.ts';
import type { Clock, ConfigReader, Input, Settings } from '../ports.ts';
import type { Deps } from '../runtime/deps.ts';
import { openPolicies } from './policies.ts';
import type { Start } from './start.ts';

/** Makes everything that a session holds. Nothing is opened or created before its first use. */
export function openDeps(
  { places, env, version }: Start,
  config: ConfigReader,
  settings: Settings,
  door: { readonly hasTerminal: boolean; readonly input: Input | null },
): Deps {
  const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  const hashing = createHashing();
  const audit = createAuditLog({ places, clock, hashing, user: userName() });
  const sessions = createSessionStore({
    clock,
    path: join(places.state, 'sessions.db'),
    processes: { own: ownProcess(process.pid), isAlive },
  });
  return {
    commands: COMMANDS,
    readers: {
      audit,
      sessions,
      config,
      policy: openPolicies(places, config, hashing),
      examiner: createExaminer({ places, env, settings }),
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

/** A user without an entry in the system's list still has a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? 'unknown');
  }
}
