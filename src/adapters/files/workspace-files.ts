import { createHash } from 'node:crypto';
import { type Dirent, opendirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { TrustedFile } from '../../core/types.ts';
import { isInside } from './config-path.ts';
import { readSmallFile } from './read-small-file.ts';
import { codeOf } from './system-errors.ts';

export type WorkspaceFiles = {
  readonly files: readonly TrustedFile[];
  /** What was left out and why. What is left out can never be trusted. */
  readonly warnings: readonly string[];
};

export const MAX_FILES = 500;
export const MAX_FILE_BYTES = 1024 * 1024;
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 16;

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The files of a workspace that could run, allow or instruct, with their hashes, in fixed order. */
export function listWorkspaceFiles(workspace: string): WorkspaceFiles {
  const found: Found = { workspace, files: [], warnings: [], bytes: 0 };
  for (const place of PLACES) collect(found, place, 0);
  return { files: found.files, warnings: found.warnings };
}

type Place = { readonly folder: string; readonly isDeep: boolean; readonly name: RegExp };

const PLACES: readonly Place[] = [
  { folder: '.tinycode/policies', isDeep: false, name: /\.ya?ml$/ },
  { folder: '.tinycode/plugins', isDeep: true, name: /(?:)/ },
  { folder: '.tinycode/prompts', isDeep: true, name: /(?:)/ },
];

type Found = {
  readonly workspace: string;
  readonly files: TrustedFile[];
  readonly warnings: string[];
  bytes: number;
};

function collect(found: Found, place: Place, depth: number): void {
  for (const entry of entriesOf(found, place.folder)) {
    const path = `${place.folder}/${entry.name}`;
    if (entry.isSymbolicLink()) {
      found.warnings.push(`${path} is a symbolic link; it is left out.`);
    } else if (entry.isDirectory()) {
      if (!place.isDeep) continue;
      if (depth < MAX_DEPTH) collect(found, { ...place, folder: path }, depth + 1);
      else found.warnings.push(`${path} lies too deep; it is left out.`);
    } else if (place.name.test(entry.name)) {
      add(found, path);
    }
  }
}

function add(found: Found, path: string): void {
  if (found.files.length >= MAX_FILES || found.bytes >= MAX_TOTAL_BYTES) {
    const last = 'More files than can be asked about: the rest is left out.';
    if (found.warnings.at(-1) !== last) found.warnings.push(last);
    return;
  }
  const read = readSmallFile(join(found.workspace, path), MAX_FILE_BYTES);
  if (!read.ok) found.warnings.push(`${read.error.message} It is left out.`);
  if (!read.ok || !read.value) return;
  found.bytes += read.value.bytes.length;
  found.files.push({ path, sha256: sha256Of(read.value.bytes) });
}

function entriesOf(found: Found, folder: string): readonly Dirent[] {
  const path = join(found.workspace, folder);
  try {
    if (!isInside(found.workspace, realpathSync.native(path))) {
      found.warnings.push(`${folder} leads out of the workspace; it is left out.`);
      return [];
    }
    return readEntries(found, path, folder);
  } catch (error) {
    const code = codeOf(error);
    const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
    if (!isAbsent) found.warnings.push(`${folder} cannot be read (${code}); it is left out.`);
    return [];
  }
}

/** Sorted, so that the same files always come first; a huge folder is read only in part. */
function readEntries(found: Found, path: string, folder: string): readonly Dirent[] {
  const entries: Dirent[] = [];
  const handle = opendirSync(path);
  try {
    for (let entry = handle.readSync(); entry; entry = handle.readSync()) {
      if (entries.length === MAX_FILES) {
        found.warnings.push(`${folder} has more than ${MAX_FILES} entries; the rest is left out.`);
        break;
      }
      entries.push(entry);
    }
  } finally {
    handle.closeSync();
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
