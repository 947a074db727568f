import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createHabitStore } from '../../../src/adapters/files/habit-store.ts';
import { ok } from '../../../src/core/result.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { temporaryFolder } from '../../support/files.ts';
import { habitOf } from '../../support/habit-sample.ts';
import { put } from '../../support/temporary-places.ts';

const clock = { now: () => new Date('2026-02-03T04:05:06Z') };

function openLab() {
  const folder = join(temporaryFolder(), 'state', 'models');
  const open = () => createHabitStore({ folder, clock, prepareState: () => ok(undefined) });
  return { folder, open, store: open() };
}
const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

describe('a store of what was learned', () => {
  it('knows nothing at first, and makes nothing by looking', () => {
    const { store, folder } = openLab();
    expect(store.find(A)).toEqual(ok(null));
    expect(store.list()).toEqual(ok({ habits: [], problems: [] }));
    expect(store.forget(A)).toEqual(ok(undefined));
    expect(existsSync(folder)).toBe(false);
  });

  it('finds by digest what was kept, also when it is opened anew', () => {
    const { store, open } = openLab();
    const habit = habitOf(A, { contextTokens: 4096, toolMode: null });
    expect(store.keep(habit)).toEqual(ok(undefined));
    expect(open().find(A)).toEqual(ok(habit));
    expect(open().find(`sha256:${A}`)).toEqual(ok(habit));
    expect(open().find(B)).toEqual(ok(null));
  });

  it('keeps one for each model, the newest, and lists them by name', () => {
    const { store } = openLab();
    store.keep(habitOf(A, { name: 'small:1b' }));
    store.keep(habitOf(B, { name: 'coder:7b' }));
    store.keep(habitOf(A, { name: 'small:1b', loadMs: 7 }));
    const listed = store.list();
    expect(listed).toMatchObject({
      value: { habits: [{ name: 'coder:7b' }, { name: 'small:1b', loadMs: 7 }], problems: [] },
    });
  });

  it('forgets one and no other', () => {
    const { store } = openLab();
    store.keep(habitOf(A));
    store.keep(habitOf(B));
    expect(store.forget(A)).toEqual(ok(undefined));
    expect(store.find(A)).toEqual(ok(null));
    expect(store.find(B)).toMatchObject({ value: { digest: B } });
  });

  it('lets only the owner read it, and leaves no temporary file', () => {
    const { store, folder } = openLab();
    store.keep(habitOf(A));
    expect(statSync(join(folder, `${A}.json`)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual([`${A}.json`]);
  });

  it.each(['', 'x', '../../evil', 'a/b', 'A'.repeat(64).replace('A', '.')])(
    'makes no file of the digest %j, which is none',
    (digest) => {
      const { store, folder } = openLab();
      expect(store.keep(habitOf(digest))).toMatchObject({ error: { code: 'invalid' } });
      expect(store.find(digest)).toEqual(ok(null));
      expect(existsSync(folder)).toBe(false);
    },
  );

  it.each([
    ['torn', '{"digest": "aa'],
    ['empty', ''],
    ['no object', '[]'],
    ['of another model', JSON.stringify(habitOf(B))],
    [
      'with a score that cannot be',
      JSON.stringify(habitOf(A, { forms: { ...habitOf(A).forms, whole: { right: 5, of: 4 } } })),
    ],
    [
      'with a form that nobody knows',
      JSON.stringify({ ...habitOf(A), form: { wholeTokens: 1, beyond: 'whole' } }),
    ],
    ['with a window that is no number', JSON.stringify({ ...habitOf(A), contextTokens: '8k' })],
  ])('writes over nothing that cannot be understood (%s), and says where it lies', (_, text) => {
    const { store, folder } = openLab();
    const path = put(join(folder, `${A}.json`), text);
    for (const result of [store.find(A), store.keep(habitOf(A))]) {
      expect(result).toMatchObject({ error: { code: 'unreadable' } });
      if (!result.ok) expect(result.error.message).toContain(path);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
    store.keep(habitOf(B));
    expect(store.list()).toMatchObject({
      value: { habits: [{ digest: B }], problems: [expect.stringContaining(path)] },
    });
    expect(store.forget(A)).toEqual(ok(undefined));
    expect(store.find(A)).toEqual(ok(null));
    const aside = readdirSync(folder).find((name) => name.includes('.broken-')) ?? '';
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
  });

  it('follows no link', () => {
    const { store, folder } = openLab();
    const other = put(join(temporaryFolder(), 'other.json'), JSON.stringify(habitOf(A)));
    mkdirSync(folder, { recursive: true });
    symlinkSync(other, join(folder, `${A}.json`));
    expect(store.find(A)).toMatchObject({ error: { code: 'unreadable' } });
    expect(store.keep(habitOf(A))).toMatchObject({ ok: false });
  });

  it.skipIf(process.geteuid?.() === 0)('says what it cannot write', () => {
    const { store, folder } = openLab();
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o500);
    expect(store.keep(habitOf(A))).toMatchObject({ ok: false, error: { code: 'failed' } });
    chmodSync(folder, 0o700);
  });

  it('loses nothing where many write at once', async () => {
    const { folder, store } = openLab();
    const program = bundleProgram('habit-writer');
    const run = promisify(execFile);
    const letters = ['a', 'b', 'c', 'd'];
    await Promise.all(
      letters.map((letter) => run(process.execPath, [program, folder, letter, '12'])),
    );
    const listed = store.list();
    if (!listed.ok) throw new Error(listed.error.message);
    const { habits, problems } = listed.value;
    expect(problems).toEqual([]);
    expect(habits.filter(({ name }) => name !== 'shared')).toHaveLength(letters.length * 12);
    expect(habits.filter(({ name }) => name === 'shared')).toHaveLength(1);
  });
});
