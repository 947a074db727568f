/** The words behind `git`, taken apart at its subcommand. */
export type GitWords = {
  /** Options of git itself. */
  readonly globals: readonly string[];
  /** Empty where there is none. */
  readonly command: string;
  readonly rest: readonly string[];
};

export function splitGitWords(argv: readonly string[]): GitWords {
  let at = 0;
  while (at < argv.length && (argv[at] as string).startsWith('-')) {
    at += WITH_VALUE.has(argv[at] as string) ? 2 : 1;
  }
  return { globals: argv.slice(0, at), command: argv[at] ?? '', rest: argv.slice(at + 1) };
}

/** Those that say which repository is meant; the rest is about how, or sets something. */
export function locateRepository(globals: readonly string[]): readonly string[] {
  const located: string[] = [];
  for (let at = 0; at < globals.length; at++) {
    const word = globals[at] as string;
    const value = WITH_VALUE.has(word) ? globals[++at] : undefined;
    if (LOCATING.test(word)) located.push(word, ...(value === undefined ? [] : [value]));
  }
  return located;
}

const WITH_VALUE: ReadonlySet<string> = new Set([
  '-C',
  '-c',
  '--git-dir',
  '--work-tree',
  '--namespace',
  '--super-prefix',
  '--config-env',
  '--attr-source',
]);

/** The subcommands that write down who did it. */
export const NAMING: ReadonlySet<string> = new Set(
  'am cherry-pick commit commit-tree merge notes pull rebase revert stash tag'.split(' '),
);

const LOCATING = /^(-C|--bare|--(git-dir|work-tree)(=.*)?)$/s;
