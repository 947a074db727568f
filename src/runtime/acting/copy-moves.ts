import { fail, ok } from '../../core/result.ts';
import type { Image, Result } from '../../core/types.ts';
import type { FileChange, ImageReader } from '../../ports.ts';

/**
 * An overlay cannot rename a folder that lies below it, and what is renamed in it gets another
 * inode: so in a view a thing is moved by making it anew and removing the old one.
 */
export function copyMoves(
  images: ImageReader,
  changes: readonly FileChange[],
): Result<readonly FileChange[]> {
  const made: FileChange[] = [];
  for (const change of changes) {
    const copied = change.kind === 'move' ? copyMove(images, change) : ok([change]);
    if (!copied.ok) return copied;
    made.push(...copied.value);
  }
  return ok(made);
}

function copyMove(
  images: ImageReader,
  { before, to }: FileChange & { readonly kind: 'move' },
): Result<readonly FileChange[]> {
  const below = before.kind === 'folder' ? images.below(before.path) : ok([]);
  if (!below.ok) return below;
  const all = [...below.value, before];
  const made: FileChange[] = [];
  // A folder comes before what it holds, and goes after it.
  for (const image of all.toReversed()) {
    const path = `${to}${image.path.slice(before.path.length)}`;
    const copied = copyOf(images, image, path);
    if (!copied.ok) return copied;
    made.push(copied.value);
  }
  return ok([...made, ...all.map((image) => ({ kind: 'remove', before: image }) as const)]);
}

function copyOf(images: ImageReader, image: Image, path: string): Result<FileChange> {
  const before: Image = { path, kind: 'absent' };
  switch (image.kind) {
    case 'folder':
      return ok({ kind: 'make-folder', before, after: { path, kind: 'folder', mode: image.mode } });
    case 'link':
      return ok({ kind: 'put-link', before, after: { path, kind: 'link', target: image.target } });
    case 'file': {
      const loaded = images.load(image.path);
      if (!loaded.ok) return loaded;
      const { hash, size, mode } = image;
      const after = { path, kind: 'file', hash, size, mode } as const;
      return ok({ kind: 'put', before, after, bytes: loaded.value.bytes });
    }
    case 'absent':
    case 'other':
      return fail('invalid', `${image.path} cannot be moved.`);
    default:
      return image satisfies never;
  }
}
