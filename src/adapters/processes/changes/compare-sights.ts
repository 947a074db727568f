import { ok } from '../../../core/result.ts';
import type { CheckpointEntry, Image, Result } from '../../../core/types.ts';
import { MOST_FILE_BYTES } from './bounds.ts';
import { createFileHasher, type HashedFile } from './hash-file.ts';
import { SEVERAL_NAMES, type Sight } from './look-at.ts';
import type { Pace } from './pace.ts';

/** The images of two sights of one path; null where they are the same, whatever was touched. */
export type CompareSights = (
  path: string,
  before: Sight,
  after: Sight,
) => Promise<Result<CheckpointEntry | null>>;

export function createComparer(pace: Pace): CompareSights {
  const hasher = createFileHasher(pace);

  return async (path, before, after) => {
    if (isSame(before, after)) return ok(null);
    // Two big ones are read only where nothing else tells them apart.
    const mayBeSame = before.kind === 'file' && after.kind === 'file' && isAlike(before, after);
    const was = await hash(path, before, mayBeSame);
    if (!was.ok) return was;
    const is = await hash(path, after, mayBeSame);
    if (!is.ok) return is;
    if (mayBeSame && was.value !== null && was.value.hash === is.value?.hash) return ok(null);
    return ok({
      before: imageOf(path, before, was.value, 'before'),
      after: imageOf(path, after, is.value, 'after'),
    });
  };

  async function hash(path: string, sight: Sight, isAsked: boolean) {
    if (sight.kind !== 'file' || (sight.size > MOST_FILE_BYTES && !isAsked)) return ok(null);
    return hasher.hash(sight.at, path);
  }
}

type FileSight = Sight & { readonly kind: 'file' };
const isAlike = (a: FileSight, b: FileSight): boolean => a.size === b.size && a.mode === b.mode;

function isSame(a: Sight, b: Sight): boolean {
  switch (a.kind) {
    case 'absent':
      return b.kind === 'absent';
    case 'file':
      return false;
    case 'folder':
      return b.kind === 'folder' && a.mode === b.mode;
    case 'link':
      return b.kind === 'link' && a.target === b.target;
    case 'other':
      return b.kind === 'other' && a.what === b.what && a.mark === b.mark;
    default:
      return a satisfies never;
  }
}

/**
 * A file that a program made is its bytes, also where it has several names by then. In the
 * workspace, such a one is nothing that TinyCode touches.
 */
function imageOf(
  path: string,
  sight: Sight,
  hashed: HashedFile | null,
  side: 'before' | 'after',
): Image {
  switch (sight.kind) {
    case 'absent':
      return { path, kind: 'absent' };
    case 'folder':
      return { path, kind: 'folder', mode: sight.mode };
    case 'link':
      return { path, kind: 'link', target: sight.target };
    case 'other':
      return { path, kind: 'other', what: sight.what };
    case 'file': {
      if (sight.hasSeveralNames && side === 'before') {
        return { path, kind: 'other', what: SEVERAL_NAMES };
      }
      if (sight.size > MOST_FILE_BYTES) return { path, kind: 'other', what: TOO_BIG };
      if (hashed === null) return { path, kind: 'other', what: 'a file that cannot be read' };
      return { path, kind: 'file', hash: hashed.hash, size: hashed.size, mode: sight.mode };
    }
    default:
      return sight satisfies never;
  }
}

const TOO_BIG = 'a file of more than 64 MB';
