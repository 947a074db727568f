import { type BigIntStats, lstatSync } from 'node:fs';
import { ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { MOST_DEPTH, tooDeep } from './bounds.ts';
import { type HeldFolder, holdIn, joinPath, namesIn, placeOf } from './held-folder.ts';
import type { Pace } from './pace.ts';

/** Something below a folder. Where `isOdd`, a part of its path is no UTF-8, and only shown. */
export type Thing = {
  readonly path: string;
  readonly isOdd: boolean;
  readonly at: string | Buffer;
  readonly stats: BigIntStats;
};
/** `leave` does not go into that folder; `stop` ends the walk. */
export type Visit = (thing: Thing) => 'on' | 'leave' | 'stop';

/**
 * Everything below a folder in the order of names, links not followed, other file systems left
 * out. What goes away meanwhile, or cannot be looked into, is passed over.
 */
export async function walkThings(
  top: HeldFolder,
  pace: Pace,
  visit: Visit,
): Promise<Result<'done' | 'stopped'>> {
  return walk(top, '', false, 1);

  async function walk(
    folder: HeldFolder,
    path: string,
    isOdd: boolean,
    depth: number,
  ): Promise<Result<'done' | 'stopped'>> {
    if (depth > MOST_DEPTH) return tooDeep(path);
    const { names, odd } = namesIn(folder);
    for (const name of names.toSorted()) {
      const walked = await step(folder, name, joinPath(path, name), isOdd, depth);
      if (!walked.ok || walked.value === 'stopped') return walked;
    }
    for (const { bytes, shown } of odd) {
      const walked = await step(folder, bytes, joinPath(path, shown), true, depth);
      if (!walked.ok || walked.value === 'stopped') return walked;
    }
    return ok('done');
  }

  async function step(
    folder: HeldFolder,
    name: string | Buffer,
    path: string,
    isOdd: boolean,
    depth: number,
  ): Promise<Result<'done' | 'stopped'>> {
    const paced = await pace.go();
    if (!paced.ok) return paced;
    const at = placeOf(folder, name);
    const stats = statOf(at);
    if (stats === null) return ok('done');
    const said = visit({ path, isOdd, at, stats });
    if (said === 'stop') return ok('stopped');
    if (said === 'leave' || !stats.isDirectory() || Number(stats.dev) !== folder.dev) {
      return ok('done');
    }
    const inner = holdIn(folder, name);
    if (inner === null) return ok('done');
    try {
      return await walk(inner, path, isOdd, depth + 1);
    } finally {
      inner.release();
    }
  }
}

function statOf(at: string | Buffer): BigIntStats | null {
  try {
    return lstatSync(at, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
