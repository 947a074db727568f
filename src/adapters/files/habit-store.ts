import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readHabit } from '../../core/models/read-habit.ts';
import { fail, ok } from '../../core/result.ts';
import type { ModelHabit, Result } from '../../core/types.ts';
import type { Clock, HabitReader, HabitWriter } from '../../ports.ts';
import { readSmallFile } from './read-small-file.ts';
import { codeOf, failureOf } from './system-errors.ts';
import { writeAtomically } from './write-atomically.ts';

/**
 * What was learned of models, in a file for each of them, named after its digest: those who write at
 * the same time write different files, or put the same one in place as a whole.
 */
export function createHabitStore(given: {
  /** Absolute; in the state that all workspaces share. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Makes the state folder, or says why it cannot be used. */
  readonly prepareState: () => Result<void>;
}): HabitReader & HabitWriter {
  const { folder, clock, prepareState } = given;
  const pathOf = (digest: string): string => join(folder, `${nameOf(digest)}.json`);

  return {
    find: (digest) => (isDigest(digest) ? readFrom(pathOf(digest), digest) : ok(null)),
    list() {
      const names = namesIn(folder);
      if (!names.ok) return names;
      const habits: ModelHabit[] = [];
      const problems: string[] = [];
      for (const name of names.value.slice(0, MOST_MODELS)) {
        const read = readFrom(join(folder, name), basename(name, '.json'));
        if (!read.ok) problems.push(read.error.message);
        else if (read.value !== null) habits.push(read.value);
      }
      return ok({ habits: habits.toSorted(byName), problems });
    },
    keep(habit) {
      if (!isDigest(habit.digest)) return noDigest(habit);
      const path = pathOf(habit.digest);
      const before = readFrom(path, habit.digest);
      if (!before.ok) return before;
      const prepared = prepare();
      return prepared.ok ? writeAtomically(path, `${JSON.stringify(habit, null, 2)}\n`) : prepared;
    },
    forget(digest) {
      if (!isDigest(digest)) return ok(undefined);
      const path = pathOf(digest);
      const before = readFrom(path, digest);
      if (before.ok) return before.value === null ? ok(undefined) : remove(path);
      const stamp = clock.now().toISOString().replaceAll(/[:.]/g, '-');
      return moveAside(path, `${path}.broken-${stamp}`);
    },
  };

  function prepare(): Result<void> {
    const prepared = prepareState();
    if (!prepared.ok) return prepared;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return ok(undefined);
    } catch (error) {
      return failureOf(error, 'failed', `${folder} cannot be made`);
    }
  }
}

const MOST_BYTES = 64 * 1024;
/** More models than anybody has. */
const MOST_MODELS = 1000;

/** A server says what it likes: only what surely is a digest becomes the name of a file. */
const isDigest = (digest: string): boolean => /^[0-9a-f]{12,128}$/.test(nameOf(digest));
const nameOf = (digest: string): string => digest.toLowerCase().replace(/^sha256:/, '');

const byName = (a: ModelHabit, b: ModelHabit): number => (a.name < b.name ? -1 : 1);

function namesIn(folder: string): Result<readonly string[]> {
  try {
    return ok(readdirSync(folder).filter((name) => /^[0-9a-f]+\.json$/.test(name)));
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? ok([])
      : failureOf(error, 'unreadable', `${folder} cannot be read`);
  }
}

function readFrom(path: string, digest: string): Result<ModelHabit | null> {
  const read = readSmallFile(path, MOST_BYTES);
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const habit = readHabit(read.value.bytes.toString('utf8'));
  if (habit !== null && nameOf(habit.digest) === nameOf(digest)) return ok(habit);
  return fail(
    'unreadable',
    `${path}, which holds what was learned of a model, cannot be understood.`,
    { hint: 'models forget NAME moves it aside; until then the usual ways hold for that model.' },
  );
}

const noDigest = ({ name }: ModelHabit) =>
  fail('invalid', `The server does not say what ${name} is, so nothing can be kept of it.`, {
    hint: 'Update Ollama.',
  });

function remove(path: string): Result<void> {
  try {
    rmSync(path, { force: true });
    return ok(undefined);
  } catch (error) {
    return failureOf(error, 'failed', `${path} cannot be removed`);
  }
}

function moveAside(path: string, to: string): Result<void> {
  try {
    renameSync(path, to);
    return ok(undefined);
  } catch (error) {
    return failureOf(error, 'failed', `${path} cannot be moved aside`);
  }
}
