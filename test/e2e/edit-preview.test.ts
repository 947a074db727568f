import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newPerson } from '../support/tinycode.ts';

const block = (path: string, search: string, replacement: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replacement}\n>>>>>>> REPLACE\n`;

describe('edit preview', () => {
  const shop = () => {
    const person = newPerson();
    mkdirSync(join(person.project, 'src'));
    writeFileSync(join(person.project, 'src/a.ts'), 'export const a = 1;\nexport const b = 2;\n');
    return person;
  };

  it('says what every file would hold, and changes nothing', async () => {
    const person = shop();
    const stdin = block('src/a.ts', 'export const a = 1;', 'export const a = 10;');
    const { code, data } = await person.json(['edit', 'preview'], { stdin });
    expect([code, data]).toEqual([
      0,
      {
        ok: true,
        files: [
          {
            path: 'src/a.ts',
            after: 'export const a = 10;\nexport const b = 2;\n',
            rung: 'exact',
            spans: [{ before: { start: 1, end: 1 }, after: { start: 1, end: 1 } }],
          },
        ],
      },
    ]);
    expect(readFileSync(join(person.project, 'src/a.ts'), 'utf8')).toContain('a = 1;');
    expect(readdirSync(person.project)).toEqual(['src']);
  });

  it('ends with 1 when it refuses, and says what to do', async () => {
    const person = shop();
    const stdin = block('src/a.ts', 'export const c = 1;', 'export const c = (;');
    const { code, data } = await person.json(['edit', 'preview', '--format', 'search-replace'], {
      stdin,
    });
    expect(code).toBe(1);
    expect(data).toMatchObject({ ok: false, error: { code: 'no-match', path: 'src/a.ts' } });
    const broken = block('src/a.ts', 'export const a = 1;', 'export const a = (;');
    const other = await person.json(['edit', 'preview'], { stdin: broken });
    expect(other.data).toMatchObject({ ok: false, error: { code: 'breaks-syntax' } });
  });

  it('reads the reply from a file, and shows a person the lines that change', async () => {
    const person = shop();
    writeFileSync(
      join(person.project, 'reply.txt'),
      block('src/a.ts', 'export const b = 2;', 'export const b = 3;'),
    );
    const { code, stdout } = await person.run(['edit', 'preview', 'reply.txt']);
    expect(code).toBe(0);
    expect(stdout).toContain('src/a.ts (found: exact)');
    expect(stdout).toContain('-export const b = 2;');
    expect(stdout).toContain('+export const b = 3;');
  });

  it('has an empty list for words without an edit', async () => {
    const { code, data } = await shop().json(['edit', 'preview'], { stdin: 'It is fine.' });
    expect([code, data]).toEqual([0, { ok: true, files: [] }]);
  });

  it('follows no link out of the workspace, and takes no binary for a text', async () => {
    const person = shop();
    writeFileSync(join(person.root, 'secret.txt'), 'one\n');
    symlinkSync(join(person.root, 'secret.txt'), join(person.project, 'link.txt'));
    writeFileSync(join(person.project, 'bin.dat'), Buffer.from([0xff, 0x00, 0xfe]));
    const link = await person.json(['edit', 'preview'], { stdin: block('link.txt', 'one', 'two') });
    expect(link.data).toMatchObject({ ok: false, error: { code: 'outside-workspace' } });
    const binary = await person.json(['edit', 'preview'], { stdin: block('bin.dat', 'x', 'y') });
    expect(binary.data).toMatchObject({ ok: false, error: { code: 'malformed' } });
  });
});
