import { fail, ok } from '../../../core/result.ts';
import type { Result, Rung } from '../../../core/types.ts';
import type { ProgramRequest } from '../../../ports.ts';
import type { Cages } from '../cage/cage-reader.ts';
import { childEnvironment } from '../cage/child-environment.ts';
import { capWords } from '../limits/cap-words.ts';
import type { Group } from '../limits/groups.ts';
import { type LimitTools, limitWords } from '../limits/prlimit-words.ts';
import type { Ground } from './ground.ts';
import type { Command } from './start-program.ts';
import { type Watch, watchWords } from './watch-words.ts';

export type PreparedCommand = Pick<Command, 'argv' | 'env' | 'bytes'> & {
  readonly place: 'first' | 'loose';
  /** How many processes stand between the one that is started and the program. */
  readonly wrappers: number;
};

/** All words, from what joins a group to the program's own. */
export async function commandFor(
  given: {
    readonly cages: Cages;
    readonly limitTools: LimitTools;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly ground: Ground;
    readonly group: Group | null;
    readonly token: string;
    /** As the cage is told of it. */
    readonly cwd: string;
  },
  request: ProgramRequest,
  signal: AbortSignal,
): Promise<Result<PreparedCommand>> {
  const { cages, ground, group, token } = given;
  const { cage, hasTerminal, argv } = request;
  const { sh, script } = cages.tools;
  if (sh === null) return fail('unavailable', 'There is no shell that could watch a program.');
  if (hasTerminal && script === null) return NO_TERMINAL;
  const { rung } = cage;
  const all = childEnvironment(given.env, { env: request.env, rung, hasTerminal });
  // What gives it a terminal starts it with the shell that is named there.
  const own = hasTerminal ? { ...all, SHELL: sh } : all;
  const enclosed = await cages.enclose(
    rung,
    {
      workspace: ground.workspace,
      folder: ground.folder,
      cwd: given.cwd,
      env: own,
      hasNetwork: cage.network,
      isWritable: true,
      isHeld: ground.holder !== null,
      tempBytes: cage.limits.diskBytes,
    },
    signal,
  );
  if (!enclosed.ok) return enclosed;
  const { argv: words, bytes, env } = enclosed.value;
  const isFirst = ground.holder !== null || isByBwrap(rung, cages);
  // Where no group counts processes, the holder's own numbers bound them, for root as well.
  const isUncounted = ground.holder !== null && !group?.controllers.includes('pids');
  const place: Watch['place'] = isFirst ? 'first' : 'loose';
  const watch: Watch = {
    ...{ sh, token, place },
    ...{ script: hasTerminal ? script : null, others: Object.keys(env) },
  };
  const { plain, odd } = sortVariables(own, cages.tools.env);
  const limits = limitWords(cage.limits, given.limitTools, { hasOwnUsers: isFirst });
  return ok({
    argv: [
      ...(group?.words ?? []),
      ...(ground.holder?.words ?? []),
      ...(isUncounted ? capWords(cage.limits) : []),
      ...words,
      ...limits,
      ...watchWords(watch, plain, [...odd, ...argv]),
    ],
    env,
    bytes,
    place,
    wrappers: (ground.holder === null ? 0 : 1) + (isFirst ? 2 : 1) + (hasTerminal ? 2 : 0),
  });
}

const NO_TERMINAL = fail('unavailable', 'A terminal for a program is made with “script”.', {
  hint: 'Install util-linux (of some systems: bsdutils), or run it without a terminal.',
});

/** A shell passes on those alone that it could have itself, and that are not its own. */
function sortVariables(env: Readonly<Record<string, string>>, program: string | null) {
  const all = Object.entries(env);
  const odd = all.filter(([name]) => !PASSED_ON.test(name));
  return {
    plain: Object.fromEntries(all.filter(([name]) => PASSED_ON.test(name))),
    odd:
      odd.length === 0 || program === null
        ? []
        : [program, ...odd.map(([name, value]) => `${name}=${value}`)],
  };
}

const PASSED_ON =
  /^(?!(PWD|OLDPWD|SHLVL|SHELLOPTS|BASHOPTS|BASHPID|BASH_VERSINFO|IFS|OPTIND|PPID|E?UID|_)$)[A-Za-z_]\w*$/;

/** Whether bwrap makes it, with namespaces of its own. */
export const isByBwrap = (rung: Rung, { tools }: Cages): boolean =>
  (rung === 'L2' || rung === 'L3') && tools['sandbox-exec'] === null;
