import { baseName, resolvePath } from '../../paths/normalise.ts';
import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { leadsOutside } from '../outside.ts';
import { setProgram } from '../roles.ts';
import { runPlain } from '../run-plain.ts';

/** What git's own grammar hides from the tables. */
export function runGit(call: Call): Stream | null {
  const { args, context, program } = call;
  if (isDry(call)) return null;
  const isAnywhere = args.flags.includes('--no-index');
  for (const operand of args.operands) {
    // `git diff` needs no `--no-index` to read what lies elsewhere.
    if (isAnywhere || (program.name === 'git diff' && leadsOutside(operand)))
      accessPath(context, 'read', operand, program.name);
  }
  if (SHOWS_FILES.has(program.name)) {
    for (const operand of args.operands) showFile(call, operand);
  }
  if (TOUCHES_TREE.has(program.spec.group ?? '')) accessPath(context, 'write', '.', program.name);
  switch (program.name) {
    case 'git clean':
      for (const operand of args.operands) {
        accessPath(context, 'delete', operand, program.name, true);
      }
      return null;
    case 'git rm':
      return args.flags.includes('--cached') ? { kind: 'local' } : null;
    case 'git config':
      return config(call);
    case 'git clone':
      return clone(call);
    case 'git archive':
      return archive(call);
    case 'git bundle':
      if (args.operands[0] === 'create' && args.operands[1] !== undefined)
        accessPath(context, 'write', args.operands[1], program.name);
      return null;
    case 'git merge-base':
      return A_COMMIT;
    case 'git rev-parse':
      if (call.words.every((word) => NAMES_COMMIT.test(word))) return A_COMMIT;
      return call.words.includes('--show-toplevel')
        ? { kind: 'text', text: `${context.evaluator.situation.workspace}\n` }
        : null;
    case 'git worktree add':
    case 'git worktree move':
    case 'git worktree remove':
      return worktree(call);
    case 'git submodule foreach':
      return foreach(call);
    case 'git bisect':
      return bisect(call);
    default:
      return null;
  }
}

/** Which one does not matter: it is no flag and no path. */
const A_COMMIT: Stream = { kind: 'names', paths: ['4b825dc642cb6eb9a060e54bf8d69288fbee4904'] };
/** What `rev-parse` does not know as a commit it says again, and that could be any word. */
const NAMES_COMMIT = /^(--short(=\d+)?|--verify|-q|--quiet|(HEAD|@)([~^]\d*)*)$/;

/** `git clean -n` deletes nothing, whatever stands beside it. */
const isDry = ({ program, args }: Call): boolean =>
  program.name === 'git clean' && args.flags.some((flag) => flag === '-n' || flag === '--dry-run');

/** Groups that change the working tree wherever `-C` points. */
const TOUCHES_TREE = new Set(
  'git-discard git-clean git-checkout git-switch git-history git-stash git-stage git-commit git-init git-config git-submodule'.split(
    ' ',
  ),
);

/** A file that is shown out of a commit is read as much as one that lies there. */
const SHOWS_FILES = new Set(['git show', 'git cat-file', 'git diff', 'git blame', 'git annotate']);

function showFile({ program, context }: Call, operand: string): void {
  const inside = /^(?::\d|[^:]+):(.+)$/.exec(operand)?.[1];
  // `:/text` names a commit, `:!name` leaves out.
  const name = inside ?? (operand.startsWith(':') ? '' : operand);
  if (name === '' || leadsOutside(name)) return;
  const path = resolvePath(context.evaluator.situation.workspace, name);
  accessPath(context, 'read', path, program.name);
}

/** Reading is a look; everything else sets something, and some settings run programs. */
function config(call: Call): Stream | null {
  const { args, context } = call;
  const flags = args.flags;
  const isOld = flags.some((flag) =>
    /^--(get|list|get-all|get-regexp|show-origin|show-scope|get-urlmatch)$|^-l$/.test(flag),
  );
  const [first, ...rest] = args.operands;
  if (isOld || first === 'get' || first === 'list') {
    for (const { flag, value } of args.values)
      if (flag.role === 'write') accessPath(context, 'read', value, 'git config');
    return { kind: 'local' };
  }
  if (flags.some((flag) => /^(--global|--system)$/.test(flag)))
    addTrait(context, 'sets-elsewhere', 'git config outside this repository');
  if (flags.some((flag) => flag === '-e' || flag === '--edit') || first === 'edit')
    addTrait(context, 'interactive', 'git config --edit');
  const words = first === 'set' || first === 'unset' ? rest : args.operands;
  const [key, value] = words;
  if (key === undefined) return { kind: 'local' };
  if (
    value === undefined &&
    !/^(unset|--unset|--remove|--rename)/.test(`${first} ${flags.join(' ')}`) &&
    !flags.some((f) => /unset|remove|rename/.test(f))
  )
    return { kind: 'local' };
  setProgram(context, 'git', `${key}=${value ?? ''}`);
  return null;
}

function clone({ args, context }: Call): Stream | null {
  const [url, folder] = args.operands;
  if (url === undefined) return null;
  const target = folder ?? baseName(url).replace(/\.git$/, '');
  for (const cwd of context.state.cwds) context.state.foreignFolders.add(resolvePath(cwd, target));
  accessPath(context, 'write', target, 'git clone');
  return null;
}

/** From another machine it is a download. */
function archive(call: Call): Stream | null {
  if (!call.args.values.some(({ flag }) => flag.name === '--remote')) return null;
  runPlain(call);
  return { kind: 'network' };
}

function worktree({ program, args, context }: Call): Stream | null {
  const access = program.name === 'git worktree remove' ? 'delete' : 'write';
  for (const path of args.operands.slice(0, access === 'delete' ? 1 : 2)) {
    accessPath(context, access, path, program.name, true);
  }
  return null;
}

function foreach({ words, context }: Call): Stream | null {
  const command = words.filter((word) => !/^(--recursive|--quiet|-q)$/.test(word));
  runText(command, call(context), context);
  return null;
}

function bisect({ words, context }: Call): Stream | null {
  if (words[0] === 'run')
    context.evaluator.runCommand(words.slice(1), { ...context, depth: context.depth + 1 });
  return null;
}

type Context = Call['context'];
const call = (context: Context): Context => ({ ...context, depth: context.depth + 1 });

function runText(words: readonly string[], inner: Context, context: Context): void {
  const parsed = context.evaluator.parseShell(shown(words.join(' ')));
  if (parsed.ok) context.evaluator.walkScript(parsed.value, inner);
  else addTrait(context, 'unparsed', 'git submodule foreach');
}
