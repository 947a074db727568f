import { addTrait, type Context } from '../shell/evaluator.ts';
import { shown } from '../shell/marks.ts';
import { accessPath, namesAddress } from './access.ts';
import type { Program } from './program-spec.ts';

/** What its words mean is in no table, but those that lead out of the workspace can be seen. */
export function judgeOutside(program: Program, words: readonly string[], context: Context): void {
  // What is only shown (`fdisk -l /dev/sda`) is not opened.
  const isShown = program.looks.size > 0 && program.spec.group === 'look';
  const isGiven = program.spec.group?.startsWith('build') === true;
  for (const [at, word] of words.entries()) {
    if (NAMES_PREFIX.test(word)) continue;
    if (word.startsWith('//') && HAS_LABELS.has(program.name)) continue;
    const flag = word.startsWith('-') ? word : (words[at - 1] ?? '');
    const isWritten = WRITES.test(flag) && (flag === word || !flag.includes('='));
    const target = LEAVES_OUT.test(flag) ? null : (isWritten ? GIT : HOOKS).exec(word)?.[1];
    if (target) accessPath(context, 'write', target, program.name);
    const path = pathIn(word);
    if (isGiven && !NAMES_SITE.test(word) && namesAddress(path ?? word.replace(SETS, '')))
      addTrait(context, 'names-address', `${program.name} ${shown(word)}`);
    if (path === null) continue;
    const access = isWritten ? 'write' : isShown ? 'list' : 'read';
    accessPath(context, access, path, program.name);
  }
}

/** `--flag=/x`, `NAME=/x`, `-I/x`, and behind what says its kind: `html:/x`. */
export function pathIn(word: string): string | null {
  const value = word.replace(SETS, '');
  if (OUTSIDE.test(value)) return value;
  return BEHIND_KIND.exec(value)?.[1] ?? null;
}

const SETS = /^([\w.-]*=|-[A-Za-z](?=[/~]|\.\.\/))/;
const BEHIND_KIND = /[=:,](\/(?!\/).*|~\/.*|\.\.(?:\/.*)?)$/;
/** What is written in git's own folder; and there, what nobody but a writer names. */
const GIT = /(?:^|[=:,]|^-[A-Za-z])((?:[\w.-]+\/)*\.git(?:\/.*)?)$/;
const HOOKS = /(?:^|[=:,]|^-[A-Za-z])((?:[\w.-]+\/)*\.git\/(?:hooks|info|config)(?:\/.*)?)$/;
const LEAVES_OUT = /exclu|ignore|skip|omit|filter/i;

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
