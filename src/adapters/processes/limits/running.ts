import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProgramUse } from '../../../core/types.ts';
import { type RunningTree, writeNote } from './running-note.ts';
import type { ProcessMark } from './use.ts';

/** What this TinyCode runs, as others that look at the same workspace can see it. */
export type Running = {
  /** Noted at once when a program is new, and then at most once a second. */
  note(use: ProgramUse, tree: RunningTree): void;
  end(id: string): void;
};

/**
 * `folder` is `running` in the workspace's state folder, which is there and ours alone. That a note
 * cannot be written is no reason for a program not to run.
 */
export function createRunning(given: {
  readonly folder: string;
  readonly owner: ProcessMark;
  readonly monotonicMs: () => number;
}): Running {
  const { folder, owner, monotonicMs } = given;
  const noted = new Map<string, number>();
  return {
    note(use, tree) {
      const now = monotonicMs();
      const last = noted.get(use.id);
      if (last !== undefined && now - last < NOTE_MS) return;
      noted.set(use.id, now);
      try {
        if (last === undefined) mkdirSync(folder, { mode: 0o700, recursive: true });
        put(noteOf(folder, use.id), writeNote({ owner, tree, use }));
      } catch {
        noted.delete(use.id);
      }
    },
    end(id) {
      noted.delete(id);
      try {
        rmSync(noteOf(folder, id), { force: true });
      } catch {
        // It says so by what runs no more.
      }
    },
  };
}

const NOTE_MS = 1000;

const noteOf = (folder: string, id: string): string =>
  join(folder, `${id.replace(/[^\w-]/g, '_')}.json`);

/** Whoever reads meanwhile reads the one before. It need not outlive the machine. */
function put(path: string, text: string): void {
  const temporary = join(dirname(path), `.${process.pid}.tmp`);
  rmSync(temporary, { force: true });
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, path);
}
