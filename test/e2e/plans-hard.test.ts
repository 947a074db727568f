import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mountSmall } from '../support/small-disk.ts';
import { newPerson } from '../support/tinycode.ts';

type Person = ReturnType<typeof newPerson>;

async function approved(person: Person, actions: readonly unknown[]): Promise<string> {
  const imported = await person.json(['plan', 'import', '-'], {
    stdin: JSON.stringify({ goal: 'a test', steps: actions.map((action) => ({ action })) }),
  });
  expect(imported.data.error).toBeUndefined();
  const { id } = imported.data.plan;
  expect(await person.json(['approve', id])).toMatchObject({ code: 0 });
  return id;
}

const execute = (person: Person, id: string) => person.json(['execute', id, '--mode', 'execute']);
const isIntact = async (person: Person) =>
  expect(await person.json(['audit', 'verify'])).toMatchObject({ code: 0, data: { ok: true } });

describe('a plan on a disk that fills up', () => {
  it('stops with a clear error, leaves nothing half written, and can be taken back', async (context) => {
    const person = newPerson();
    if (!mountSmall(person.project)) {
      console.log('skipped: a small disk can be mounted by root only');
      return context.skip();
    }
    writeFileSync(join(person.project, 'a.txt'), 'a\n');
    const big = 'x'.repeat(500_000);
    const id = await approved(person, [
      { kind: 'file.edit', path: 'a.txt', content: 'b\n' },
      ...[1, 2, 3].map((number) => ({
        kind: 'file.write',
        path: `big-${number}.txt`,
        content: big,
      })),
    ]);
    writeFileSync(join(person.project, 'junk'), Buffer.alloc(2_200_000));
    const executed = await execute(person, id);
    expect(executed.code).toBe(1);
    expect(executed.data.status).toBe('failed');
    expect(JSON.stringify(executed.data.steps)).toMatch(/the disk is full/);
    const names = readdirSync(person.project);
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    for (const name of names.filter((each) => each.startsWith('big'))) {
      expect(readFileSync(join(person.project, name), 'utf8')).toBe(big);
    }
    await isIntact(person);
    expect((await person.json(['rollback', id])).code).toBe(0);
    expect(readdirSync(person.project).sort()).toEqual(['a.txt', 'junk']);
    expect(readFileSync(join(person.project, 'a.txt'), 'utf8')).toBe('a\n');
  });
});

describe('a workspace that changes under a plan', () => {
  it('is left as it is when a folder is removed, replaced by a file, or made read-only', async () => {
    const person = newPerson();
    const src = join(person.project, 'src');
    const file = join(src, 'a.txt');
    const setUp = async () => {
      rmSync(src, { recursive: true, force: true });
      mkdirSync(src);
      writeFileSync(file, 'a\n');
      return approved(person, [{ kind: 'file.edit', path: 'src/a.txt', content: 'b\n' }]);
    };
    const removed = await setUp();
    rmSync(src, { recursive: true });
    expect((await execute(person, removed)).code).not.toBe(0);
    expect(existsSync(src)).toBe(false);

    const replaced = await setUp();
    rmSync(src, { recursive: true });
    writeFileSync(src, 'mine\n');
    expect((await execute(person, replaced)).code).not.toBe(0);
    expect(readFileSync(src, 'utf8')).toBe('mine\n');

    const chmodded = await setUp();
    chmodSync(file, 0o444);
    expect((await execute(person, chmodded)).code).toBe(5);
    expect(readFileSync(file, 'utf8')).toBe('a\n');
    await isIntact(person);
  });

  it('may hold read-only files: they are replaced, stay read-only, and come back', async () => {
    const person = newPerson();
    const file = join(person.project, 'a.txt');
    writeFileSync(file, 'a\n', { mode: 0o444 });
    const id = await approved(person, [{ kind: 'file.edit', path: 'a.txt', content: 'b\n' }]);
    expect((await execute(person, id)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('b\n');
    expect((await person.json(['rollback', id])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('a\n');
  });
});

describe('a large plan', () => {
  it('of ten thousand files, one of them of 10 MB and no text, is done and taken back to the byte', {
    timeout: 300_000,
  }, async () => {
    const person = newPerson();
    const count = 10_000;
    const pathOf = (number: number) => `src/part-${number % 40}/file-${number}.ts`;
    for (let number = 0; number < 40; number += 1) {
      mkdirSync(join(person.project, `src/part-${number}`), { recursive: true });
    }
    for (let number = 0; number < count; number += 1) {
      writeFileSync(join(person.project, pathOf(number)), `export const value = ${number};\n`);
    }
    const bytes = Buffer.alloc(10_000_000, 0xfe);
    writeFileSync(join(person.project, 'big.bin'), bytes);
    const id = await approved(person, [
      ...Array.from({ length: count }, (_, number) => ({
        kind: 'file.edit',
        path: pathOf(number),
        content: `export const value = ${number + 1};\n`,
      })),
      {
        kind: 'file.write',
        path: 'big.bin',
        content: { base64: Buffer.alloc(10_000_000, 0xfd).toString('base64') },
      },
    ]);
    expect((await execute(person, id)).data.status).toBe('done');
    const read = (number: number) => readFileSync(join(person.project, pathOf(number)), 'utf8');
    for (let number = 0; number < count; number += 1) {
      expect(read(number)).toBe(`export const value = ${number + 1};\n`);
    }
    expect(readFileSync(join(person.project, 'big.bin'))[0]).toBe(0xfd);
    expect((await person.json(['rollback', id])).code).toBe(0);
    for (let number = 0; number < count; number += 1) {
      expect(read(number)).toBe(`export const value = ${number};\n`);
    }
    expect(readFileSync(join(person.project, 'big.bin')).equals(bytes)).toBe(true);
    await isIntact(person);
  });
});
