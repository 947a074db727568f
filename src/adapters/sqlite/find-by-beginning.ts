import { fail, ok } from '../../core/result.ts';
import type { Failure, Result } from '../../core/types.ts';

/** A usage failure names so many of those that could have been meant. */
const MAX_NAMED = 10;

/** The one of these that is meant by all of its name, or by an unambiguous beginning of it. */
export function findByBeginning(
  typed: string,
  names: readonly string[],
  what: string,
  missing: Failure,
): Result<string> {
  if (names.includes(typed)) return ok(typed);
  const meant = typed === '' ? [] : names.filter((name) => name.startsWith(typed));
  const [only, ...others] = meant;
  if (only === undefined) return { ok: false, error: missing };
  if (others.length === 0) return ok(only);
  const more = meant.length > MAX_NAMED ? ` and ${meant.length - MAX_NAMED} more` : '';
  return fail('usage', `“${typed}” is the beginning of ${meant.length} ${what}.`, {
    hint: `There are ${meant.slice(0, MAX_NAMED).join(', ')}${more}.`,
  });
}
