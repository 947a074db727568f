import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What is held or counted for a group. */
export type Controller = 'pids' | 'memory' | 'cpuacct';

/** A folder of a cgroup file system in which a group can perhaps be made. */
export type Place = {
  readonly version: 1 | 2;
  readonly controllers: readonly Controller[];
  readonly folder: string;
  /** The group that this process is in. */
  readonly own: string;
};

/**
 * Where groups of ours may lie: of the old cgroups below our own group, for each of their trees;
 * of the new ones in our own group or in one above it whose children are limited already. A group
 * that has members itself cannot be told to limit its children, so nothing there is switched on.
 */
export function findPlaces(proc = '/proc/self'): readonly Place[] {
  const mounts = readLines(join(proc, 'mountinfo')).flatMap(readMount);
  return readLines(join(proc, 'cgroup')).flatMap((line) => {
    const [, names = '', own = ''] = line.match(/^\d+:([^:]*):(.*)$/) ?? [];
    const wanted = names.split(',');
    const mount = mounts.find((each) =>
      names === ''
        ? each.version === 2
        : each.version === 1 && wanted.some((name) => each.options.includes(name)),
    );
    if (mount === undefined) return [];
    const folder = folderIn(mount, own);
    if (folder === null) return [];
    if (mount.version === 2) return unifiedPlaces(mount.point, folder);
    const controllers = OLD.filter((name) => wanted.includes(name));
    return controllers.length === 0
      ? []
      : [{ version: 1, controllers, folder, own: folder } as const];
  });
}

const OLD: readonly Controller[] = ['pids', 'memory', 'cpuacct'];

type Mount = {
  readonly version: 1 | 2;
  readonly root: string;
  readonly point: string;
  readonly options: readonly string[];
};

function readMount(line: string): readonly Mount[] {
  const [left = '', right = ''] = line.split(' - ');
  const [, , , root = '', point = ''] = left.split(' ');
  const [type = '', , options = ''] = right.split(' ');
  if (type !== 'cgroup' && type !== 'cgroup2') return [];
  const version = type === 'cgroup' ? 1 : 2;
  return [{ version, root, point: readEscapes(point), options: options.split(',') }];
}

/** Blanks in paths stand there as \040. */
const readEscapes = (path: string): string =>
  path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );

/** A container may see only what lies below its own root. */
function folderIn({ root, point }: Mount, own: string): string | null {
  const below = relative(root, own);
  return below === '..' || below.startsWith('../') ? null : join(point, below);
}

function unifiedPlaces(top: string, own: string): readonly Place[] {
  const found: Place[] = [];
  for (let folder = own; found.length < MAX_DEPTH; folder = dirname(folder)) {
    const on = readLines(join(folder, 'cgroup.subtree_control')).join(' ').split(' ');
    const held = (['pids', 'memory'] as const).filter((name) => on.includes(name));
    // CPU is counted in every group there.
    if (held.length > 0) found.push({ version: 2, controllers: [...held, 'cpuacct'], folder, own });
    if (folder === top || folder === dirname(folder)) break;
  }
  return found;
}

const MAX_DEPTH = 32;

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}
