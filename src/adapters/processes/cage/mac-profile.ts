import { dirname } from 'node:path';
import type { Place } from './arrange-places.ts';
import type { Inside } from './inside.ts';

/**
 * What sandbox-exec is told on macOS, where of several rules the last one that fits holds. Nothing
 * can be laid over a folder there, so temporary folders are those of the system, and a home is
 * closed for reading but for tool chains.
 */
export function macProfile(inside: Inside, around: readonly Place[]): string {
  const at = (...kinds: readonly Place['kind'][]) =>
    around.filter(({ kind }) => kinds.includes(kind)).map((place) => place.at);
  const { workspace } = inside;
  const temporary = [...TEMPORARY, ...(inside.env.TMPDIR ? [inside.env.TMPDIR] : [])];
  const chains = at('shown');
  const above = [workspace, ...chains].flatMap(foldersAbove);
  return [
    '(version 1)',
    '(allow default)',
    ...(inside.hasNetwork ? [] : ['(deny network*)']),
    // Whoever may ask the system's services for it opens a program outside of the cage.
    '(deny mach-lookup)',
    `(allow mach-lookup ${SERVICES.map((name) => `(global-name ${quote(name)})`).join(' ')})`,
    '(deny appleevent-send)',
    '(deny signal)',
    '(allow signal (target same-sandbox))',
    '(deny process-info* (target others))',
    rule('deny', 'file-read*', [...at('scratch'), ...at('hidden')].filter(isNotTemporary)),
    rule('allow', 'file-read-metadata', above, 'literal'),
    rule('allow', 'file-read*', chains),
    '(deny file-write*)',
    rule('allow', 'file-write*', [...DEVICES], 'literal'),
    rule('allow', 'file-write*', temporary),
    rule('allow', inside.isWritable ? 'file*' : 'file-read*', [workspace]),
    rule(
      'deny',
      'file*',
      at('hidden').filter((path) => path.startsWith(`${workspace}/`)),
    ),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

const TEMPORARY = ['/private/tmp', '/private/var/tmp'];
const DEVICES = ['/dev/null', '/dev/zero', '/dev/tty', '/dev/dtracehelper'];
const SERVICES = [
  'com.apple.system.opendirectoryd.libinfo',
  'com.apple.system.opendirectoryd.membership',
  'com.apple.system.notification_center',
  'com.apple.system.logger',
  'com.apple.logd',
  'com.apple.bsd.dirhelper',
  'com.apple.FSEvents',
];

const isNotTemporary = (path: string): boolean => !TEMPORARY.includes(path);

function rule(
  verdict: 'allow' | 'deny',
  what: string,
  paths: readonly string[],
  how: 'subpath' | 'literal' = 'subpath',
): string {
  const filters = [...new Set(paths)].map((path) => `(${how} ${quote(path)})`);
  return filters.length === 0 ? '' : `(${verdict} ${what} ${filters.join(' ')})`;
}

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const foldersAbove = (path: string): readonly string[] =>
  path === '/' ? ['/'] : [...foldersAbove(dirname(path)), dirname(path)];
