import { troubleOf } from '../models/trouble.ts';
import type { Failure, ModelTrouble } from '../types.ts';

/** Troubles of an answer, not of the server: asked once more, the model may do better. */
const MENDABLE: readonly (ModelTrouble | undefined)[] = [
  'empty',
  'repetition',
  'too-long',
  'no-json',
  'cut-json',
  'schema',
];

export const isMendable = (failure: Failure): boolean => MENDABLE.includes(troubleOf(failure));
