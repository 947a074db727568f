import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDocumentReader } from '../../../src/adapters/files/document-reader.ts';
import { createTaskReader } from '../../../src/adapters/files/task-reader.ts';
import { temporaryFolder } from '../../support/files.ts';
import { writeFiles } from '../../support/shop.ts';

const TASK = 'language: c\nrequest: Do it.\ncheck: ["true"]\n';

function newReader(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const reader = createTaskReader({
    folders: [join(folder, 'here'), folder],
    own: join(folder, 'own'),
    searchPath: `${join(folder, 'bin')}:/usr/bin:/bin:relative`,
    parse: createDocumentReader([]).parse,
  });
  const list = (named: string | null) => {
    const listed = reader.list(named);
    return listed.ok ? listed.value.tasks.map(({ id }) => id) : listed.error.message;
  };
  return { folder, reader, list };
}

it('finds the tasks of a folder by name, and those of TinyCode where none is named', () => {
  const { folder, reader, list } = newReader({
    'tasks/b/task.yaml': TASK,
    'tasks/b/workspace/x.c': '',
    'tasks/a/task.yaml': TASK,
    'tasks/a/workspace/x.c': '',
    'tasks/a/check/y.c': '',
    'tasks/no-task/README.md': '',
    'own/mine/task.yaml': TASK,
    'own/mine/workspace/x.c': '',
  });
  expect(list('tasks')).toEqual(['a', 'b']);
  expect(list(join(folder, 'tasks'))).toEqual(['a', 'b']);
  expect(list(null)).toEqual(['mine']);
  expect(list('nowhere')).toContain('There is no folder nowhere');
  expect(list('tasks/a')).toContain('has a task.yaml');
  expect([reader.has('sh'), reader.has('no-such-program')]).toEqual([true, false]);
});

it('tells which task is not right, and why', () => {
  const { list } = newReader({
    'bare/a/task.yaml': TASK,
    'twice/a/task.yaml': TASK,
    'twice/a/workspace/src/x.c': '',
    'twice/a/check/src/x.c': '',
    'broken/a/task.yaml': 'language: [',
    'broken/a/workspace/x.c': '',
  });
  expect(list('bare')).toBe('The task a has no folder workspace.');
  expect(list('twice')).toBe('The task a has src/x.c in check and in workspace.');
  expect(list('broken')).toMatch(/^task.yaml of a: .*YAML/);
});
