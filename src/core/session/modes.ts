import { fail, ok } from '../result.ts';
import type { Level, Mode, Result } from '../types.ts';

/** What each mode lets happen, in the words that screens use. */
export const MODE_SUMMARIES: Readonly<Record<Mode, string>> = {
  chat: 'looks only',
  propose: 'may make plans',
  execute: 'may run approved plans',
};

/** What each level asks about. */
export const LEVEL_SUMMARIES: Readonly<Record<Level, string>> = {
  permissive: 'asks about what is risky',
  standard: 'asks about what is not plainly a look, a build or a test',
  strict: 'asks about whatever is not plainly a look',
  paranoid: 'asks about all but a handful of looks',
};

/**
 * Whether the session may go from one mode to another. Stepping back is always possible; at the
 * two strict levels the way up goes one step at a time, so that nobody lands in execute by a slip.
 */
export function checkTransition(from: Mode, to: Mode, level: Level): Result<Mode> {
  const isStepwise = level === 'strict' || level === 'paranoid';
  if (isStepwise && from === 'chat' && to === 'execute') {
    return fail('mode', `At level ${level}, execute is reached from propose only.`, {
      hint: 'mode propose, then mode execute.',
    });
  }
  return ok(to);
}
