import { join } from 'node:path';
import type { Place } from './arrange-places.ts';
import { isFolder, linkEnd, namesIn, realPath } from './look.ts';

/** What programs need of a system: no more than that is in sight where nothing else is. */
export function systemPlaces(): readonly Place[] {
  return [
    ...namesIn('/').flatMap((name) => linkAt(`/${name}`)),
    ...FOLDERS.filter((path) => isFolder(path) && linkEnd(path) === null).map(show),
    ...settingsPlaces(),
  ];
}

const FOLDERS = [
  ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/libexec'],
  ...['/opt', '/nix/store', '/gnu/store'],
];

/** Of /etc: names, addresses, libraries, certificates and what runtimes keep there; no keys. */
const SETTINGS = [
  ...['passwd', 'group', 'hosts', 'host.conf', 'nsswitch.conf', 'services', 'protocols'],
  ...['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'ld-musl-x86_64.path', 'ld-musl-aarch64.path'],
  ...['localtime', 'timezone', 'locale.conf', 'mime.types', 'os-release', 'terminfo'],
  ...['alternatives', 'fonts', 'gitconfig'],
  ...['ssl/certs', 'ssl/cert.pem', 'ssl/openssl.cnf', 'ca-certificates', 'crypto-policies'],
  ...['pki/ca-trust/extracted', 'pki/tls/certs', 'pki/tls/cert.pem', 'pki/tls/openssl.cnf'],
  ...['perl', 'maven', 'gradle', 'ant', 'R', 'php', 'ghc'],
];
/** They have a version in their names. */
const SETTINGS_STARTS = /^(java|openjdk|python\d|php|ImageMagick-)/;

function settingsPlaces(): readonly Place[] {
  const versioned = namesIn('/etc').filter((name) => SETTINGS_STARTS.test(name));
  return [...SETTINGS, ...versioned].flatMap((name) => showSetting(join('/etc', name)));
}

/** A link into what is shown anyway stays one: that is cheaper than a mount. */
function showSetting(at: string): readonly Place[] {
  const from = realPath(at);
  if (from === null) return [];
  if (linkEnd(at) !== null && FOLDERS.some((folder) => from.startsWith(`${folder}/`))) {
    return [{ kind: 'link', at, target: from }];
  }
  return [{ kind: 'shown', at, from }];
}

const show = (path: string): Place => ({ kind: 'shown', at: path, from: path });

function linkAt(at: string): readonly Place[] {
  const target = linkEnd(at);
  return target === null ? [] : [{ kind: 'link', at, target }];
}
