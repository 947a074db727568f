import { addTrait, deeper } from '../../shell/evaluator.ts';
import { MARK, shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';

const RUNNERS = new Set(['-exec', '-execdir', '-ok', '-okdir']);
const WRITERS = new Set(['-fprint', '-fprint0', '-fprintf', '-fls']);

/** `find`: start folders, then an expression in which `-exec` runs and `-delete` deletes. */
export function runFind(call: Call): Stream {
  const { words, context } = call;
  const first = words.findIndex((word) => /^[-(!]/.test(word) && !/^-[HLPD]$|^-O\d?$/.test(word));
  const end = first < 0 ? words.length : first;
  const starts = words.slice(0, end).filter((word) => !/^-/.test(word));
  const folders = starts.length === 0 ? ['.'] : starts;
  for (const folder of folders) accessPath(context, 'list', folder, 'find', true);
  for (let i = end; i < words.length; i += 1) i = readPredicate(call, i, folders);
  if (printsMore(words)) return { kind: 'local' };
  return { kind: 'names', paths: foundIn(call, words.length, folders) };
}

/** What `-printf` and programs print could be any text, not only names. */
const printsMore = (words: readonly string[]): boolean =>
  words.some(
    (word, i) =>
      RUNNERS.has(word) ||
      word === '-ls' ||
      (word === '-printf' && !/^%p(\\n|\\0)$/.test(words[i + 1] ?? '')),
  );

/** Gives the index of the last word that the predicate took. */
function readPredicate(call: Call, at: number, folders: readonly string[]): number {
  const { words, context, program } = call;
  const word = words[at] as string;
  const next = words[at + 1] ?? '';
  if (RUNNERS.has(word)) return runExec(call, at, folders);
  if (WRITERS.has(word)) {
    accessPath(context, 'write', next, `find ${word}`);
    return at + (word === '-fprintf' ? 2 : 1);
  }
  if (word === '-delete') deleteFound(call, at, folders);
  else if (word.startsWith('-') && !program.flags.has(word))
    addTrait(context, 'unknown-flag', `find ${shown(word)}`);
  if (word === '-files0-from') accessPath(context, 'read', next, 'find -files0-from');
  return program.flags.get(word)?.takes === 'value' ? at + 1 : at;
}

/** Without a test in front of it the folder itself goes too. */
function deleteFound(call: Call, at: number, folders: readonly string[]): void {
  const isFiltered = call.words.slice(0, at).some((word) => FILTERS.test(word));
  for (const path of foundIn(call, at, folders))
    accessPath(call.context, 'delete', path, 'find -delete', !isFiltered);
}

/** What the tests before `at` leave: names by pattern, some names, or the folders themselves. */
function foundIn(call: Call, at: number, folders: readonly string[]): readonly string[] {
  const before = afterPrune(call.words.slice(0, at));
  if (!before.some((word) => FILTERS.test(word))) return folders;
  const whole = valuesOf(before, /^-(i?path|i?wholename)$/).map(marked);
  const names = valuesOf(before, /^-i?name$/).map((pattern) =>
    /[[\\]/.test(pattern) ? SOME_NAME : marked(pattern),
  );
  const inFolders = (found: readonly string[]) =>
    folders.flatMap((folder) => found.flatMap((name) => placesOf(folder, name, before)));
  const ors = before.filter((word) => /^(-or?|,)$/.test(word)).length;
  if (ors > 0) {
    // Each side may find something of its own, and one without a name anything.
    const isNamed = whole.length + names.length > ors;
    return [...whole, ...inFolders(isNamed ? names : [...names, SOME_NAME])];
  }
  const path = whole[whole.length - 1];
  return path === undefined ? inFolders([names[names.length - 1] ?? SOME_NAME]) : [path];
}

/** Below the folder, and where git keeps files of that very name. */
function placesOf(folder: string, name: string, words: readonly string[]): readonly string[] {
  const place = `${folder.replace(/\/$/, '')}/${name}`;
  const isInGit = /^\.\/?$/.test(folder) && !words.some((word) => word.includes('.git'));
  if (!isInGit || !OF_GIT.test(name)) return [place];
  return [place, `./.git/${name}`, `./.git/hooks/${name}`];
}

const OF_GIT =
  /^(config|HEAD|index|packed-refs|exclude|update|(pre|post)-[a-z-]+|commit-msg|(prepare-commit|applypatch)-msg)$/;

/** What is pruned is not looked into, and not found: `-path ./a -prune -o` says nothing of the rest. */
function afterPrune(words: readonly string[]): readonly string[] {
  const at = words.lastIndexOf('-prune');
  return at >= 0 && /^-or?$/.test(words[at + 1] ?? '') ? words.slice(at + 2) : words;
}

/** The values of tests of one kind that are not turned round. */
const valuesOf = (words: readonly string[], test: RegExp): readonly string[] =>
  words.flatMap((word, i) =>
    test.test(word) && !/^(-not|!)$/.test(words[i - 1] ?? '') ? [words[i + 1] ?? ''] : [],
  );

const marked = (pattern: string): string => {
  const glob = pattern.replaceAll('*', MARK.star).replaceAll('?', MARK.one);
  return glob === MARK.star ? SOME_NAME : glob;
};

/** Some of the names, as against a lone star: all of them. */
const SOME_NAME = `${MARK.one}${MARK.star}`;

const FILTERS =
  /^-(i?name|i?path|i?regex|type|size|mtime|mmin|newer\w*|empty|user|perm|i?wholename|mindepth)$/;

function runExec(call: Call, at: number, folders: readonly string[]): number {
  const { words, context } = call;
  const rest = words.slice(at + 1);
  const length = rest.findIndex(
    (word, i) => word === ';' || (word === '+' && rest[i - 1] === '{}'),
  );
  const command = length < 0 ? rest : rest.slice(0, length);
  if (!command.some((word) => word.includes('{}')))
    addTrait(context, 'runs-for-each', command.map(shown).join(' '));
  for (const found of foundIn(call, at, folders)) {
    const fields = command.map((word) => word.split('{}').join(found));
    if (fields.length > 0)
      context.evaluator.runCommand(fields, { ...deeper(context), input: { kind: 'none' } });
  }
  return length < 0 ? words.length : at + 1 + length;
}

/** `fd pattern -x cmd`: all that follows is the command. */
export function runFd(call: Call): Stream | null {
  const { words, context } = call;
  const at = words.findIndex((word) => /^(-[a-zA-Z]*[xX]|--exec|--exec-batch)$/.test(word));
  if (at < 0) return null;
  const command = words.slice(at + 1).filter((word) => word !== ';');
  const folders = call.args.operands.slice(1).filter((word) => !command.includes(word));
  const base = call.args.values.find(({ flag }) => flag.role === 'folder' || flag.role === 'list');
  const found = `${folders[0] ?? base?.value ?? '.'}/${SOME_NAME}`;
  const hasPlace = command.some((word) => word.includes('{'));
  const fields = hasPlace
    ? command.map((word) => word.replace(/\{[./]*\}/g, found))
    : [...command, found];
  context.evaluator.runCommand(fields, { ...deeper(context), input: { kind: 'none' } });
  return { kind: 'local' };
}
