import type { Image } from '../types.ts';
import { foldersAbove } from './paths.ts';

/** Which step last touched what, so that a step waits for those whose work it finds. */
export function createTouches(): {
  before(images: readonly Image[]): readonly string[];
  add(step: string, images: readonly Image[]): void;
} {
  const last = new Map<string, string>();
  return {
    before(images) {
      const steps = new Set<string>();
      for (const { path } of images) {
        for (const each of [path, ...foldersAbove(path)]) {
          const step = last.get(each);
          if (step !== undefined) steps.add(step);
        }
      }
      // A folder that goes or moves takes along what others put into it.
      for (const { path, kind } of images) {
        if (kind !== 'folder') continue;
        for (const [touched, step] of last) if (touched.startsWith(`${path}/`)) steps.add(step);
      }
      return [...steps];
    },
    add(step, images) {
      for (const { path } of images) last.set(path, step);
    },
  };
}
