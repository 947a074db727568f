import { isAbsolute } from 'node:path';
import type { Rung } from '../../../core/types.ts';
import { KNOWN_CHAINS } from './known-chains.ts';

/**
 * What a child gets: the few variables that programs need, and what the request says. Tokens and
 * keys that lie in an environment never reach it, as only names on this list do. What a request
 * says itself passes whatever it looks like: it is text of the step, so whoever approves it has
 * read it, and whoever wrote it knew it already.
 */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  request: {
    readonly env: Readonly<Record<string, string>>;
    readonly rung: Rung;
    readonly hasTerminal: boolean;
  },
): Record<string, string> {
  const passed = Object.entries(own).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isPassed(entry[0]),
  );
  const env = Object.fromEntries(passed);
  if (env.PATH !== undefined) env.PATH = absoluteOnly(env.PATH);
  if (request.rung === 'L2' || request.rung === 'L3') env.TMPDIR = '/tmp';
  // Nobody sits before it: no colours, no pager, no cursor movement.
  return { ...env, TERM: request.hasTerminal ? 'xterm-256color' : 'dumb', ...request.env };
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
  // Where tool chains are.
  ...KNOWN_CHAINS.flatMap(({ moved }) => moved ?? []),
];

const isPassed = (name: string): boolean => PASSED.includes(name) || /^LC_[A-Z]+$/.test(name);

/** A relative entry would find programs in the folder that is worked on. */
const absoluteOnly = (path: string): string => path.split(':').filter(isAbsolute).join(':');
