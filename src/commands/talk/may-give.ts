import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { mayRead } from '../files/may-read.ts';

/** Whether the policy lets a file go to a model. */
export const mayGive = (
  path: string,
  context: CommandContext,
  how: 'named' | 'found',
): Promise<Result<void>> => mayRead(path, context, how, WORDS);

const WORDS = {
  refused: 'was not given to the model',
  leftOut: 'was left out',
  asks: 'The model would read',
  yes: 'let it',
};
