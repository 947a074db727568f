import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

export type RuleFile = { readonly path: string; readonly text: string };

/** All YAML files of a folder, by name, so that their order never depends on the disk. */
export function readRuleFiles(folder: string): Result<readonly RuleFile[]> {
  try {
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
    return ok(
      names.sort().map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
    );
  } catch (cause) {
    return fail('unreadable', `The policies in ${folder} cannot be read.`, {
      hint: 'Without them nothing is allowed; install TinyCode again.',
      cause,
    });
  }
}

/** Null when it is not there or cannot be read: it only saves time. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
