import type { FoundPlaces } from '../adapters/system/places.ts';
import type { CommandLine } from '../core/commands/globals.ts';

/** What a run begins with, whichever door it comes in by. */
export type Start = {
  readonly line: CommandLine;
  readonly version: string;
  readonly places: FoundPlaces;
  readonly env: NodeJS.ProcessEnv;
};
