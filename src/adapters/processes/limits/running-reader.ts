import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../../core/result.ts';
import type { ProgramUse } from '../../../core/types.ts';
import type { ProgramReader } from '../../../ports.ts';
import { readStat } from './read-process.ts';
import { MAX_NOTE_BYTES, type RunningNote, readNote } from './running-note.ts';
import { createSampler } from './tree-sampler.ts';
import type { ProcessMark } from './use.ts';

/**
 * What runs in this workspace now, whoever started it, with the numbers of this very moment. Notes
 * of TinyCodes that died are removed: what they ran has ended with them.
 */
export function createProgramReader(given: {
  readonly folder: string;
  readonly isAlive: (mark: ProcessMark) => boolean;
  readonly now: () => Date;
}): ProgramReader {
  const { folder, isAlive, now } = given;
  return {
    async list() {
      let names: readonly string[];
      try {
        names = readdirSync(folder);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return ok([]);
        return fail('unreadable', `${folder} cannot be read.`, { cause });
      }
      for (const name of names.filter(isLeftOver)) rmSync(join(folder, name), { force: true });
      const ours = names.filter((name) => name.endsWith('.json')).slice(0, MAX_NOTES);
      const notes = ours.flatMap((name) => load(join(folder, name)));
      const uses = notes.flatMap((note) => measure(note, now()));
      return ok(uses.sort((one, other) => one.startedAt.localeCompare(other.startedAt)));
    },
  };

  /** Of one that died while it wrote. */
  function isLeftOver(name: string): boolean {
    const pid = Number(name.match(/^\.(\d+)\.tmp$/)?.[1] ?? 0);
    return pid > 0 && !isAlive({ pid, born: '' });
  }

  function load(path: string): readonly RunningNote[] {
    const note = readNote(readSmall(path));
    if (note === null) return [];
    if (isAlive(note.owner)) return [note];
    rmSync(path, { force: true });
    return [];
  }
}

const MAX_NOTES = 100;

/** None where it has just ended. A root has been started by its owner: pids are used again. */
function measure({ owner, tree, use }: RunningNote, now: Date): readonly ProgramUse[] {
  const { limits } = use;
  const tookMs = Math.max(use.tookMs, now.getTime() - Date.parse(use.startedAt) || 0);
  // Without /proc nothing newer can be known than what its owner has noted.
  if (readStat(owner.pid) === null) return [{ ...use, tookMs }];
  const roots = tree.roots.filter((pid) => readStat(pid)?.parent === owner.pid);
  if (roots.length === 0) return [];
  const look = createSampler({
    roots: () => roots,
    wrappers: tree.wrappers,
    limits,
    group: null,
    exactFromBytes: 0,
  });
  const { pid, cpuMs, memoryBytes, processes, openFiles } = look(tookMs);
  // What a cgroup has counted is more than what is left to be seen.
  const known = Math.max(use.cpuMs, cpuMs);
  return [{ ...use, pid, tookMs, cpuMs: known, memoryBytes, processes, openFiles }];
}

function readSmall(path: string): string {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(fd);
      return stat.isFile() && stat.size <= MAX_NOTE_BYTES ? readFileSync(fd, 'utf8') : '';
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
