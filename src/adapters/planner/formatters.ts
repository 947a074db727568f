import { readManifest, readSmallText } from './manifest.ts';
import type { WorkspaceView } from './workspace-view.ts';

/** A formatter that a project names. `paths` are relative to the folder; none stand for all. */
export type Formatter = {
  readonly name: string;
  /** Where it is named, and where it is to run. */
  readonly folder: string;
  readonly endings: RegExp;
  readonly argvFor: (paths: readonly string[]) => readonly string[];
  /** It cannot be told to format only some files. */
  readonly isForAll: boolean;
};

export const LOOKED_FOR =
  'a format script, Biome, Prettier or ESLint in package.json, Ruff or Black in pyproject.toml, go.mod and Cargo.toml';

/** The nearest of each kind, from a folder upwards. */
export function findFormatters(
  view: WorkspaceView,
  start: string,
  isWhole: boolean,
): readonly Formatter[] {
  const finders = [nodeFormatter, pythonFormatter, goFormatter, rustFormatter];
  return finders.flatMap((find) => {
    for (const folder of [...foldersUp(start)]) {
      const found = find(view, folder, isWhole);
      if (found !== null) return [found];
    }
    return [];
  });
}

function* foldersUp(start: string): Generator<string> {
  for (let folder = start; folder !== ''; ) {
    yield folder;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  }
  yield '';
}

const inFolder = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);
const WEB =
  /\.(?:[cm]?[jt]sx?|json[c5]?|css|scss|less|html?|vue|svelte|astro|md|mdx|ya?ml|graphql)$/i;
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/i;

/** Never installs anything: `--no-install`. */
const tool = (...argv: readonly string[]) => ['npx', '--no-install', ...argv];

const NODE_TOOLS = [
  { package: '@biomejs/biome', argv: tool('biome', 'format', '--write'), endings: WEB },
  { package: 'prettier', argv: tool('prettier', '--write'), endings: WEB },
  { package: 'eslint', argv: tool('eslint', '--fix'), endings: CODE },
] as const;
const SCRIPTS = ['format', 'fmt', 'prettier', 'lint:fix'];

/** For everything the project's own script; for some files the tool itself, where one is named. */
function nodeFormatter(view: WorkspaceView, folder: string, isWhole: boolean): Formatter | null {
  const manifest = readManifest(view, folder);
  if (manifest === null) return null;
  const script = SCRIPTS.find((name) => typeof manifest.scripts[name] === 'string');
  const own = NODE_TOOLS.find((each) => manifest.packages.has(each.package));
  if (script !== undefined && (isWhole || own === undefined)) {
    const argv = [managerOf(view, folder), 'run', script];
    return {
      name: `the script ${script} of ${inFolder(folder, 'package.json')}`,
      folder,
      endings: WEB,
      argvFor: () => argv,
      isForAll: true,
    };
  }
  if (own === undefined) return null;
  return {
    name: `${own.package} of ${inFolder(folder, 'package.json')}`,
    folder,
    endings: own.endings,
    argvFor: (paths) => [...own.argv, ...orHere(paths)],
    isForAll: false,
  };
}

const LOCKS = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun' } as const;

function managerOf(view: WorkspaceView, folder: string): string {
  const found = Object.entries(LOCKS).find(
    ([file]) => view.look(inFolder(folder, file)).kind === 'file',
  );
  return found?.[1] ?? 'npm';
}

function pythonFormatter(view: WorkspaceView, folder: string): Formatter | null {
  const path = inFolder(folder, 'pyproject.toml');
  const text = readSmallText(view, path);
  const name = /\bruff\b/.test(text ?? '') ? 'ruff' : /\bblack\b/.test(text ?? '') ? 'black' : null;
  if (name === null) return null;
  const argv = name === 'ruff' ? ['ruff', 'format'] : ['black'];
  return {
    name: `${name} of ${path}`,
    folder,
    endings: /\.pyi?$/,
    argvFor: (paths) => [...argv, ...orHere(paths)],
    isForAll: false,
  };
}

function goFormatter(view: WorkspaceView, folder: string): Formatter | null {
  const path = inFolder(folder, 'go.mod');
  if (view.look(path).kind !== 'file') return null;
  const argvFor = (paths: readonly string[]) => ['gofmt', '-w', ...orHere(paths)];
  return { name: `gofmt, as there is ${path}`, folder, endings: /\.go$/, argvFor, isForAll: false };
}

function rustFormatter(view: WorkspaceView, folder: string): Formatter | null {
  const path = inFolder(folder, 'Cargo.toml');
  if (view.look(path).kind !== 'file') return null;
  const argvFor = () => ['cargo', 'fmt'];
  return { name: `cargo, as there is ${path}`, folder, endings: /\.rs$/, argvFor, isForAll: true };
}

/** A path that begins with a dash would be read as an option. */
const orHere = (paths: readonly string[]): readonly string[] =>
  paths.length === 0 ? ['.'] : paths.map((path) => (path.startsWith('-') ? `./${path}` : path));
