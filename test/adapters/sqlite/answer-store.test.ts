import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createAnswerStore } from '../../../src/adapters/sqlite/answer-store.ts';
import { openForWriting } from '../../../src/adapters/sqlite/open-database.ts';
import { chatEnd } from '../../support/chat-end.ts';
import { temporaryFolder } from '../../support/files.ts';
import { startProgram } from '../../support/start-program.ts';

const endOf = (text: string) =>
  chatEnd(text, { calls: [{ tool: 't', values: { a: 1 } }], value: { b: [2] } });
const DAY_MS = 86_400_000;
const limits = { answers: 3, answerChars: 3000, totalChars: 6000, ageMs: 30 * DAY_MS };

function openLab() {
  const path = join(temporaryFolder(), 'state', 'answers.db');
  let at = Date.UTC(2026, 0, 1);
  const open = () => createAnswerStore({ path, clock: { now: () => new Date(at) }, limits });
  const pass = (ms: number) => {
    at += ms;
  };
  return { path, open, pass };
}

describe('answers on the disk', () => {
  it('make nothing by being looked for, and are known to another process as they were', () => {
    const { path, open } = openLab();
    expect(open().read('a')).toBeUndefined();
    expect(existsSync(path)).toBe(false);
    open().write('a', endOf('one'));
    expect(open().read('a')).toEqual(endOf('one'));
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('are bounded in number; the one that was not used for the longest goes first', () => {
    const { open, pass } = openLab();
    const store = open();
    for (const key of ['a', 'b', 'c']) {
      store.write(key, endOf(key));
      pass(DAY_MS);
    }
    store.read('a');
    store.write('d', endOf('d'));
    expect(['a', 'b', 'c', 'd'].map((key) => open().read(key)?.text)).toEqual([
      'a',
      undefined,
      'c',
      'd',
    ]);
  });

  it('are bounded in size, each and all together', () => {
    const { open } = openLab();
    const store = open();
    store.write('large', endOf('x'.repeat(4000)));
    for (const key of ['a', 'b', 'c']) store.write(key, endOf('x'.repeat(2000)));
    expect(['large', 'a', 'b', 'c'].map((key) => store.read(key) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('are not known for ever', () => {
    const { open, pass } = openLab();
    open().write('a', endOf('a'));
    pass(31 * DAY_MS);
    expect(open().read('a')).toBeUndefined();
  });

  it.each([
    ['that was changed', `UPDATE answers SET answer = replace(answer, 'one', 'two')`],
    ['of another key', `UPDATE answers SET key = 'a' WHERE key = 'b'`],
    ['that is cut', 'UPDATE answers SET answer = substr(answer, 1, 20)'],
  ])('are not known where there is one %s', (_, sql) => {
    const { path, open } = openLab();
    open().write('b', endOf('one'));
    if (!sql.includes("key = 'a'")) open().write('a', endOf('one'));
    const db = openForWriting(path);
    if (!db.ok) throw new Error(db.error.message);
    db.value.exec(sql);
    db.value.close();
    expect(open().read('a')).toBeUndefined();
    open().write('a', endOf('new'));
    expect(open().read('a')?.text).toBe('new');
  });

  it('fail nobody where the file is none, which stays as it is', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'answers.db');
    writeFileSync(path, 'no database '.repeat(500));
    const store = createAnswerStore({ path, clock: { now: () => new Date() } });
    store.write('a', endOf('a'));
    expect(store.read('a')).toBeUndefined();
    expect(statSync(path).size).toBe(12 * 500);
  });

  it('are whole or not there, whoever writes at the same time and is killed', async () => {
    const path = join(temporaryFolder(), 'answers.db');
    const start = startProgram('answer-writer-program.ts');
    const writers = [start([path]), start([path])];
    while (writers.some(({ lines }) => lines().length < 20)) await pause(10);
    for (const { child } of writers) child.kill('SIGKILL');
    await Promise.all(writers.map(({ ended }) => ended));
    const store = createAnswerStore({ path, clock: { now: () => new Date() } });
    let known = 0;
    for (let at = 0; at < 40; at += 1) {
      const end = store.read(String(at));
      if (end === undefined) continue;
      known += 1;
      expect(end.text).toBe(`${at} `.repeat(500));
    }
    expect(known).toBeGreaterThan(5);
    store.write('after', endOf('after'));
    expect(store.read('after')?.text).toBe('after');
  });
});
