import { readlinkSync } from 'node:fs';
import { fail, ok } from '../../../core/result.ts';
import type { Image, Result } from '../../../core/types.ts';
import { MOST_IN_SNAPSHOT } from './bounds.ts';
import { holdTop } from './held-folder.ts';
import { createPace } from './pace.ts';
import { type Thing, walkThings } from './walk-things.ts';

/** What lay in a folder at one time, by path. No file was read for it. */
export type Snapshot = { readonly things: ReadonlyMap<string, Seen> };
/** `mark` is another one as soon as anything was done to it. */
export type Seen = { readonly image: Image; readonly mark: string; readonly isOdd: boolean };

/** Names, sizes, modes, times and inodes of all below a folder, of what is ignored too. */
export async function seeFolder(
  folder: string,
  signal: AbortSignal,
  most: number,
): Promise<Result<Snapshot>> {
  const top = holdTop(folder);
  if (!top.ok) return top;
  const things = new Map<string, Seen>();
  try {
    const walked = await walkThings(top.value, createPace(signal), (thing) => {
      if (things.size >= most) return 'stop';
      things.set(thing.path, seenOf(thing));
      return 'on';
    });
    if (!walked.ok) return walked;
    return walked.value === 'done' ? ok({ things }) : tooMany(folder, most);
  } catch (cause) {
    return fail('unreadable', `${folder} cannot be looked through.`, { cause });
  } finally {
    top.value.release();
  }
}

const tooMany = (folder: string, most: number) =>
  fail('limit', `More than ${most} files and folders lie below ${folder}.`, {
    hint: 'What a program changes there cannot be found out. Work in a smaller folder.',
  });

const PERMISSION_BITS = 0o7777n;

function seenOf(thing: Thing): Seen {
  const { image, mark } = describe(thing);
  const { path, isOdd } = thing;
  if (!isOdd) return { image, mark, isOdd };
  return { image: { path, kind: 'other', what: 'something whose name is no UTF-8' }, mark, isOdd };
}

function describe({ path, at, stats }: Thing): Pick<Seen, 'image' | 'mark'> {
  const mode = Number(stats.mode & PERMISSION_BITS);
  // Its times change with what it holds, which is seen by itself.
  if (stats.isDirectory()) return { image: { path, kind: 'folder', mode }, mark: `folder ${mode}` };
  if (stats.isSymbolicLink()) {
    const target = targetOf(at);
    return { image: { path, kind: 'link', target }, mark: `link ${target}` };
  }
  const { size, mtimeNs, ctimeNs, ino } = stats;
  const mark = `${stats.mode} ${size} ${mtimeNs} ${ctimeNs} ${ino}`;
  const what = stats.isFile() ? CONTENT_UNKNOWN : 'a device, a socket or a named pipe';
  return { image: { path, kind: 'other', what }, mark };
}

const CONTENT_UNKNOWN = 'a file whose content before is not known';

function targetOf(at: string | Buffer): string {
  try {
    return readlinkSync(at);
  } catch {
    return '';
  }
}

/** One path, as it was and as it is by now; null: nothing lay there, or lies there. */
export type Touched = {
  readonly path: string;
  readonly was: Seen | null;
  readonly is: Seen | null;
};

/** The paths at which anything was done, in their order. */
export async function findTouched(
  folder: string,
  { things }: Snapshot,
  signal: AbortSignal,
): Promise<Result<readonly Touched[]>> {
  const now = await seeFolder(folder, signal, 2 * MOST_IN_SNAPSHOT);
  if (!now.ok) return now;
  const touched: Touched[] = [];
  for (const [path, was] of things) {
    const is = now.value.things.get(path) ?? null;
    if (is?.mark !== was.mark) touched.push({ path, was, is });
  }
  for (const [path, is] of now.value.things)
    if (!things.has(path)) touched.push({ path, was: null, is });
  return ok(touched.sort((a, b) => (a.path < b.path ? -1 : 1)));
}
