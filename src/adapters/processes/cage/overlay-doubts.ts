import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { isWithin } from './within.ts';

/**
 * Why an overlay that can be mounted over a workspace would still not be like it; null: nothing is
 * known against it. It shows nothing of other file systems that are mounted below, and what belongs
 * to those who have no number in a namespace of ours can be read in it, but not written.
 */
export function doubtOverlay(
  workspace: string,
  user: { readonly uid: number; readonly gid: number },
): string | null {
  const mounted = mountsBelow(workspace);
  if (mounted !== undefined) return `another file system is mounted at ${mounted}`;
  const groups = process.getgroups?.() ?? [];
  const foreign = someBelow(workspace).find(({ stats }) => isLost(stats, user, groups));
  return foreign === undefined ? null : `${foreign.path} belongs to another user or group`;
}

function mountsBelow(workspace: string): string | undefined {
  let lines: readonly string[];
  try {
    lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  } catch {
    return undefined;
  }
  return lines
    .map((line) => readEscapes(line.split(' ')[4] ?? ''))
    .find((point) => point !== workspace && isWithin(point, workspace));
}

/** Blanks and the like stand there as octal numbers. */
const readEscapes = (path: string): string =>
  path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );

/** Whether this person could write it, but not where they have no more than their own numbers. */
function isLost(
  { uid, gid, mode }: Stats,
  user: { readonly uid: number; readonly gid: number },
  groups: readonly number[],
): boolean {
  if (user.uid === 0 || uid === user.uid) return uid !== user.uid || gid !== user.gid;
  return gid !== user.gid && groups.includes(gid) && (mode & GROUP_WRITES) !== 0;
}

const GROUP_WRITES = 0o020;

/** The folder and what lies at its top, as far as we look: who shares one mostly does so there. */
function someBelow(folder: string): readonly { readonly path: string; readonly stats: Stats }[] {
  const paths = [folder, ...namesIn(folder).slice(0, MAX_LOOKS)];
  return paths.flatMap((path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, stats }];
  });
}

const MAX_LOOKS = 500;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
