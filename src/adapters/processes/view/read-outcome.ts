import { constants } from 'node:os';

/** What became of a program, as the shell that started it says. */
export type Outcome =
  /** It never came to it; `why` is what the cage complained of. */
  | { readonly kind: 'no-cage'; readonly why: string }
  /** The shell itself could not go on, as when there may be no more processes. */
  | { readonly kind: 'no-start'; readonly why: string }
  | { readonly kind: 'ended'; readonly exitCode: number | null; readonly signal: string | null }
  /** All was ended at once, from outside. */
  | { readonly kind: 'killed' };

/**
 * Reads the error stream of a cage. Between the lines of its beginning and its end a shell only
 * says something where the program died of a signal (for 128 and its number may be any exit code).
 */
export function readOutcome(channel: string, token: string): Outcome {
  const begun = channel.indexOf(`${token} began\n`);
  if (begun === -1) return { kind: 'no-cage', why: lastLine(channel) };
  const rest = channel.slice(begun + `${token} began\n`.length);
  const end = new RegExp(`^${token} ended (\\d+)$`, 'm').exec(rest);
  if (end === null) {
    const why = lastLine(rest);
    return why.includes('fork') ? { kind: 'no-start', why } : { kind: 'killed' };
  }
  const exitCode = Number(end[1]);
  const signal = rest.slice(0, end.index).trim() === '' ? null : signalOf(exitCode - 128);
  return signal === null
    ? { kind: 'ended', exitCode, signal: null }
    : { kind: 'ended', exitCode: null, signal };
}

function signalOf(number: number): string | null {
  const named = Object.entries(constants.signals).find(([, each]) => each === number);
  if (named !== undefined) return named[0];
  return number > 0 && number <= LAST_SIGNAL ? `SIG${number}` : null;
}

const LAST_SIGNAL = 64;

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
