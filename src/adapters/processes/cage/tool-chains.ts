import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { KNOWN_CHAINS, type KnownChain } from './known-chains.ts';
import { isFolder, isThere, namesIn, realPath } from './look.ts';
import { SECRET_PLACES } from './secret-places.ts';
import { isWithin } from './within.ts';

/**
 * The folders that programs found through PATH read, and those of known tool chains. Never a home
 * or a folder above it, and nothing that holds keys: of `.cargo`, for one, only what it has
 * downloaded. All of them are there; their paths may lead through links.
 */
export function findToolChains(given: {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): readonly string[] {
  const known = KNOWN_CHAINS.flatMap((chain) => partsOf(chain, given.home, given.env));
  const entries = (given.env.PATH ?? '').split(':').slice(0, MAX_PATH_ENTRIES);
  const onPath = entries.filter(isAbsolute).map(trim).filter(isFolder).map(prefixOf);
  const all = [...new Set([...known, ...onPath])];
  const secrets = SECRET_PLACES.map((place) => join(given.home, place));
  return all.filter((path) => !holdsHome(path, given.home) && !isSecret(path, secrets));
}

const MAX_PATH_ENTRIES = 256;

function partsOf(
  { at, moved, parts }: KnownChain,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const elsewhere = moved === undefined ? undefined : env[moved];
  const roots = [
    ...(at === undefined ? [] : [join(home, at)]),
    ...(elsewhere && isAbsolute(elsewhere) ? [elsewhere] : []),
  ];
  const paths = roots.flatMap((root) => (parts ?? ['']).flatMap((part) => matches(root, part)));
  return paths.filter(isThere);
}

/** `python3*` stands for all that begins so. */
function matches(root: string, part: string): readonly string[] {
  if (!part.endsWith('*')) return [trim(join(root, part))];
  const folder = join(root, dirname(part));
  const start = basename(part).slice(0, -1);
  const names = namesIn(folder).filter((name) => name.startsWith(start));
  return names.map((name) => join(folder, name));
}

/** Programs in `bin` find their libraries beside it, where it looks like a place of that kind. */
function prefixOf(entry: string): string {
  if (!['bin', 'sbin', 'shims', 'Scripts'].includes(basename(entry))) return entry;
  const above = dirname(entry);
  return ['lib', 'lib64', 'libexec', 'versions'].some((name) => isFolder(join(above, name))) &&
    !TOO_WIDE.includes(basename(above))
    ? above
    : entry;
}

/** They have a `lib` too, and much else. */
const TOO_WIDE = ['.local', '.config', '.cache', '.cargo', 'home', 'root', 'tmp'];

const holdsHome = (path: string, home: string): boolean =>
  isWithin(home, path) || isWithin(home, realPath(path) ?? path);

const isSecret = (path: string, secrets: readonly string[]): boolean => {
  const real = realPath(path) ?? path;
  return secrets.some((secret) => isWithin(path, secret) || isWithin(real, secret));
};

const trim = (path: string): string => {
  const plain = normalize(path);
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain;
};
