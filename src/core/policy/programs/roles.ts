import { resolvePath } from '../paths/normalise.ts';
import { addFact, addTrait, type Context, deeper, runShellText } from '../shell/evaluator.ts';
import { hasOutput, hasUnknown, isStatic, shown } from '../shell/marks.ts';
import type { Stream } from '../shell/stream.ts';
import { accessPath } from './access.ts';
import type { Call } from './call.ts';
import { leadsOutside, pathIn, WRITES } from './outside.ts';
import type { OperandRole, Role } from './program-spec.ts';
import { runCode } from './run-code.ts';
import { runScriptFile } from './run-script.ts';

/** Gives the folders that a flag like `-C` moves the program to, if one does. */
export function applyValues(call: Call): readonly string[] | null {
  let folders: readonly string[] | null = null;
  for (const { flag, value } of call.args.values) {
    if (flag.role === 'folder') folders = moveTo(call, value, folders);
    else if (flag.role === 'text') judgeText(call, value, flag.name);
    else applyRole(call, flag.role, value, flag.name);
  }
  return folders;
}

/** What a tool of the project is pointed at outside of it is read, whatever the flag means. */
function judgeText({ program, context }: Call, value: string, flag: string): void {
  if (program.spec.group !== 'build') return;
  // `--emit link=/x` says the kind first; `-DNAME=/x` only writes a path down.
  const written = WRITES.test(flag) ? pathIn(value) : null;
  if (written !== null) accessPath(context, 'write', written, `${program.name} ${flag}`);
  else if (leadsOutside(value)) accessPath(context, 'read', value, `${program.name} ${flag}`);
}

function moveTo(call: Call, value: string, from: readonly string[] | null): readonly string[] {
  const { context } = call;
  // What lies there (a makefile, a repository's settings) is what the program goes by.
  accessPath(context, 'read', value, call.program.name);
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
function rolesFor(call: Call, count: number): readonly (Role | undefined)[] {
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
    case 'size':
      if (HUGE.test(value)) addTrait(context, 'huge', `${name} ${shown(value)}`);
      return;
    case 'rights':
      if (SET_ID.test(value)) addTrait(context, 'set-id', `${name} ${shown(value)}`);
      if (OPENS.test(value)) addTrait(context, 'opens-up', `${name} ${shown(value)}`);
      return;
    case 'name':
      if (/^\.?\w[\w.-]*$/.test(value)) accessPath(context, 'read', value, name);
      return;
    case 'read':
    case 'list':
    case 'write':
    case 'delete':
      if (value === '-') return;
      for (const path of accessPath(context, role, value, name, isTree)) {
        if (role === 'read' && program.spec.group === 'archive') unpackFrom(context, path);
      }
      return;
    case 'edit':
      for (const path of accessPath(context, 'read', value, name, isTree)) {
        if (program.spec.group === 'archive') unpackFile(context, path);
      }
      accessPath(context, 'write', value, name, isTree);
      return;
    case 'folder':
      accessPath(context, 'list', value, name);
      return;
    case 'run':
      runHelper(context, value, name);
      return;
    case 'format':
      if (value.startsWith('@')) accessPath(context, 'read', value.slice(1), name);
      return;
    case 'plugin':
      accessPath(context, 'read', value, name);
      if (IS_CODE.test(value)) runScriptFile(context, value, []);
      return;
    case 'script':
      runScriptFile(context, value, []);
      return;
    case 'shell':
      runShellValue(context, value.replace(SCRIPT_NAME, '$1 run '), name);
      return;
    case 'code':
      runCode(context, program.spec.language ?? program.name, value);
      return;
    case 'url':
    case 'remote':
    case 'upload':
      reachOut(call, role, value);
      return;
    case 'assign':
      assign(context, value);
      return;
    case 'setting':
      setProgram(context, program.name, value);
      return;
    case 'unknown':
      // Of a program whose flags are not listed most values are read.
      if (value.includes('/')) {
        accessPath(context, program.spec.style === 'any' ? 'read' : 'write', value, name);
      }
      return;
    default:
      role satisfies never;
  }
}

/** What comes out of a downloaded archive is as foreign as the archive. */
export function unpackFrom(context: Context, path: string): void {
  if (context.state.files.get(path)?.kind !== 'network') return;
  for (const cwd of context.state.cwds) context.state.foreignFolders.add(cwd);
}

/** `gunzip a.sh.gz` leaves `a.sh`. */
function unpackFile({ state }: Context, path: string): void {
  if (state.files.get(path)?.kind === 'network')
    state.files.set(path.replace(/\.\w+$/, ''), { kind: 'network' });
}

/** A name like `json` or a settings file is no code; `./x` and `x.js` are. */
const IS_CODE = /\.([cm]?[jt]sx?|py|rb|so|dylib|jar|sh|lua|php|pl)$|^\.{0,2}\/([^.]|\.\.?\/)*$/;

/** From a gigabyte on, and numbers that are as long to count to. */
const HUGE =
  /^[-+<>/%]?\d+(\.\d+)?\s*[GTPEZY]i?B?$|^\d{10,}$|^\d{7,}\s*K|^\d{4,}\s*M|^\d+(\.\d+)?e\+?\d*[1-9]\d$|^\d+(\.\d+)?e\+?9$|^inf/i;
/** Set-user-id or set-group-id, in digits or letters. */
const SET_ID = /^0?[2-7]\d{3}$|(^|,)[ugoa]*[+=][rwxXt]*s/;

/** Executable for someone, or writable for everyone. */
const OPENS =
  /^[0-7]*[1357][0-7]{0,2}$|^[0-7]{2,3}[2367]$|(^|,)[ugoa]*[+=][rwX]*x|(^|,)[ugoa]*[oa][ugoa]*[+=][rxX]*w/;

/** A program that another one starts with words of its own: judged, and never waved through. */
function runHelper(context: Context, value: string, by: string): void {
  // A pager of that name is none.
  if (value === '' || value === 'never') return;
  addTrait(
    context,
    HELPERS.has(value.trim().split(/\s/)[0] ?? '') ? 'plain-helper' : 'runs-helper',
    `${by} ${shown(value)}`,
  );
  runShellValue(context, value, by);
}

/** Compressors, transports, viewers and typesetters that people do name. */
const HELPERS = new Set(
  [
    'ssh gzip gunzip pigz unpigz bzip2 pbzip2 lbzip2 xz pixz zstd unzstd lz4 lzip plzip cat less head diff',
    'bat batcat ls eza tree tldr pdftotext pdflatex xelatex lualatex latexmk tectonic typst wkhtmltopdf weasyprint',
  ].flatMap((names) => names.split(' ')),
);

export function runShellValue(context: Context, value: string, by: string): Stream {
  if (isStatic(value)) return runShellText(value, context);
  const kind = hasUnknown(value) ? 'dynamic-shell' : 'disguised-command';
  addTrait(context, kind, `${by} ${shown(value)}`);
  const words = value.split(/\s+/).filter((word) => word !== '');
  return context.evaluator.runCommand(words, deeper(context));
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
/** `concurrently` takes `npm:lint` for `npm run lint`. */
const SCRIPT_NAME = /^(npm|pnpm|yarn|bun):(?=\w)/;

function reachOut(call: Call, role: 'url' | 'remote' | 'upload', value: string): void {
  const { context, program } = call;
  if (role === 'remote' && !/^[^/]+:|^\w+:\/\//.test(value)) {
    accessPath(context, 'read', value, program.name, true);
    return;
  }
  addFact(context, { about: 'address', program: program.name, value: shown(value) });
  if (hasOutput(value)) {
    addTrait(context, 'sends-data', `${program.name} ${shown(value)}`);
  }
}
