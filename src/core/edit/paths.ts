import { refuse } from './refuse.ts';
import type { Edited } from './types.ts';

/** Where an edit may point, and what a path that is not quite right means. */

type Known = { readonly paths: readonly string[]; exists(path: string): boolean };

const MAX_PATH = 1024;

/** A path of the reply as one of the workspace: with slashes, without dots, inside. */
export function cleanPath(raw: string): Edited<string> {
  const given = raw.trim();
  const outside = refuse(
    'outside-workspace',
    `${given.slice(0, 200)} points outside of the workspace. Name the file by its path inside of it.`,
    { path: given },
  );
  if (given === '' || given.length > MAX_PATH || /[\x00-\x1f\x7f]/.test(given)) {
    return refuse('malformed', 'The edit names no path that a file could have.', {});
  }
  if (/^([/\\~]|[A-Za-z]:|[a-z][a-z0-9+.-]*:\/\/|file:|\$\{?[A-Z]|%[A-Z]+%)/i.test(given))
    return outside;
  const parts: string[] = [];
  for (const part of given.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return outside;
  }
  if (parts.length === 0 || /[/\\]$/.test(given)) {
    return refuse('malformed', `${given} names no file.`, { path: given });
  }
  if (parts.some(isGitFolder)) {
    return refuse(
      'protected',
      `${given} lies in a .git folder, which no edit may touch. Change it with git.`,
      { path: given },
    );
  }
  return { ok: true, value: parts.join('/') };
}

/** `.git` under any name that a file system may take for it. */
export function isGitFolder(part: string): boolean {
  const name = (part.split(':')[0] ?? '')
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/\u0131/g, 'i')
    .replace(/[. ]+$/, '');
  return name === '.git' || /^git~\d+$/.test(name);
}

/** The file that is meant: itself, else the only one that is written alike, else of the same name. */
export function repairPath(path: string, known: Known): Edited<string> {
  if (known.exists(path)) return { ok: true, value: path };
  const alike = known.paths.filter((other) => fold(other) === fold(path));
  if (alike.length === 1) return { ok: true, value: alike[0] as string };
  const same = sameName(path, known.paths);
  if (same.length === 1) return { ok: true, value: same[0] as string };
  if (same.length === 0) {
    return refuse('no-match', `There is no file ${path} in the workspace. Check the path.`, {
      path,
    });
  }
  const some = same.slice(0, 3).join(', ');
  return refuse(
    'ambiguous',
    `There is no file ${path}, and ${same.length} files have that name (${some}). Give the whole path.`,
    { path },
  );
}

export function sameName(path: string, paths: readonly string[]): readonly string[] {
  const name = baseName(path);
  return paths.filter((other) => baseName(other) === name);
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).normalize('NFC');

const fold = (path: string): string => path.normalize('NFC').toLowerCase();

/** A new file cannot lie inside of a file, nor take the place of a folder. */
export function findObstacle(path: string, known: Known): string | null {
  const parts = path.split('/');
  for (let length = 1; length < parts.length; length += 1) {
    const above = parts.slice(0, length).join('/');
    if (known.paths.includes(above)) return `${above} is a file`;
  }
  return known.paths.some((other) => other.startsWith(`${path}/`)) ? `${path} is a folder` : null;
}
