import { resolvePath } from '../paths/normalise.ts';
import { addFact, addTrait, type Context, deeper, runShellText } from '../shell/evaluator.ts';
import { hasUnknown, isStatic, shown } from '../shell/marks.ts';
import { accessPath } from './access.ts';
import type { OperandRole, Role } from './program-spec.ts';
import { runCode } from './run-code.ts';
import type { Call } from './run-program.ts';
import { runScriptFile } from './run-script.ts';

/** Gives the folders that a flag like `-C` moves the program to, if one does. */
export function applyValues(call: Call): readonly string[] | null {
  let folders: readonly string[] | null = null;
  for (const { flag, value } of call.args.values) {
    if (flag.role === 'folder') folders = moveTo(call, value, folders);
    else applyRole(call, flag.role, value, flag.name);
  }
  return folders;
}

function moveTo(call: Call, value: string, from: readonly string[] | null): readonly string[] {
  const { context } = call;
  accessPath(context, 'list', value, call.program.name);
  return (from ?? context.state.cwds).map((cwd) => resolvePath(cwd, value));
}

export function applyOperands(call: Call): void {
  const { program, args } = call;
  const roles = rolesFor(call, args.operands.length);
  args.operands.forEach((operand, i) => {
    const role = roles[i];
    if (role !== undefined) applyRole(call, role, operand, '');
    else if (program.spec.style !== 'any') {
      addTrait(call.context, 'unknown-operand', `${program.name} ${shown(operand)}`);
    }
  });
}

/** Lays the roles over so many operands: `read... write` gives the last one to `write`. */
export function rolesFor(call: Call, count: number): readonly (Role | undefined)[] {
  const { program, args } = call;
  const isShort = args.flags.some((flag) => program.firstUnless.has(flag));
  const roles: readonly OperandRole[] = isShort ? program.operands.slice(1) : program.operands;
  const rest = roles.findIndex((role) => role.isRest);
  if (rest < 0) return roles.slice(0, count).map((role) => role.role);
  const after = roles.length - rest - 1;
  const repeated = Math.max(0, count - rest - after);
  return [
    ...roles.slice(0, rest),
    ...Array.from({ length: repeated }, () => roles[rest] as OperandRole),
    ...roles.slice(rest + 1),
  ].map((role) => role.role);
}

export function applyRole(call: Call, role: Role, value: string, by: string): void {
  const { context, program } = call;
  const name = by === '' ? program.name : `${program.name} ${by}`;
  const isTree = program.tree.has('*') || call.args.flags.some((flag) => program.tree.has(flag));
  switch (role) {
    case 'text':
    case 'module':
      return;
    case 'read':
    case 'list':
    case 'write':
    case 'delete':
      if (value !== '-') accessPath(context, role, value, name, isTree);
      return;
    case 'edit':
      accessPath(context, 'read', value, name, isTree);
      accessPath(context, 'write', value, name, isTree);
      return;
    case 'folder':
      accessPath(context, 'list', value, name);
      return;
    case 'run':
      return runHelper(context, value, name);
    case 'script':
      runScriptFile(context, value, []);
      return;
    case 'shell':
      runShellValue(context, value, name);
      return;
    case 'code':
      return runCode(context, program.spec.language ?? program.name, value);
    case 'url':
    case 'remote':
    case 'upload':
      return reachOut(call, role, value);
    case 'assign':
      return assign(context, value);
    case 'setting':
      return setProgram(context, program.name, value);
    case 'unknown':
      if (value.includes('/')) accessPath(context, 'write', value, name);
      return;
    default:
      role satisfies never;
  }
}

/** A program that another one starts with words of its own: judged, and never waved through. */
function runHelper(context: Context, value: string, by: string): void {
  if (value === '') return;
  addTrait(
    context,
    HELPERS.has(value.trim().split(/\s/)[0] ?? '') ? 'plain-helper' : 'runs-helper',
    `${by} ${shown(value)}`,
  );
  runShellValue(context, value, by);
}

/** Compressors and transports that people do name. */
const HELPERS = new Set(
  'ssh gzip pigz bzip2 pbzip2 xz zstd lz4 lzip cat less head diff'.split(' '),
);

export function runShellValue(context: Context, value: string, by: string): void {
  if (isStatic(value)) {
    runShellText(value, context);
    return;
  }
  addTrait(
    context,
    hasUnknown(value) ? 'dynamic-shell' : 'disguised-command',
    `${by} ${shown(value)}`,
  );
  context.evaluator.runCommand(
    value.split(/\s+/).filter((word) => word !== ''),
    deeper(context),
  );
}

function assign(context: Context, value: string): void {
  const at = value.indexOf('=');
  if (at > 0)
    addFact(context, {
      about: 'assignment',
      name: value.slice(0, at),
      value: value.slice(at + 1),
      scope: 'program',
    });
}

export function setProgram(context: Context, program: string, text: string): void {
  const at = text.search(/[=\s]/);
  const key = (at < 0 ? text : text.slice(0, at)).trim().toLowerCase();
  const value = at < 0 ? '' : text.slice(at + 1).trim();
  const main = program.split(' ')[0];
  addFact(context, { about: 'setting', name: `${main}:${key}`, value });
}

/** Network: where to, and whether something of ours goes with it. */
function reachOut(call: Call, role: 'url' | 'remote' | 'upload', value: string): void {
  const { context, program } = call;
  if (role === 'remote' && !/^[^/]+:|^\w+:\/\//.test(value)) {
    accessPath(context, 'read', value, program.name, true);
    return;
  }
  addFact(context, { about: 'address', program: program.name, value: shown(value) });
  if (hasUnknown(value) && value !== '' && /[\uE001-\uE003]/.test(value)) {
    addTrait(context, 'sends-data', `${program.name} ${shown(value)}`);
  }
}
