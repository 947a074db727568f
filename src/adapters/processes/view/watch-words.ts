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
  /** The names of the variables that it is started with itself. */
  readonly others: readonly string[];
};

/** The program's own error stream; the cage has the usual one. */
export const PROGRAM_ERRORS = 9;
/** Stays open as long as this process lives. */
export const LIFE_LINE = 8;

/**
 * `variables` are all that the program gets. The shell gives them to it alone, so that nothing
 * before it is asked to load what they name.
 */
export function watchWords(
  { sh, token, place, script, others }: Watch,
  variables: Readonly<Record<string, string>>,
  argv: readonly string[],
): readonly string[] {
  const [before, after] = place === 'loose' ? [HOLD_LINE, DROP_LINE] : ['', ''];
  const given = [...Object.entries(variables).map(([name, value]) => `${name}=${value}`), END];
  const own = [...others, ...OWN_VARIABLES].join(' ');
  if (script === null) {
    return [sh, '-c', `${before}${watch(own)}${after}`, token, ...given, ...argv];
  }
  const inner = [sh, '-c', `${TAKE_CHANNEL}${watch(OWN_VARIABLES.join(' '))}`, token, END];
  const words = [...inner, ...argv].map(quote).join(' ');
  const outer = `${before}${DEAF}${child(own, LENT)}${after}`;
  return [sh, '-c', outer, token, ...given, script, '-qefc', `exec ${words}`, '/dev/null'];
}

/** Stands behind the variables; none is called so. */
const END = '--';

/** One that hears a friendly signal waits on; what it starts hears it as usual. */
const DEAF = 'trap : TERM\n';
/** A shell adds these to what it was given. What it says of a locale is of no interest. */
const OWN_VARIABLES = ['PWD', 'OLDPWD', 'SHLVL'];

const child = (own: string, descriptors: string): string =>
  `(unset ${own}; until [ "$1" = ${END} ]; do export "$1"; shift; done 2>/dev/null; shift; exec "$@" ${descriptors})\n`;

const watch = (own: string): string =>
  `${DEAF}echo "$0 began" >&2\n${child(own, CLOSED)}code=$?\necho "$0 ended $code" >&2\n`;

const NO_CHANNELS = `${LIFE_LINE}>&- ${PROGRAM_ERRORS}>&-`;
const CLOSED = `2>&${PROGRAM_ERRORS} 3>&- 4>&- 5>&- 6>&- 7>&- ${NO_CHANNELS}`;
/** Through the terminal's program the cage's stream travels under another number. */
const CHANNEL = 7;
const LENT = `${CHANNEL}>&2 2>&${PROGRAM_ERRORS} ${NO_CHANNELS}`;
const TAKE_CHANNEL = `exec ${PROGRAM_ERRORS}>&2 2>&${CHANNEL} ${CHANNEL}>&-\n`;

const HOLD_LINE = `(read -r rest <&${LIFE_LINE}; kill -KILL -$$) >/dev/null 2>&1 ${PROGRAM_ERRORS}>&- &\nline=$!\n`;
const DROP_LINE = 'kill -KILL $line\n';

/** As one word for any shell of the usual kind. */
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
