import { MARK } from '../shell/marks.ts';
import type { Stream } from '../shell/stream.ts';
import type { Call } from './call.ts';
import { leadsOutside } from './outside.ts';

/** `rg -l`, `git ls-files`: names of files, so that what they are handed to can be judged. */
export function printedNames(call: Call): Stream | null {
  const { program, args } = call;
  const isNames = program.namesWith.has('*') || args.flags.some((f) => program.namesWith.has(f));
  if (!isNames || printsMore(call) || args.operands.some(leadsOutside)) return null;
  const globs = globsOf(call);
  // Only where each of them says how the names end do they say it of all.
  const areEndings = globs.length > 0 && globs.every((glob) => ENDING.test(glob));
  const names = areEndings
    ? globs.map((glob) => glob.replace('*', MARK.star))
    : [MARK.one + MARK.star, ...globs];
  const paths = foldersOf(call).flatMap((folder) => names.map((name) => `${folder}/${name}`));
  return { kind: 'names', paths };
}

const isGit = ({ program }: Call): boolean => program.name.startsWith('git ');

/** What the names are chosen by. git takes a word before `--` for a commit as well. */
function globsOf(call: Call): readonly string[] {
  const { program, args, words } = call;
  if (program.name === 'git ls-files') return args.operands;
  if (isGit(call)) return words.includes('--') ? words.slice(words.indexOf('--') + 1) : [];
  return args.values
    .filter(({ flag, value }) => CHOOSES.test(flag.name) && !value.startsWith('!'))
    .map(({ value }) => value);
}

const CHOOSES = /^(-g|--i?glob|--include)$/;

function foldersOf(call: Call): readonly string[] {
  const { program, args } = call;
  const hasNoText = args.flags.some((flag) => program.firstUnless.has(flag));
  const folders = isGit(call) ? [] : args.operands.slice(hasNoText ? 0 : 1);
  return folders.length === 0 ? ['.'] : folders;
}

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
