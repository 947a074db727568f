import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type ListFiles, type WalkLimits, walkFolder } from './list-files.ts';
import { lookAt, readBytes, type Thing } from './real-files.ts';

/**
 * The workspace as it will be when the sentences so far are done, so that the second of two can
 * build on the first. Nothing is written.
 */
export type WorkspaceView = {
  look(path: string): Thing;
  read(path: string, maxBytes: number): Result<Buffer>;
  /** Without what git ignores. */
  files: ListFiles;
  /** Of what is ignored too. */
  filesBelow(
    folder: string,
    signal: AbortSignal,
    limits?: WalkLimits,
  ): Promise<Result<readonly string[]>>;
  put(path: string, bytes: Buffer, isExecutable?: boolean): void;
  makeFolder(path: string): void;
  remove(path: string): void;
  move(from: string, to: string): void;
};

type Made = { readonly bytes: Buffer; readonly isExecutable: boolean } | 'folder';
type Shift = { readonly from: string; readonly to: string | null };

export function createWorkspaceView(workspace: string, list: ListFiles): WorkspaceView {
  const made = new Map<string, Made>();
  const shifts: Shift[] = [];
  let listed: readonly string[] | null = null;

  return {
    look(path) {
      const own = made.get(path);
      if (own === 'folder') return { kind: 'folder' };
      if (own !== undefined) {
        return { kind: 'file', size: own.bytes.length, isExecutable: own.isExecutable };
      }
      if (path === '') return { kind: 'folder' };
      const origin = originOf(shifts, path);
      const real: Thing = origin === null ? { kind: 'absent' } : lookAt(workspace, origin);
      return real.kind === 'absent' && hasBelow(path) ? { kind: 'folder' } : real;
    },
    read(path, maxBytes) {
      const own = made.get(path);
      if (own !== undefined && own !== 'folder') return ok(own.bytes);
      const origin = originOf(shifts, path);
      return readBytes(workspace, origin ?? path, maxBytes);
    },
    async files(signal) {
      if (listed === null) {
        const found = await list(signal);
        if (!found.ok) return found;
        listed = found.value;
      }
      return ok(asNow(listed));
    },
    async filesBelow(folder, signal, limits) {
      const origin = originOf(shifts, folder);
      const found = origin === null ? ok([]) : await walkFolder(workspace, origin, signal, limits);
      if (!found.ok) return found;
      const isHere = (path: string) => folder === '' || isAtOrBelow(path, folder);
      return ok(asNow(found.value).filter(isHere));
    },
    put(path, bytes, isExecutable = false) {
      made.set(path, { bytes, isExecutable });
    },
    makeFolder(path) {
      made.set(path, 'folder');
    },
    remove(path) {
      shifts.push({ from: path, to: null });
      for (const each of [...made.keys()]) if (isAtOrBelow(each, path)) made.delete(each);
    },
    move(from, to) {
      shifts.push({ from, to });
      for (const [each, what] of [...made]) {
        if (!isAtOrBelow(each, from)) continue;
        made.delete(each);
        made.set(`${to}${each.slice(from.length)}`, what);
      }
    },
  };

  function hasBelow(path: string): boolean {
    for (const each of made.keys()) if (each.startsWith(`${path}/`)) return true;
    return shifts.some(({ to }) => to?.startsWith(`${path}/`));
  }

  function asNow(real: readonly string[]): readonly string[] {
    if (shifts.length === 0 && made.size === 0) return real;
    const now = new Set(real.flatMap((path) => shifted(shifts, path)));
    for (const [path, what] of made) if (what !== 'folder') now.add(path);
    return [...now].sort();
  }
}

const isAtOrBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

/** Where the thing now at this path really lies; null when it has gone from there. */
function originOf(shifts: readonly Shift[], path: string): string | null {
  let origin = path;
  for (let i = shifts.length - 1; i >= 0; i -= 1) {
    const { from, to } = shifts[i] as Shift;
    if (to !== null && isAtOrBelow(origin, to)) origin = `${from}${origin.slice(to.length)}`;
    else if (isAtOrBelow(origin, from)) return null;
  }
  return origin;
}

/** Where the thing that really lies at this path is now. */
function shifted(shifts: readonly Shift[], path: string): readonly string[] {
  let now = path;
  for (const { from, to } of shifts) {
    if (!isAtOrBelow(now, from)) continue;
    if (to === null) return [];
    now = `${to}${now.slice(from.length)}`;
  }
  return [now];
}
