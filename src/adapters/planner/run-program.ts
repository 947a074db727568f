import { accessSync, constants } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Request } from '../../core/planner/request.ts';
import { runOf } from '../../core/planner/split-command.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { readManifest } from './manifest.ts';
import type { Outcome, Sight } from './outcome.ts';
import { findExisting } from './workspace-path.ts';

export async function runProgram(
  sight: Sight,
  { command, folder }: Request & { readonly kind: 'run' },
): Promise<Result<Outcome>> {
  const cwd = folder === null ? ok(null) : await folderOf(sight, folder);
  if (!cwd.ok) return cwd;
  const action = runOf(command, cwd.value);
  const program = 'argv' in action ? (action.argv[0] as string) : null;
  if (program !== null && !isThere(sight.searchPath, program)) {
    const script = readManifest(sight.view, cwd.value ?? '')?.scripts[program];
    return fail('not-found', `There is no program ${program}.`, {
      hint:
        script === undefined
          ? 'Look at its name; a program of the project is named with its folder, as in ./tool.'
          : `package.json has a script of this name: run npm run ${program}`,
    });
  }
  const where = cwd.value === null ? '' : ` in ${cwd.value}`;
  const step = {
    title: `run ${command}${where}`,
    why: 'argv' in action ? 'It was asked for.' : 'It was asked for, and needs a shell.',
    action,
  };
  return ok({ steps: [step], open: [] });
}

/** Null for the workspace itself. */
async function folderOf(sight: Sight, named: string): Promise<Result<string | null>> {
  const found = await findExisting(sight.workspace, sight.view, named, sight.signal);
  if (!found.ok) return found;
  const { path, thing } = found.value;
  if (thing.kind === 'folder') return ok(path === '' ? null : path);
  return fail('invalid', `${named} is no folder.`, { hint: 'Put the whole command in quotes.' });
}

/** Whether a bare name leads to a program; what has a slash may still be made. */
function isThere(searchPath: string, program: string): boolean {
  if (program.includes('/') || searchPath === '') return true;
  return searchPath.split(':').some((folder) => isAbsolute(folder) && isRunnable(folder, program));
}

function isRunnable(folder: string, program: string): boolean {
  try {
    accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
