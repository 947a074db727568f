import { basename, dirname, join } from 'node:path';
import type { Places } from '../../../ports.ts';
import type { Place } from './arrange-places.ts';
import { findGitFolders } from './git-folders.ts';
import { linksAlong } from './links.ts';
import { isFolder, realPath } from './look.ts';
import { findRootSecrets } from './root-secrets.ts';
import { SECRET_PLACES } from './secret-places.ts';
import { findSockets } from './sockets.ts';
import { systemPlaces } from './system-places.ts';
import { findToolChains } from './tool-chains.ts';
import { isWithin } from './within.ts';

/** What lies around a workspace on this machine, as far as cages care. */
export type Surroundings = {
  /** What a root that shows nothing else needs. */
  readonly system: readonly Place[];
  /** What is laid over any root. Of several at one path the last one holds. */
  readonly around: readonly Place[];
};

/** Looks at the disk. Done anew for each program: tools and secrets come while TinyCode runs. */
export function lookAround(given: {
  readonly places: Places;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number;
  readonly hasNetwork: boolean;
}): Surroundings {
  const { places, env } = given;
  const { workspace, home } = places;
  const scratch = [...realOnes(TEMPORARY), ...(isWithin(home, workspace) ? [] : [home])];
  const closed = realOnes(CLOSED);
  const secret = realOnes([
    ...ownFolders(places),
    ...SECRET_PLACES.map((place) => join(home, place)),
  ]);
  const hidden = [
    ...closed.filter((path) => !isWithin(path, workspace) || path === RUNNING),
    ...secret,
    ...findSockets(),
    ...(given.uid === 0 ? findRootSecrets() : []),
  ];
  const never = [workspace, home, ...scratch, ...closed, ...secret];
  const chains = findToolChains({ home, env }).filter(
    (path) => !never.some((each) => isWithin(each, path)),
  );
  const shown = [
    ...chains,
    ...findGitFolders(workspace),
    ...(given.hasNetwork ? ['/etc/resolv.conf'] : []),
  ];
  return {
    system: systemPlaces(),
    around: [
      ...[env.HOME ?? home, ...TEMPORARY, ...shown].flatMap(linksAlong),
      ...hidden.map((at): Place => ({ kind: 'hidden', at, isFolder: isFolder(at) })),
      ...scratch.map((at): Place => ({ kind: 'scratch', at })),
      ...realOnes(shown).map((at): Place => ({ kind: 'shown', at, from: at })),
    ],
  };
}

const TEMPORARY = ['/tmp', '/var/tmp'];
/** Where services listen. */
const RUNNING = '/run';
/** And where people other than this one are at home. */
const CLOSED = [RUNNING, '/home', '/root', '/var/home', '/var/roothome'];

/** What TinyCode keeps of all workspaces. */
const ownFolders = ({ state, config, cache }: Places): readonly string[] => [
  basename(dirname(state)) === 'workspaces' ? dirname(state) : state,
  config,
  cache,
];

const realOnes = (paths: readonly string[]): readonly string[] =>
  paths.map(realPath).filter((path): path is string => path !== null && path !== '/');
