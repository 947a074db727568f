import { closeSync, readdirSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Image, Result } from '../../core/types.ts';
import { failureOf } from './failures.ts';
import { type Folder, placeIn } from './held-folder.ts';
import { hold, release } from './hold.ts';
import { decodeName } from './path-names.ts';
import { type Budget, sha256Of } from './read-held.ts';
import type { Walk } from './walk.ts';

const MAX_BELOW = 20_000;
const MAX_DEPTH = 128;

export type OpenBelow = (above: Folder, name: string) => Result<Folder>;

/** All that lies below a held folder, each folder before what it holds, sorted by name. */
export function listBelow(
  top: Folder,
  openBelow: OpenBelow,
  budget: Budget,
): Result<readonly Image[]> {
  const images: Image[] = [];
  const listed = list(top, 1);
  return listed.ok ? ok(images) : listed;

  function list(folder: Folder, depth: number): Result<void> {
    if (depth > MAX_DEPTH) {
      return fail('limit', `${folder.path} is more than ${MAX_DEPTH} folders deep.`);
    }
    const names = namesIn(folder);
    if (!names.ok) return names;
    if (images.length + names.value.length > MAX_BELOW) {
      return fail('limit', `More than ${MAX_BELOW} things lie below ${top.path}.`, {
        hint: 'Work on smaller folders, one at a time.',
      });
    }
    for (const name of names.value) {
      const held = hold(placeIn(folder, name), budget);
      if (!held.ok) return held;
      release(held.value);
      const { image } = held.value;
      // Gone since the folder was read.
      if (image.kind === 'absent') continue;
      images.push(image);
      if (image.kind !== 'folder') continue;
      const inner = listInner(folder, name, depth);
      if (!inner.ok) return inner;
    }
    return ok(undefined);
  }

  function listInner(folder: Folder, name: string, depth: number): Result<void> {
    const inner = openBelow(folder, name);
    if (!inner.ok) return inner;
    try {
      return list(inner.value, depth + 1);
    } finally {
      closeSync(inner.value.fd);
    }
  }
}

/** Over all that lies below a folder: the same for two that hold the same, wherever they lie. */
export function deepHash(
  walk: Walk,
  openBelow: OpenBelow,
  path: string,
  budget: Budget,
): Result<string> {
  const folder = walk.folder(path);
  if (!folder.ok) return folder;
  const images = listBelow(folder.value, openBelow, budget);
  if (!images.ok) return images;
  const lines = images.value.map((image) => lineOf(image.path.slice(path.length + 1), image));
  return ok(sha256Of(Buffer.from(lines.sort().join('\n'))));
}

function lineOf(path: string, image: Image): string {
  switch (image.kind) {
    case 'file':
      return JSON.stringify([path, image.kind, image.mode, image.hash]);
    case 'folder':
      return JSON.stringify([path, image.kind, image.mode]);
    case 'link':
      return JSON.stringify([path, image.kind, image.target]);
    case 'other':
      return JSON.stringify([path, image.kind, image.what]);
    case 'absent':
      return JSON.stringify([path, image.kind]);
  }
}

function namesIn(folder: Folder): Result<readonly string[]> {
  let entries: readonly Buffer[];
  try {
    entries = readdirSync(folder.base, { encoding: 'buffer' });
  } catch (error) {
    return failureOf(error, 'unreadable', `The folder ${folder.path} cannot be read`);
  }
  const names: string[] = [];
  for (const entry of entries) {
    const name = decodeName(entry);
    if (name === null) {
      const shown = entry.toString('latin1').replaceAll(/[^\x20-\x7e]/g, escapeByte);
      return fail('unreadable', `A name in ${folder.path || '.'} is no UTF-8: ${shown}`, {
        hint: 'Rename it; TinyCode cannot name it without mistaking it for another.',
      });
    }
    names.push(name);
  }
  return ok(names.sort());
}

const escapeByte = (byte: string) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
