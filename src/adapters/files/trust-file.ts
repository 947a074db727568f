import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result, TrustedFile } from '../../core/types.ts';
import type { Clock, Places, TrustWriter } from '../../ports.ts';
import { MAX_CONFIG_BYTES, resolveConfigFile, WORKSPACE_CONFIG } from './config-path.ts';
import { readSmallFile } from './read-small-file.ts';
import { failureOf } from './system-errors.ts';
import { listWorkspaceFiles, sha256Of } from './workspace-files.ts';
import { writeAtomically } from './write-atomically.ts';

export type TrustEntry = TrustedFile & { readonly at: string };

/** The answers to the trust question. Each holds for the very bytes that were shown. */
export function readTrust(places: Pick<Places, 'state'>): Result<readonly TrustEntry[]> {
  const path = trustPathOf(places);
  const read = readSmallFile(path, MAX_BYTES);
  if (!read.ok) return read;
  if (!read.value) return ok([]);
  const { bytes, stats } = read.value;
  const me = process.geteuid?.();
  if ((me !== undefined && stats.uid !== me) || (stats.mode & 0o022) !== 0) {
    return corrupt(path, 'can be written by somebody else');
  }
  const entries = parseEntries(bytes.toString('utf8'));
  return entries ? ok(entries) : corrupt(path, 'cannot be understood');
}

export const isTrusted = (entries: readonly TrustEntry[], file: TrustedFile): boolean =>
  entries.some((entry) => entry.path === file.path && entry.sha256 === file.sha256);

export function createTrustWriter(given: {
  readonly places: Places;
  readonly clock: Clock;
  /** Makes the state folder, or says why it cannot be used. */
  readonly prepareState: () => Result<void>;
}): TrustWriter {
  const { places, clock, prepareState } = given;
  const path = trustPathOf(places);
  return {
    grant(files) {
      const changed = files.find((file) => currentHash(places, file.path) !== file.sha256);
      if (changed) {
        return fail('changed', `${changed.path} is not what was shown.`, {
          hint: 'Look at it again with trust.',
        });
      }
      const before = readTrust(places);
      if (!before.ok) return before;
      const prepared = prepareState();
      if (!prepared.ok) return prepared;
      const at = clock.now().toISOString();
      const kept = before.value.filter((entry) => files.every((file) => file.path !== entry.path));
      return write(path, [...kept, ...files.map(({ path, sha256 }) => ({ path, sha256, at }))]);
    },
    revoke() {
      const before = readTrust(places);
      // Trust is given up all the same; what cannot be understood is kept for a person to look at.
      if (!before.ok) return moveAside(path, clock);
      return before.value.length === 0 ? ok(undefined) : write(path, []);
    },
  };
}

const MAX_BYTES = 1024 * 1024;

const trustPathOf = (places: Pick<Places, 'state'>): string => join(places.state, 'trust.json');

const write = (path: string, trusted: readonly TrustEntry[]): Result<void> =>
  writeAtomically(path, `${JSON.stringify({ trusted }, null, 2)}\n`);

const corrupt = (path: string, what: string) =>
  fail('untrusted', `${path} ${what}, so nothing is trusted.`, {
    hint: 'trust revoke moves it aside and starts anew.',
  });

function moveAside(path: string, clock: Clock): Result<void> {
  const stamp = clock.now().toISOString().replaceAll(/[:.]/g, '-');
  try {
    renameSync(path, `${path}.broken-${stamp}`);
    return ok(undefined);
  } catch (error) {
    return failureOf(error, 'failed', `${path} cannot be moved aside`);
  }
}

function currentHash(places: Places, path: string): string | undefined {
  if (path !== WORKSPACE_CONFIG) {
    return listWorkspaceFiles(places.workspace).files.find((file) => file.path === path)?.sha256;
  }
  const real = resolveConfigFile(places, 'workspace');
  if (!real.ok) return undefined;
  const read = readSmallFile(real.value, MAX_CONFIG_BYTES);
  return read.ok && read.value ? sha256Of(read.value.bytes) : undefined;
}

function parseEntries(text: string): readonly TrustEntry[] | null {
  try {
    const { trusted } = JSON.parse(text);
    return Array.isArray(trusted) && trusted.every(isEntry) ? trusted : null;
  } catch {
    return null;
  }
}

const isEntry = (entry: unknown): entry is TrustEntry =>
  typeof entry === 'object' &&
  entry !== null &&
  ['path', 'sha256', 'at'].every((name) => typeof Reflect.get(entry, name) === 'string');
