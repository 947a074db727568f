import { lstatSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { ConfigScope, Result } from '../../core/types.ts';
import type { Places } from '../../ports.ts';
import { codeOf, failureOf } from './system-errors.ts';

/** As trust and messages name it, relative to the workspace. */
export const WORKSPACE_CONFIG = '.tinycode/config.yaml';

export const MAX_CONFIG_BYTES = 256 * 1024;

export const configPathOf = (places: Pick<Places, 'config' | 'workspace'>, scope: ConfigScope) =>
  scope === 'user' ? join(places.config, 'config.yaml') : join(places.workspace, WORKSPACE_CONFIG);

/**
 * The real file behind a config file's name, which may not be there yet. People keep their own
 * settings behind links; a workspace's link may not lead out of it.
 */
export function resolveConfigFile(
  places: Pick<Places, 'config' | 'workspace'>,
  scope: ConfigScope,
): Result<string> {
  const path = configPathOf(places, scope);
  let real: string;
  try {
    real = realOf(path);
  } catch (error) {
    return failureOf(error, 'unreadable', `${path} cannot be read`);
  }
  if (scope === 'workspace' && !isInside(places.workspace, real)) {
    return fail('untrusted', `${path} leads out of the workspace, to ${real}.`, {
      hint: 'Put a file there instead of the link.',
    });
  }
  return ok(real);
}

export const isInside = (folder: string, path: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTDIR') return path;
    if (code !== 'ENOENT') throw error;
    if (isLink(path)) throw new Error('it is a link to a file that is not there');
    return join(realOfFolder(path), path.slice(path.lastIndexOf(sep) + 1));
  }
}

function realOfFolder(path: string): string {
  const folder = path.slice(0, path.lastIndexOf(sep)) || sep;
  return folder === path ? path : realOf(folder);
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
