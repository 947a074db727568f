import { isAbsolute } from 'node:path';

/**
 * What a child gets: the few variables that programs need, and what the request says. Tokens and
 * keys that lie in an environment never reach it, as only names on this list do.
 */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  requested: Readonly<Record<string, string>>,
): Record<string, string> {
  const passed = Object.entries(own).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isPassed(entry[0]),
  );
  const env = Object.fromEntries(passed);
  if (env.PATH !== undefined) env.PATH = absoluteOnly(env.PATH);
  // Nobody sits before it: no colours, no pager, no cursor movement.
  return { ...env, TERM: 'dumb', ...requested };
}

const PASSED: readonly string[] = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'USER',
  'LOGNAME',
  'SHELL',
];

const isPassed = (name: string): boolean => PASSED.includes(name) || /^LC_[A-Z]+$/.test(name);

/** A relative entry would find programs in the folder that is worked on. */
const absoluteOnly = (path: string): string => path.split(':').filter(isAbsolute).join(':');
