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
    globs.length === 0 ? [MARK.one + MARK.star] : globs.map((glob) => glob.replace('*', MARK.star));
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

const ENDING = /^([\w-][\w.-]*\/)*\*\.[\w.-]+$/;

/** `git ls-files | grep '\.ts$' | sort`: fewer names, or in another order, but names still. */
export function keptNames({ program, args, context }: Call): Stream | null {
  const changes = CHANGES[program.name]?.split(' ');
  if (context.input.kind !== 'names' || changes === undefined) return null;
  if (args.flags.some((flag) => changes.includes(flag)) || args.unknown.length > 0) return null;
  const hasText = program.firstUnless.size > 0;
  if (args.operands.length !== (hasText ? 1 : 0)) return null;
  const ending = hasText && !args.flags.some(isInverted) ? ENDS.exec(args.operands[0] ?? '') : null;
  if (ending === null) return context.input;
  const name = `${MARK.star}.${ending[1]}`;
  return { kind: 'names', paths: context.input.paths.map((path) => withName(path, name)) };
}

/** With one of these it prints something else than the lines that it was given. */
const CHANGES: Readonly<Record<string, string>> = {
  sort: '-o --output -c -C --check',
  uniq: '-c --count -D --all-repeated',
  grep: '-o --only-matching -c --count -n --line-number -b -l -L -q -f --file -e --regexp -r -R',
  egrep: '-o --only-matching -c --count -n --line-number -b -l -L -q -f --file -e --regexp -r -R',
  shuf: '-e --echo -i --input-range -o --output',
  tac: '-s --separator',
};

/** What does not end so is left, or the text is meant as it stands. */
const isInverted = (flag: string): boolean =>
  /^(-[vFP]|--(invert-match|fixed-strings|perl-regexp))$/.test(flag);
const ENDS = /^\\\.(\w+)\$$/;

/** Only of a path that says nothing of the name yet. */
const withName = (path: string, name: string): string =>
  path.endsWith(`/${MARK.one}${MARK.star}`) ? path.slice(0, -2) + name : path;
