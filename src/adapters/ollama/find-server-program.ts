import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where Ollama is put when it is not on the search path. */
const USUAL_PLACES = [
  '/usr/local/bin',
  '/usr/bin',
  '/opt/homebrew/bin',
  '/Applications/Ollama.app/Contents/Resources',
];

/**
 * The program that `ollama serve` would be, so that starting it can be offered; null where it is
 * not installed. `searchPath` is the value of PATH.
 */
export async function findServerProgram(given: {
  readonly searchPath: string;
  readonly home: string;
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
    if (await isProgram(path)) return path;
  }
  return null;
}

const MAX_FOLDERS = 200;

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
