import { resolvePath } from '../../paths/normalise.ts';
import { addFact, addTrait, deeper, runShellText } from '../../shell/evaluator.ts';
import { MARK, shown } from '../../shell/marks.ts';
import { NONE, type Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { leadsOutside } from '../outside.ts';
import { applyRole, applyValues, runShellValue, unpackFrom } from '../roles.ts';
import { worse } from '../run-plain.ts';

/** `dd if=a of=b`: operands are settings. */
export function runDd(call: Call): Stream {
  const { args, context } = call;
  let writes = false;
  const sizes: string[] = [];
  let isEndless = false;
  for (const operand of args.operands) {
    const at = operand.indexOf('=');
    const key = operand.slice(0, at);
    const value = operand.slice(at + 1);
    if (key === 'bs' || key === 'count') sizes.push(value);
    if (key === 'if') {
      isEndless = /^\/dev\/(zero|u?random|full)$/.test(value);
      accessPath(context, 'read', value, 'dd');
    } else if (key === 'of') {
      writes = true;
      for (const path of accessPath(context, 'write', value, 'dd'))
        context.state.files.set(path, context.input);
    } else if (
      !/^(bs|ibs|obs|cbs|count|skip|seek|iseek|oseek|conv|status|iflag|oflag)$/.test(key)
    ) {
      addTrait(context, 'unknown-operand', `dd ${shown(operand)}`);
    }
  }
  const hasCount = args.operands.some((operand) => operand.startsWith('count='));
  if (writes && ((isEndless && !hasCount) || bytesOf(sizes) >= HUGE))
    addTrait(context, 'huge', `dd ${sizes.join(' × ')}`);
  return writes ? NONE : { kind: 'local' };
}

const HUGE = 1_000_000_000;
const UNITS = 'cwbkmgtpe';

function bytesOf(sizes: readonly string[]): number {
  return sizes.reduce((product, size) => {
    const [, digits = '1', unit = ''] = /^(\d+)([a-z]?)/i.exec(size) ?? [];
    const power = UNITS.indexOf(unit.toLowerCase()) - 2;
    return product * Number(digits) * (unit === '' || power < 1 ? 1 : 1000 ** power);
  }, 1);
}

/** `tar`: the first word may be letters without a dash; what it does decides over the paths. */
export function runTar(call: Call): Stream {
  const { args, words, context } = call;
  const old = words[0] !== undefined && /^[A-Za-z]+$/.test(words[0]) ? words[0] : '';
  const letters =
    old +
    args.flags
      .filter((flag) => /^-\w$/.test(flag))
      .map((flag) => flag[1])
      .join('');
  const isExtract = /x/.test(letters) || args.flags.some((flag) => /^--(extract|get)$/.test(flag));
  const isCreate =
    /[cru]/.test(letters) ||
    args.flags.some((flag) => /^--(create|append|update|delete)$/.test(flag));
  const operands = old === '' ? args.operands : args.operands.filter((operand) => operand !== old);
  const archive = old.includes('f') ? operands[0] : undefined;
  const members = archive === undefined ? operands : operands.slice(1);
  const folders = applyValues(call);
  const cwds = folders ?? context.state.cwds;
  const inner = { ...context, state: { ...context.state, cwds } };
  if (archive !== undefined && archive !== '-') openArchive(call, archive, isCreate);
  for (const { flag, value } of args.values) {
    if (/^(-f|--file)$/.test(flag.name) && value !== '-') openArchive(call, value, isCreate);
  }
  const removes = args.flags.includes('--remove-files');
  for (const member of isCreate ? members : []) {
    accessPath(inner, 'read', member, 'tar', true);
    if (removes) accessPath(inner, 'delete', member, 'tar --remove-files', true);
  }
  for (const { flag, value } of isCreate ? args.values : []) {
    if (/^(-T|--files-from)$/.test(flag.name)) packListed(call, value, removes);
  }
  if (isExtract) {
    accessPath(inner, 'write', '.', 'tar');
    if (args.flags.some((flag) => /^(-P|--absolute-names)$/.test(flag)) || old.includes('P'))
      addTrait(context, 'absolute-names', 'tar -P');
    if (context.input.kind === 'network') {
      for (const cwd of cwds) context.state.foreignFolders.add(cwd);
    }
  }
  for (const { flag, value } of args.values) {
    if (RENAMES.test(flag.name) && leadsOutside(value.slice(1).split(value[1] ?? '')[2] ?? ''))
      addTrait(context, 'absolute-names', `tar ${flag.name}`);
    if (flag.name === '--checkpoint-action' && value.startsWith('exec'))
      applyRole(call, 'run', value.slice(5), flag.name);
  }
  const toStdout = letters.includes('O') || args.flags.includes('--to-stdout');
  return isCreate
    ? worse(context.input, { kind: 'local' })
    : toStdout
      ? { kind: 'decoded' }
      : { kind: 'local' };
}

const RENAMES = /^--(transform|xform)$/;

/** Names from a list: those that this very script wrote are known. */
function packListed({ context }: Call, list: string, removes: boolean): void {
  const full = resolvePath(context.state.cwds[0] ?? MARK.unknown, list);
  const known = list === '-' ? context.input : context.state.files.get(full);
  if (known?.kind !== 'text') {
    addTrait(context, 'unknown-path', `tar ${shown(list)}`);
    return;
  }
  for (const name of known.text.split('\n')) {
    accessPath(context, 'read', name, 'tar', true);
    if (removes) accessPath(context, 'delete', name, 'tar --remove-files', true);
  }
}

function openArchive(call: Call, path: string, isCreate: boolean): void {
  const { context } = call;
  // tar itself reaches out to another machine for `host:file`.
  if (/^[\w.@-]+:/.test(path) && !call.words.includes('--force-local')) {
    addTrait(context, isCreate ? 'uploads' : 'remote-command', `tar ${shown(path)}`);
    for (const cwd of isCreate ? [] : context.state.cwds) context.state.foreignFolders.add(cwd);
    return;
  }
  const paths = accessPath(context, isCreate ? 'write' : 'read', path, 'tar');
  for (const each of isCreate ? [] : paths) unpackFrom(context, each);
}

/** `make`: targets and variables; some variables are programs. */
export function runMake(call: Call): Stream {
  const { program, args, context } = call;
  if (args.values.some(({ flag, value }) => MAKEFILE.test(flag.name) && STDIN.test(value)))
    runRecipes(call);
  applyValues(call);
  for (const operand of args.operands) {
    const at = operand.indexOf('=');
    const name = operand.slice(0, at).replace(/[:+?!]$/, '');
    const value = shown(operand.slice(at + 1));
    if (at > 0) addFact(context, { about: 'setting', name: `make:${name}`, value });
    // `X!=id` is what `id` prints.
    if (operand[at - 1] === '!') {
      addTrait(context, 'inline-shell', `make ${shown(operand)}`);
      runShellValue(context, operand.slice(at + 1), program.name);
    }
    if (at > 0 && program.spec.language === 'make' && /\$[({]/.test(value))
      addFact(context, { about: 'code', language: 'make', text: value });
    else if (operand.includes(MARK.output)) addTrait(context, 'dynamic-argument', 'make');
  }
  return { kind: 'local' };
}

const STDIN = /^(-|\/dev\/stdin|\/dev\/fd\/0)$/;
const MAKEFILE = /^(-f|--file|--makefile)$/;

/** A makefile in the command itself: its recipes are shell. */
function runRecipes({ context }: Call): void {
  const { input } = context;
  if (input.kind !== 'text') addTrait(context, 'generated-code', 'make reads what is piped in');
  else {
    addFact(context, { about: 'code', language: 'make', text: shown(input.text) });
    for (const [, recipe = ''] of input.text.matchAll(/^(?:\t|[^\n]*;)[-@+\s]*(.+)$/gm))
      runShellText(shown(recipe), context);
  }
}

/** Where to begin: a line, the end, or what comes. */
const PLACE = /^\+(\d*|G|F)$/;

/** Editors and pagers: `-c cmd`, `+cmd` and `--cmd` are theirs to run. */
export function runVim(call: Call): Stream {
  const { program, args, context } = call;
  const commands = [
    ...args.operands
      .filter((operand) => operand.startsWith('+') && !PLACE.test(operand))
      .map((operand) => operand.slice(1)),
    ...args.values.filter(({ flag }) => flag.role === 'code').map(({ value }) => value),
  ];
  if (context.input.kind === 'text') commands.push(context.input.text);
  for (const command of commands)
    addFact(context, { about: 'code', language: 'editor', text: shown(command) });
  for (const { flag, value } of args.values)
    if (flag.role !== 'code') applyRole(call, flag.role, value, flag.name);
  for (const operand of args.operands)
    if (!operand.startsWith('+'))
      applyRole(call, program.spec.group === 'look' ? 'read' : 'edit', operand, '');
  return { kind: 'local' };
}

/** `cmake -E rm …`: file commands under other names. */
const CMAKE_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  copy: ['cp'],
  copy_if_different: ['cp'],
  copy_directory: ['cp', '-r'],
  remove: ['rm'],
  remove_directory: ['rm', '-rf'],
  rename: ['mv'],
  make_directory: ['mkdir'],
  create_symlink: ['ln', '-s'],
  create_hardlink: ['ln'],
};

export function runCmake(call: Call): Stream | null {
  const [flag, name = '', ...rest] = call.words;
  if (flag !== '-E') return runMake(call);
  addTrait(call.context, 'runs-script', `cmake -E ${shown(name)}`);
  const command = CMAKE_COMMANDS[name] ?? [name];
  return call.context.evaluator.runCommand([...command, ...rest], deeper(call.context));
}
