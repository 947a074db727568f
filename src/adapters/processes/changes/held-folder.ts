import { closeSync, constants, existsSync, fstatSync, openSync, readdirSync } from 'node:fs';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';

/** A folder that is held open: what is looked at below `base` lies in this very folder. */
export type HeldFolder = { readonly base: string; readonly dev: number; release(): void };

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const hasDescriptorPaths = existsSync('/proc/self/fd');

/** The folder that was named to begin with; it may be reached through links. */
export function holdTop(path: string): Result<HeldFolder> {
  try {
    return ok(open(path, O_RDONLY | O_DIRECTORY));
  } catch (error) {
    return fail('unreadable', `The folder ${path} cannot be opened.`, { cause: error });
  }
}

/** A folder in a held one, never through a link; null where it cannot be read. */
export function holdIn(folder: HeldFolder, name: string | Buffer): HeldFolder | null {
  try {
    return open(placeOf(folder, name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch {
    return null;
  }
}

export const placeOf = (folder: HeldFolder, name: string | Buffer): string | Buffer =>
  typeof name === 'string'
    ? `${folder.base}/${name}`
    : Buffer.concat([Buffer.from(`${folder.base}/`), name]);

function open(at: string | Buffer, flags: number): HeldFolder {
  const fd = openSync(at, flags);
  const { dev } = fstatSync(fd);
  const base = hasDescriptorPaths ? `/proc/self/fd/${fd}` : at.toString();
  return { base, dev, release: () => closeSync(fd) };
}

/** The names in a folder; those that are no UTF-8 apart. */
export type Names = { readonly names: readonly string[]; readonly odd: readonly OddName[] };
export type OddName = { readonly bytes: Buffer; readonly shown: string };

export function namesIn(folder: HeldFolder): Names {
  const names = readdirSync(folder.base);
  if (!names.some((name) => name.includes(REPLACED))) return { names, odd: [] };
  const sure: string[] = [];
  const odd: OddName[] = [];
  for (const bytes of readdirSync(folder.base, { encoding: 'buffer' })) {
    const name = bytes.toString('utf8');
    if (Buffer.from(name, 'utf8').equals(bytes)) sure.push(name);
    else odd.push({ bytes, shown: showBytes(bytes) });
  }
  return { names: sure, odd };
}

/** What Node puts in place of bytes that are no UTF-8. */
const REPLACED = '\ufffd';

/** No two names look the same. */
const showBytes = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replaceAll(
      /[^\x20-\x7e]|\\/g,
      (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );

export const oddName = (path: string, shown: string) =>
  fail('unreadable', `A name in ${path === '' ? '.' : path} is no UTF-8: ${shown}`, {
    hint: 'It has to be named otherwise; TinyCode cannot name it without mistaking it for another.',
  });

export const joinPath = (above: string, name: string): string =>
  above === '' ? name : `${above}/${name}`;
