import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { newPerson } from '../support/tinycode.ts';

const DIST = join(import.meta.dirname, '..', '..', 'dist');

/** Says on standard error, when the program ends, which files of it or of packages were loaded. */
const WATCH = `
  import { createRequire } from 'node:module';
  const { cache } = createRequire(import.meta.url);
  process.on('exit', () => {
    const natives = process.report.getReport().sharedObjects.filter((path) => /sqlite/.test(path));
    const modules = Object.keys(cache).filter((path) => /sqlite/.test(path));
    process.stderr.write(JSON.stringify([...natives, ...modules]));
  });
`;

describe('a start', () => {
  it.each(['--version', 'version', 'help', 'commands', 'policy check ls'])(
    'for “%s” loads no SQLite',
    async (line) => {
      const person = newPerson();
      const file = join(person.root, 'watch.mjs');
      writeFileSync(file, WATCH);
      const ended = await person.run(line.split(' '), {
        env: { NODE_OPTIONS: `--import=${pathToFileURL(file)}` },
      });
      expect(ended.code).toBe(0);
      expect(JSON.parse(ended.stderr)).toEqual([]);
    },
  );

  it('that needs a database loads it, which this test would see', async () => {
    const person = newPerson();
    const file = join(person.root, 'watch.mjs');
    writeFileSync(file, WATCH);
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(file)}` };
    const ended = await person.run(['mode', 'propose'], { env });
    expect(JSON.parse(ended.stderr).join()).toContain('sqlite');
  });

  it('without a prompt has no way to React: no chunk that it reaches holds any', () => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(join(DIST, file), 'utf8');
      // Static imports alone, and the two doors' own dynamic ones.
      for (const [, path] of text.matchAll(/from\s*"\.\/([^"]+)"|import\s*"\.\/([^"]+)"/g)) {
        if (path) visit(join(file, '..', path));
      }
    };
    const chunks = readdirSync(join(DIST, 'chunks'));
    for (const door of ['start-', 'headless-']) {
      visit(join('chunks', chunks.find((name) => name.startsWith(door)) as string));
    }
    const hasReact = (file: string) =>
      readFileSync(join(DIST, file), 'utf8').includes('react.transitional.element');
    expect(seen.size).toBeGreaterThan(3);
    expect([...seen].filter(hasReact)).toEqual([]);
    expect(chunks.map((name) => join('chunks', name)).some(hasReact)).toBe(true);
  });
});
