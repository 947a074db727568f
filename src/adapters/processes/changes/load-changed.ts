import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { fail, ok } from '../../../core/result.ts';
import type { Image, Result } from '../../../core/types.ts';
import { MOST_FILE_BYTES } from './bounds.ts';
import { createDescent, splitPath } from './descend.ts';
import { sha256Of } from './hash-file.ts';
import { type HeldFolder, holdTop } from './held-folder.ts';

/**
 * The bytes of a file that a program made, where they still have the hash of its image. Unlike a
 * look at the workspace, it also reads a file that has several names.
 */
export function loadChanged(
  folder: string,
  image: Image & { readonly kind: 'file' },
): Result<Uint8Array> {
  const top = holdTop(folder);
  if (!top.ok) return top;
  const descent = createDescent(top.value);
  try {
    const [above, name] = splitPath(image.path);
    const held = descent.to(above);
    const bytes = held === null ? null : readIn(held, name);
    if (bytes !== null && sha256Of(bytes) === image.hash) return ok(bytes);
    return fail('changed', `${image.path} was changed since the program ended.`, {
      hint: 'Run it again.',
    });
  } catch (cause) {
    return fail('unreadable', `${image.path} cannot be read.`, { cause });
  } finally {
    descent.release();
    top.value.release();
  }
}

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Null where it is no file of a size that is kept. */
function readIn(folder: HeldFolder, name: string): Uint8Array | null {
  const fd = openSync(`${folder.base}/${name}`, FLAGS);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > MOST_FILE_BYTES) return null;
    const bytes = Buffer.allocUnsafe(stats.size);
    let read = 0;
    while (read < bytes.length) {
      const count = readSync(fd, bytes, read, bytes.length - read, read);
      if (count === 0) return null;
      read += count;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}
