import { isSame } from '../../core/plan/file-changes.ts';
import { fail, ok } from '../../core/result.ts';
import type { Image, Result } from '../../core/types.ts';
import type { ImageReader } from '../../ports.ts';

/** What lies at the path of an image now, as deep as the image goes; files with their bytes. */
export function lookNow(
  images: ImageReader,
  expected: Image,
): Result<{ readonly image: Image; readonly bytes: Uint8Array | null }> {
  if (expected.kind === 'file') {
    const loaded = images.load(expected.path);
    if (loaded.ok || loaded.error.code !== 'not-found') return loaded;
  }
  const isDeep = expected.kind === 'folder' && expected.hash !== undefined;
  const looked = images.look(expected.path, isDeep);
  return looked.ok ? ok({ image: looked.value, bytes: null }) : looked;
}

/** The bytes of all files that must lie there, by hash; `changed` where one does not. */
export function loadExpected(
  images: ImageReader,
  expected: readonly Image[],
): Result<ReadonlyMap<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>();
  for (const image of expected) {
    const now = lookNow(images, image);
    if (!now.ok) return now;
    if (!isSame(now.value.image, image)) {
      return fail(
        'changed',
        `${image.path} is not as the plan saw it: ${describe(image, now.value.image)}.`,
        {
          hint: 'Nothing was done to it. Make the plan again from what lies there now.',
          data: { path: image.path },
        },
      );
    }
    if (image.kind === 'file' && now.value.bytes !== null) bytes.set(image.hash, now.value.bytes);
  }
  return ok(bytes);
}

function describe(expected: Image, now: Image): string {
  if (expected.kind === 'absent') return `there is a ${now.kind} now`;
  if (now.kind === 'absent') return 'it is gone';
  if (expected.kind !== now.kind) return `it is a ${now.kind} now`;
  const isOnlyMode = expected.kind === 'file' && now.kind === 'file' && expected.hash === now.hash;
  return isOnlyMode ? 'its permissions were changed' : 'its content was changed';
}
