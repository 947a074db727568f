import { MARK } from '../shell/marks.ts';
import type { Stream } from '../shell/stream.ts';
import { type Call, leadsOutside } from './call.ts';

/** `rg -l`, `git ls-files`: names of files, so that what they are handed to can be judged. */
export function printedNames(call: Call): Stream | null {
  const { program, args } = call;
  const isNames = program.namesWith.has('*') || args.flags.some((f) => program.namesWith.has(f));
  if (!isNames || printsMore(call) || args.operands.some(leadsOutside)) return null;
  const isGit = program.name.startsWith('git ');
  const globs = (isGit ? args.operands : globsOf(args)).filter((text) => ENDING.test(text));
  const names =
    globs.length === 0 ? [MARK.one + MARK.star] : globs.map((glob) => MARK.star + glob.slice(1));
  const hasNoText = args.flags.some((flag) => program.firstUnless.has(flag));
  const folders = isGit ? [] : args.operands.slice(hasNoText ? 0 : 1);
  return {
    kind: 'names',
    paths: (folders.length === 0 ? ['.'] : folders).flatMap((folder) =>
      names.map((name) => `${folder}/${name}`),
    ),
  };
}

const globsOf = ({ values }: Call['args']): readonly string[] =>
  values.filter(({ flag }) => /^(-g|--glob|--include)$/.test(flag.name)).map(({ value }) => value);

/** With one of these it prints more than names; `*`: it always does. */
const MORE: Readonly<Record<string, string>> = {
  'git log': '*',
  'git show': '*',
  'git ls-files': '-s --stage -t -v -f --eol --debug --format',
  'git diff': '-p -u --patch --stat --numstat --raw --summary --no-index --format',
  rg: '--json --stats',
};

function printsMore({ program, args }: Call): boolean {
  const flags = (MORE[program.name] ?? '').split(' ');
  return flags.includes('*') || args.flags.some((flag) => flags.includes(flag));
}

const ENDING = /^\*\.[\w.-]+$/;
