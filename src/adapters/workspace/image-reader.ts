import { statfsSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Failure, Image, Result } from '../../core/types.ts';
import type { ImageReader } from '../../ports.ts';
import { deepHash, listBelow } from './below.ts';
import { codeOf, failureOf, nameOf } from './failures.ts';
import { hold, holdReading, release } from './hold.ts';
import { fullBudget, readHeld } from './read-held.ts';
import { createWalks, hasDescriptorPaths, type Walk } from './walk.ts';

/** What TinyCode would have to keep before it changes a file. */
const MAX_FILE_BYTES = 64 * 1024 ** 2;

/** Sees what lies in a workspace, at the time of each call. */
export function createImageReader(given: {
  readonly workspace: string;
  readonly umask: number;
  readonly hasDescriptorPaths?: boolean;
}): ImageReader {
  const { workspace, umask } = given;
  const { withWalk, openBelow } = createWalks({
    workspace,
    hasDescriptorPaths: given.hasDescriptorPaths ?? hasDescriptorPaths(),
  });
  return {
    newModes: { file: 0o666 & ~umask, folder: 0o777 & ~umask },
    look: (path, isDeep) => withWalk((walk) => look(walk, path, isDeep ?? false)),
    load: (path) => withWalk((walk) => load(walk, path)),
    below: (path) =>
      withWalk((walk) => {
        const folder = walk.folder(path);
        if (!folder.ok) return folder;
        const images = listBelow(folder.value, openBelow, fullBudget());
        return images.ok ? ok(images.value.toSorted(byDepth)) : images;
      }),
    freeBytes() {
      try {
        const { bavail, bsize } = statfsSync(workspace);
        return ok(bavail * bsize);
      } catch (error) {
        return failureOf(error, 'unreadable', `The free room of ${workspace} cannot be read`);
      }
    },
  };

  function look(walk: Walk, path: string, isDeep: boolean): Result<Image> {
    const place = walk.place(path);
    if (!place.ok) return isNothing(place.error) ? ok({ path, kind: 'absent' }) : place;
    const budget = fullBudget();
    const held = hold(place.value, budget);
    if (!held.ok) return held;
    release(held.value);
    const { image } = held.value;
    if (image.kind !== 'folder' || !isDeep) return ok(image);
    const hash = deepHash(walk, openBelow, path, budget);
    return hash.ok ? ok({ ...image, hash: hash.value }) : hash;
  }
}

function load(walk: Walk, path: string): ReturnType<ImageReader['load']> {
  const place = walk.place(path);
  if (!place.ok) return place;
  let bytes: Uint8Array = new Uint8Array();
  const held = holdReading(place.value, (fd) => {
    const read = readHeld(fd, path, MAX_FILE_BYTES);
    if (read.ok) bytes = read.value.bytes;
    return read;
  });
  if (!held.ok) return held;
  release(held.value);
  const { image } = held.value;
  if (image.kind === 'file') return ok({ image, bytes });
  if (image.kind === 'absent') return fail('not-found', `There is no ${path}.`);
  return fail('invalid', `${path} is ${nameOf(image)}, not a file.`);
}

/** Nothing lies below what is not there, or is no folder. */
const isNothing = ({ code, cause }: Failure): boolean =>
  code !== 'denied' && ['ENOENT', 'ENOTDIR'].includes(codeOf(cause));

const depthOf = ({ path }: Image): number => path.split('/').length;
const byDepth = (a: Image, b: Image): number => depthOf(b) - depthOf(a);
