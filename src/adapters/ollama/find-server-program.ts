import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, join, sep } from 'node:path';

/** Where Ollama is put when it is not on the search path. */
const USUAL_PLACES = [
  '/usr/local/bin',
  '/usr/bin',
  '/opt/homebrew/bin',
  '/Applications/Ollama.app/Contents/Resources',
];

/**
 * The program that `ollama serve` would be, so that starting it can be offered; null where it is
 * not installed. `searchPath` is the value of PATH. What lies in the workspace came with it, and is
 * not the server.
 */
export async function findServerProgram(given: {
  readonly searchPath: string;
  readonly home: string;
  readonly workspace: string;
  readonly isWindows?: boolean;
}): Promise<string | null> {
  const name = given.isWindows ? 'ollama.exe' : 'ollama';
  const folders = given.searchPath
    .split(delimiter)
    .filter((folder) => folder.startsWith('/') || given.isWindows);
  const own = given.isWindows
    ? join(given.home, 'AppData', 'Local', 'Programs', 'Ollama')
    : join(given.home, '.local', 'bin');
  for (const folder of [...folders.slice(0, MAX_FOLDERS), ...USUAL_PLACES, own]) {
    const path = join(folder, name);
    if (await isProgram(path, given.workspace)) return path;
  }
  return null;
}

const MAX_FOLDERS = 200;

async function isProgram(path: string, workspace: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    const places = [path, await realpath(path)];
    const real = await realpath(workspace).catch(() => workspace);
    const roots = [workspace, real].map((root) => `${root}${sep}`);
    const isInside = places.some((place) => roots.some((root) => join(place).startsWith(root)));
    return !isInside && (await stat(path)).isFile();
  } catch {
    return false;
  }
}
