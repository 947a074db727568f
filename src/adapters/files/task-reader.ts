import { accessSync, constants, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { readTask } from '../../core/eval/read-task.ts';
import { fail, ok } from '../../core/result.ts';
import type { EvalTask, Result } from '../../core/types.ts';
import type { DocumentReader, TaskReader } from '../../ports.ts';
import { readSmallFile } from './read-small-file.ts';
import { failureOf } from './system-errors.ts';

/** Reads tasks as folders with a `task.yaml`; those without one are no tasks. */
export function createTaskReader(given: {
  /** Where a relative path may lie, the first that has it wins. */
  readonly folders: readonly string[];
  /** The tasks that TinyCode comes with. */
  readonly own: string;
  readonly searchPath: string;
  readonly parse: DocumentReader['parse'];
}): TaskReader {
  return {
    list(named) {
      const places =
        named === null ? [given.own] : given.folders.map((folder) => resolve(folder, named));
      const folder = places.find((each) => isFolder(each));
      if (folder === undefined)
        return fail('not-found', `There is no folder ${named ?? given.own}.`);
      const names = namesIn(folder);
      if (!names.ok) return names;
      const tasks: EvalTask[] = [];
      for (const name of names.value) {
        const task = readOne(folder, name, given.parse);
        if (!task.ok) return task;
        tasks.push(task.value);
      }
      if (tasks.length > 0) return ok({ folder, tasks });
      return fail('not-found', `No folder in ${folder} has a task.yaml.`, {
        hint: 'docs/eval.md says what a task is.',
      });
    },
    has: (program) =>
      given.searchPath
        .split(delimiter)
        .some((folder) => isAbsolute(folder) && canRun(join(folder, program))),
  };
}

const MOST_TASKS = 1000;
const MOST_BYTES = 64 * 1024;

function namesIn(folder: string): Result<readonly string[]> {
  try {
    const names = readdirSync(folder)
      .filter((name) => existsSync(join(folder, name, 'task.yaml')))
      .sort();
    if (names.length <= MOST_TASKS) return ok(names);
    return fail('limit', `${folder} has more than ${MOST_TASKS} tasks.`);
  } catch (error) {
    return failureOf(error, 'unreadable', `${folder} cannot be read`);
  }
}

function readOne(folder: string, name: string, parse: DocumentReader['parse']): Result<EvalTask> {
  const own = join(folder, name);
  const file = readSmallFile(join(own, 'task.yaml'), MOST_BYTES);
  if (!file.ok) return file;
  const document = parse(file.value?.bytes.toString('utf8') ?? '');
  if (!document.ok) return fail('invalid', `task.yaml of ${name}: ${document.error.message}`);
  if (!isFolder(join(own, 'workspace'))) {
    return fail('invalid', `The task ${name} has no folder workspace.`);
  }
  const twice = namesBelow(join(own, 'check')).find((path) =>
    existsSync(join(own, 'workspace', path)),
  );
  if (twice !== undefined) {
    return fail('invalid', `The task ${name} has ${twice} in check and in workspace.`);
  }
  return readTask(name, own, document.value);
}

/** Files alone: folders may be on both sides. */
const namesBelow = (folder: string): readonly string[] =>
  isFolder(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (path) => !isFolder(join(folder, path)),
      )
    : [];

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return !lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
