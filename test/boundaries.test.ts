import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { globSync } from './support/files.ts';

/** Which rooms a room may import from; `npm` and `node` stand for packages and Node itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  ports: ['ports', 'core'],
  commands: ['commands', 'ports', 'core'],
  runtime: ['runtime', 'commands/command', 'ports', 'core', 'node'],
  tui: ['tui', 'runtime/session-type', 'core', 'npm', 'node'],
  cli: ['cli', 'runtime/session-type', 'runtime/run-command', 'core'],
  adapters: ['ports', 'core', 'npm', 'node'],
  'plugin-api': ['ports', 'core'],
  wire: ['*'],
  main: ['*'],
};

const files = globSync('src', /\.tsx?$/);
const imports = files.flatMap((file) => importsOf(file).map((target) => ({ file, target })));

describe('the arrows of the house', () => {
  it('reads the modules that it judges', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(imports.length).toBeGreaterThan(200);
  });

  it('lets every room import only from the rooms further in', () => {
    const wrong = imports.filter(({ file, target }) => !isAllowed(file, target));
    expect(wrong).toEqual([]);
  });

  it('never lets one adapter import another', () => {
    const folderOf = (path: string) => path.split('/').slice(0, 3).join('/');
    const wrong = imports.filter(
      ({ file, target }) =>
        file.startsWith('src/adapters/') &&
        target.startsWith('src/adapters/') &&
        folderOf(file) !== folderOf(target),
    );
    expect(wrong).toEqual([]);
  });

  it('has no cycles between modules', () => {
    expect(findCycle()).toEqual([]);
  });

  it('lets nothing but the wiring know the wiring', () => {
    const wrong = imports.filter(
      ({ file, target }) => target.startsWith('src/wire/') && !/^src\/(wire\/|main\.ts)/.test(file),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the folder rag to itself', () => {
    const wrong = globSync('rag', /\.tsx?$/).flatMap((file) =>
      importsOf(file).filter((target) => target.startsWith('src/')),
    );
    expect(wrong).toEqual([]);
  });
});

function isAllowed(file: string, target: string): boolean {
  const room = roomOf(file);
  const allowed = ARROWS[room];
  if (allowed === undefined) return false;
  if (allowed.includes('*')) return true;
  if (!target.startsWith('src/'))
    return allowed.includes(target.startsWith('node:') ? 'node' : 'npm');
  if (room === 'adapters' && target.startsWith('src/adapters/')) return true;
  const path = target.slice('src/'.length).replace(/\.tsx?$/, '');
  return allowed.some((entry) => path === entry || path.startsWith(`${entry}/`));
}

const roomOf = (file: string) => (file.split('/')[1] as string).replace(/\.tsx?$/, '');

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^'\n]+)'/g);
  return [...found].map(([, specifier]) => locate(file, specifier as string));
}

function locate(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function findCycle(): readonly string[] {
  const next = new Map(files.map((file) => [file, [] as string[]]));
  for (const { file, target } of imports) if (next.has(target)) next.get(file)?.push(target);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of next.get(file) ?? []) {
      const cycle = visit(target, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
