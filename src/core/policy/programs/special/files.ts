import { baseName, parentOf, resolvePath } from '../../paths/normalise.ts';
import { MARK } from '../../shell/marks.ts';
import { NONE, type Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { applyValues } from '../roles.ts';
import { isProgram } from '../run-script.ts';

/** `cp`, `mv`, `install`: the target may be a folder, and then each name lands in it. */
export function copyFiles(call: Call): Stream {
  const { args, context, program } = call;
  const given = args.values.find(
    ({ flag }) => flag.name === '-t' || flag.name === '--target-directory',
  )?.value;
  const isFolderMaker = program.name === 'install' && args.flags.includes('-d');
  applyValues(call);
  if (isFolderMaker) {
    for (const operand of args.operands) accessPath(context, 'write', operand, program.name);
    return NONE;
  }
  const target = given ?? args.operands[args.operands.length - 1];
  const sources = given === undefined ? args.operands.slice(0, -1) : args.operands;
  if (target === undefined) return NONE;
  const isTree = args.flags.some((flag) => program.tree.has(flag)) || program.tree.has('*');
  for (const source of sources) {
    accessPath(context, 'read', source, program.name, isTree);
    if (program.name === 'mv') accessPath(context, 'move', source, program.name, true);
    const name = baseName(source);
    if (name !== '' && name !== '.' && name !== '..' && name !== MARK.star) {
      accessPath(context, 'write', `${target}/${name}`, program.name);
      remember(call, source, `${target}/${name}`);
    }
    remember(call, source, target);
  }
  accessPath(context, 'write', target, program.name);
  return NONE;
}

/** What is known of a file's text goes along with the copy, and a program stays that program. */
function remember({ context }: Call, source: string, target: string): void {
  const { state } = context;
  const cwd = state.cwds[0] ?? MARK.unknown;
  const full = resolvePath(cwd, source);
  const known = state.files.get(full) ?? (isProgram(full) ? { kind: 'file', path: full } : null);
  if (known !== null) state.files.set(resolvePath(cwd, target), known);
}

/** `mktemp x.XXXX` makes it here, and in the temporary folder only when told so. */
export function makeTemporary({ args, context, program }: Call): Stream | null {
  const [template] = args.operands;
  const isThere = args.flags.some((flag) => /^(-t|-p|--tmpdir)$/.test(flag));
  if (template === undefined || (isThere && !template.includes('/'))) return null;
  const full = resolvePath(context.state.cwds[0] ?? MARK.unknown, template);
  if (!full.startsWith('/tmp/')) accessPath(context, 'write', template, program.name);
  return null;
}

/** A link makes its target reachable under another name: it is judged like writing there. */
export function linkFiles(call: Call): Stream {
  const { args, context, program } = call;
  const operands = args.operands;
  const given = args.values.find(
    ({ flag }) => flag.name === '-t' || flag.name === '--target-directory',
  )?.value;
  applyValues(call);
  const link = given ?? (operands.length > 1 ? (operands[operands.length - 1] as string) : '.');
  const targets = operands.length > 1 && given === undefined ? operands.slice(0, -1) : operands;
  const isSymbolic = args.flags.some(
    (flag) => flag === '-s' || flag === '--symbolic' || flag === '-r',
  );
  for (const target of targets) {
    // A symbolic link's target is read from where the link lies.
    const isRelative = isSymbolic && !target.startsWith('/') && !args.flags.includes('-r');
    const seen = isRelative
      ? `${link.endsWith('/') ? link : parentOf(link.includes('/') ? link : `./${link}`)}/${target}`
      : target;
    accessPath(context, 'read', seen, program.name);
    accessPath(context, 'write', seen, `${program.name} to`);
  }
  accessPath(context, 'write', link, program.name);
  return NONE;
}
