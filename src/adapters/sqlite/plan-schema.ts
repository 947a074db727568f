/**
 * What can be large stands last in its row, so that a list of plans reads none of it. Each step's
 * state has a row of its own, so that saying where one step is costs the same in any plan.
 */
export const PLAN_SCHEMA = `
  CREATE TABLE plans (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    goal TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    hash TEXT NOT NULL,
    step_count INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    approval TEXT,
    findings TEXT NOT NULL
  ) STRICT;
  CREATE TABLE states (
    plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (plan, step)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE revisions (
    plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    hash TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (plan, revision)
  ) STRICT;
  CREATE TABLE notes (
    number INTEGER PRIMARY KEY,
    plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    what TEXT NOT NULL,
    hash TEXT NOT NULL,
    reason TEXT
  ) STRICT;
  CREATE INDEX notes_of_plan ON notes (plan);
`;

/** The last rehearsal of each plan, and the files that it left. */
export const REHEARSAL_SCHEMA = `
  CREATE TABLE rehearsals (
    plan TEXT PRIMARY KEY REFERENCES plans (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE TABLE rehearsed (
    plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (plan, hash)
  ) STRICT;
`;

export type PlanRow = {
  readonly number: number;
  readonly id: string;
  readonly goal: string;
  readonly status: string;
  readonly revision: number;
  readonly hash: string;
  readonly step_count: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly approval: string | null;
  readonly findings: string;
};
