/** A call of git, `git` included, and the variables that belong to it. */
export type GitCall = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/**
 * The words behind `git` as a call that runs no program which only the repository names. `drivers`
 * are the settings that `findDrivers` found.
 */
export function hardenGit(argv: readonly string[], drivers: readonly string[]): GitCall {
  return { argv: ['git', ...drivers.flatMap((key) => ['-c', `${key}=`]), ...argv], env: {} };
}
