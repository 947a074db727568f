import { makeVisible } from '../core/display/escape.ts';

/** What is said where the session cannot be opened. */
export function describeStartFailure(error: unknown, isAscii: boolean): string {
  const why = error instanceof Error ? error.message : String(error);
  return makeVisible(`tinycode could not start: ${why}`, isAscii);
}
