import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Places } from '../../ports.ts';

/**
 * Where the audit log lies. The journal, the trail and the key are in the tree of the
 * configuration, so that putting back an old state folder, or losing it, is found.
 */
export type AuditFiles = {
  readonly database: string;
  readonly witness: string;
  readonly folder: string;
  readonly journal: string;
  readonly trail: string;
  readonly key: string;
  /** The next epoch's key, until it has taken the place of this one's. */
  readonly nextKey: string;
};

export function auditFilesOf(places: Pick<Places, 'state' | 'config'>): AuditFiles {
  const folder = join(places.config, 'audit', basename(places.state));
  return {
    database: join(places.state, 'audit.db'),
    witness: join(places.state, 'audit-witness'),
    folder,
    journal: join(folder, 'heads'),
    trail: join(folder, 'checkpoints'),
    key: join(folder, 'key'),
    nextKey: join(folder, 'key.next'),
  };
}

/** Null where there is no such file. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Changes when the file grows, shrinks or is another one. */
export type Fingerprint = Pick<Stats, 'dev' | 'ino' | 'size'>;

export const fingerprint = (path: string): Fingerprint | null => statSync(path, STAT) ?? null;

/** Asked at every append: no text is made of what was found. */
export function hasFingerprint(path: string, known: Fingerprint | null): boolean {
  const found = statSync(path, STAT);
  if (found === undefined || known === null) return known === null && found === undefined;
  return found.ino === known.ino && found.size === known.size && found.dev === known.dev;
}

const STAT = { bigint: false, throwIfNoEntry: false } as const;

/** Changes when the file is another one. */
export function identity(path: string): string | null {
  const stats = statSync(path, STAT);
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

/** Makes a new, renamed or removed file's name durable. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    if (fstatSync(folder).isDirectory()) fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
