/**
 * The innermost words of every cage: a shell that starts the program, waits for it and says on the
 * cage's own error stream when it began and how it ended. So what a cage complains of is never
 * taken for the program's words, a cage that was not made never for a program that failed, and a
 * signal never for an exit code. In a process namespace it is the first one: when it goes, the
 * kernel ends all that is left.
 */
export type Watch = {
  readonly sh: string;
  /** Tells this shell's lines from all others. */
  readonly token: string;
  /**
   * `first`: of a process namespace. `loose`: there is none, so it also watches the line on which
   * this process would be missed, and then ends its group.
   */
  readonly place: 'first' | 'loose';
  /** The program that gives a program a terminal; null where it gets none. */
  readonly script: string | null;
};

/** The program's own error stream; the cage has the usual one. */
export const PROGRAM_ERRORS = 9;
/** Stays open as long as this process lives. */
export const LIFE_LINE = 8;

export function watchWords({ sh, token, place, script }: Watch, argv: readonly string[]) {
  const [before, after] = place === 'loose' ? [HOLD_LINE, DROP_LINE] : ['', ''];
  if (script === null) return [sh, '-c', `${before}${WATCH}${after}`, token, ...argv];
  const inner = [sh, '-c', `${TAKE_CHANNEL}${WATCH}`, token, ...argv].map(quote).join(' ');
  const outer = `${before}${LEND_CHANNEL}${after}`;
  return [sh, '-c', outer, token, script, '-qefc', `exec ${inner}`, '/dev/null'];
}

/** One that hears a friendly signal waits on; what it starts hears it as usual. */
const DEAF = 'trap : TERM\n';
const NO_OTHERS = '3>&- 4>&- 5>&- 6>&- 7>&-';

const WATCH = `${DEAF}echo "$0 began" >&2
(exec "$@" 2>&${PROGRAM_ERRORS} ${NO_OTHERS} ${LIFE_LINE}>&- ${PROGRAM_ERRORS}>&-)
code=$?
echo "$0 ended $code" >&2
`;

/** Through the terminal's program the cage's stream travels under another number. */
const CHANNEL = 7;
const LEND_CHANNEL = `${DEAF}(exec "$@" ${CHANNEL}>&2 2>&${PROGRAM_ERRORS} ${LIFE_LINE}>&- ${PROGRAM_ERRORS}>&-)
`;
const TAKE_CHANNEL = `exec ${PROGRAM_ERRORS}>&2 2>&${CHANNEL} ${CHANNEL}>&-
`;

const HOLD_LINE = `(read -r rest <&${LIFE_LINE}; kill -KILL -$$) >/dev/null 2>&1 ${PROGRAM_ERRORS}>&- &
line=$!
`;
const DROP_LINE = `kill -KILL $line
`;

/** As one word for any shell of the usual kind. */
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
