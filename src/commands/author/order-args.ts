import { tidyPath } from '../../core/plan/paths.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { AUTHOR_LIMITS } from './author-limits.ts';

/** What the cards of all commands share for which a model plans. */
export const PLANNING = {
  family: 'plan',
  kind: 'propose',
  risk: 'low',
  modes: ['propose', 'execute'],
  needs: ['audit-log', 'model'],
  limits: AUTHOR_LIMITS,
} as const;

export const FILE_ARG = {
  kind: 'positional',
  type: 'text',
  isRequired: true,
  completes: 'path',
  valueName: 'PATH',
} as const;

/** A file that is there, by its path in the workspace. */
export function findFile({ readers, situation }: CommandContext, given: string): Result<string> {
  const path = tidyPath(situation.workspace, given);
  if (!path.ok) return path;
  const image = readers.images.look(path.value);
  if (!image.ok) return image;
  if (image.value.kind === 'file') return path;
  return image.value.kind === 'absent'
    ? fail('not-found', `There is no file ${path.value}.`)
    : fail('usage', `${path.value} is no regular file.`);
}

export const textOf = ({ readers }: CommandContext, path: string): Result<string> => {
  const loaded = readers.images.load(path);
  if (!loaded.ok) return loaded;
  const content = readers.hashing.contentOf(loaded.value.bytes);
  return typeof content === 'string' ? ok(content) : fail('unreadable', `${path} is no text.`);
};
