import { join } from 'node:path';
import { createAuditLog } from '../adapters/sqlite/audit-log.ts';
import { createCheckpointStore } from '../adapters/sqlite/checkpoint-store.ts';
import { createPlanStore } from '../adapters/sqlite/plan-store.ts';
import { createSessionStore } from '../adapters/sqlite/session-store.ts';
import { createTalkStore } from '../adapters/sqlite/talk-store.ts';
import type { Places } from '../ports.ts';
import type { Basics } from './basics.ts';

/** Chunks and sources lie equally deep in the package. */
const CO_READER = join(import.meta.dirname, '..', '..', 'dist', 'audit-co-reader.js');

/** What a session keeps of a workspace. Nothing is made before something is written. */
export function openStores(places: Places, { clock, hashing, user, processes }: Basics) {
  const paths = databasesOf(places);
  return {
    audit: createAuditLog({ places, clock, hashing, user, coReader: CO_READER }),
    sessions: createSessionStore({ clock, path: paths.sessions, processes }),
    talks: createTalkStore({ path: paths.talks }),
    plans: createPlanStore({ clock, path: paths.plans }),
    checkpoints: createCheckpointStore({ clock, path: paths.checkpoints }),
  };
}

/** The databases of a workspace beside its audit log, by the names that people know them by. */
export const databasesOf = (places: Places) => ({
  sessions: join(places.state, 'sessions.db'),
  talks: join(places.state, 'talks.db'),
  answers: join(places.state, 'answers.db'),
  plans: join(places.state, 'plans.db'),
  checkpoints: join(places.state, 'checkpoints.db'),
});
