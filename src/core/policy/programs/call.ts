import { addFact, addTrait, type Context } from '../shell/evaluator.ts';
import { shown } from '../shell/marks.ts';
import { accessPath, namesAddress } from './access.ts';
import type { ParsedArgs } from './parse-args.ts';
import type { Program } from './program-spec.ts';

/** A program, its arguments as parsed, and all the words as written. */
export type Call = {
  readonly program: Program;
  readonly args: ParsedArgs;
  readonly words: readonly string[];
  readonly context: Context;
};

export function reportProgram(call: Call): void {
  const { program, args, context } = call;
  const group = program.spec.group ?? 'unknown';
  addFact(context, {
    about: 'program',
    name: program.name,
    group,
    flags: [...args.flags, ...args.unknown],
    operands: [...args.operands, ...valuesOfUnknown(args)].map(shown),
  });
  if (program.spec.style === 'any' || RUNS_PROJECT.test(group)) judgeOutside(call);
  if (GOES_BY_FOLDER.test(group) && isElsewhere(context))
    accessPath(context, 'read', '.', program.name);
  if (program.spec.style === 'any' || program.spec.style === 'none') return;
  for (const flag of args.unknown)
    addTrait(context, 'unknown-flag', `${program.name} ${shown(flag)}`);
  for (const word of args.dynamic)
    addTrait(context, 'dynamic-argument', `${program.name} ${shown(word)}`);
}

/** Whatever its tables say, the project's code gets the words that are left. */
const RUNS_PROJECT = /^(build|compile|package-run|project-tool|run-project)/;

/** These run or go by what the folder says that they are in. */
const GOES_BY_FOLDER = /^(build|compile|package-run|project-tool|run-project|git)/;

function isElsewhere({ state, evaluator }: Context): boolean {
  const { workspace } = evaluator.situation;
  return state.cwds.some((cwd) => cwd !== workspace && !cwd.startsWith(`${workspace}/`));
}

/** What its words mean is in no table, but those that lead out of the workspace can be seen. */
function judgeOutside({ program, words, context }: Call): void {
  // What is only shown (`fdisk -l /dev/sda`) is not opened.
  const isShown = program.looks.size > 0 && program.spec.group === 'look';
  const isGiven = program.spec.group?.startsWith('build') === true;
  for (const [at, word] of words.entries()) {
    if (NAMES_PREFIX.test(word)) continue;
    if (word.startsWith('//') && HAS_LABELS.has(program.name)) continue;
    const path = pathIn(word);
    if (isGiven && !NAMES_SITE.test(word) && namesAddress(path ?? word.replace(SETS, '')))
      addTrait(context, 'names-address', `${program.name} ${shown(word)}`);
    if (path === null) continue;
    const flag = word.startsWith('-') ? word : (words[at - 1] ?? '');
    const isWritten =
      PROTECTED.test(word) || (WRITES.test(flag) && (flag === word || !flag.includes('=')));
    const access = isWritten ? 'write' : isShown ? 'list' : 'read';
    accessPath(context, access, path, program.name);
  }
}

/** `--flag=/x`, `NAME=/x`, `-I/x`, and behind what says its kind: `html:/x`. */
export function pathIn(word: string): string | null {
  const value = word.replace(SETS, '');
  if (OUTSIDE.test(value)) return value;
  return BEHIND_KIND.exec(value)?.[1] ?? PROTECTED.exec(word)?.[1] ?? null;
}

const SETS = /^([\w.-]*=|-[A-Za-z](?=[/~]|\.\.\/))/;
const BEHIND_KIND = /[=:,](\/(?!\/).*|~\/.*|\.\.(?:\/.*)?)$/;
/** What a tool has no business with but to change it. */
const PROTECTED = /(?:^|[=:,]|^-[A-Za-z])((?:[\w.-]+\/)*\.git(?:\/.*)?)$/;

/** Flags that say where something is put. */
export const WRITES =
  /^--?[\w.-]*(out|report|junit|xml|dump|save|write|export|dest|emit|basetemp|log-?file)|^-(o|bl)\b/i;

/** Where the result will be found one day is only written down. */
const NAMES_SITE = /^--?(base|base-?url|public-?(url|path)|site-?url|homepage)=/i;

/** Where an installation would go is only written down. */
const NAMES_PREFIX = /^(-D|--)?\w*PREFIX(:PATH)?=\/(usr|opt)[\w/.-]*$/i;

/** Their targets are written `//folder:name`. */
const HAS_LABELS = new Set(['bazel', 'bazelisk', 'buck', 'buck2', 'pants']);

const OUTSIDE = /^[/~]|^\.\.(\/|$)|\/\.\.(\/|$)/;
export const leadsOutside = (path: string): boolean => OUTSIDE.test(path);

const valuesOfUnknown = ({ values }: ParsedArgs): readonly string[] =>
  values.filter(({ flag }) => flag.role === 'unknown').map(({ value }) => value);
