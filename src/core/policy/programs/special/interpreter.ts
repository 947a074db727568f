import { addTrait, deeper } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';
import { applyRole } from '../roles.ts';
import { runCode } from '../run-code.ts';
import { worse } from '../run-plain.ts';
import { runScriptFile, runStream } from '../run-script.ts';

/** `sh`, `python`, `node`, …: code in a flag, in a file, or from standard input. */
export function runInterpreter(call: Call): Stream {
  const { program, args, context } = call;
  const language = program.spec.language ?? program.name;
  const inline = codeOf(call);
  const output: Stream = worse(context.input, { kind: 'local' });
  for (const { flag, value } of args.values) {
    if (flag.role !== 'code') applyRole(call, flag.role, value, flag.name);
  }
  if (inline !== null) {
    const own = context.state.variables.get('0');
    if (language === 'shell' && args.operands[1] !== undefined)
      context.state.variables.set('0', [args.operands[1]]);
    if (language === 'shell') addTrait(context, 'inline-shell', `${program.name} -c`);
    for (const file of editedFiles(call)) applyRole(call, 'edit', file, '');
    for (const code of inline)
      runCode(
        context,
        language,
        code,
        language === 'shell' ? args.operands.slice(2) : args.operands,
      );
    if (own !== undefined) context.state.variables.set('0', own);
    return output;
  }
  const script = args.values.find(({ flag }) => flag.name === '--run')?.value;
  if (script !== undefined && language === 'node')
    return context.evaluator.runCommand(['npm', 'run', script], deeper(context));
  if (language === 'python' && args.flags.includes('-i'))
    addTrait(context, 'interactive', `${program.name} -i`);
  const module = args.values.find(({ flag }) => flag.role === 'module')?.value;
  if (module !== undefined) {
    // A module only shares its name with a program: `find.py` of the workspace finds nothing.
    const group = context.evaluator.table.find(module)?.spec.group;
    if (group !== undefined && !MODULES.has(group))
      addTrait(context, 'runs-script', `${program.name} -m ${shown(module)}`);
    return context.evaluator.runCommand([module, ...args.operands], deeper(context));
  }
  // A module, a syntax check or a table of what there is: the flag says it all.
  const isAlone = args.operands.length === 0 && args.flags.every((flag) => flag === '-v');
  if (isAlone && PRINTS_VERSION.has(`${language} ${args.flags[0]}`)) return output;
  if (language === 'php' && args.flags.some((flag) => flag === '-i' || flag === '--info'))
    addTrait(context, 'dumps-environment', 'php -i');
  if (args.flags.some((flag) => NO_SCRIPT.has(`${language} ${flag}`))) {
    for (const operand of args.operands) applyRole(call, 'read', operand, '');
    return output;
  }
  const [file, ...rest] = args.operands;
  if (onlyChecks(call)) {
    if (file !== undefined) applyRole(call, 'read', file, '');
    return output;
  }
  if (file === undefined || file === '-' || args.flags.includes('-s'))
    runStream(context, context.input, language, args.operands);
  else runScriptFile(context, file, rest, language);
  return output;
}

/** What tables say of modules; the rest of them is about programs. */
const MODULES = new Set(['module', 'module-look', 'build', 'install', 'publish', 'project-tool']);

/** With a script behind it they run that too. */
const PRINTS_VERSION = new Set(['ruby -v', 'lua -v']);

/** `sh -n` reads a script and runs nothing of it; no other option may take that back. */
const onlyChecks = ({ program, args, words }: Call): boolean =>
  CHECKERS.has(program.name) &&
  args.flags.some((flag) => PARSES.test(flag)) &&
  args.flags.every((flag) => PARSES.test(flag) || /^-[vxeu]$/.test(flag)) &&
  !words.some((word) => word.startsWith('+'));

const PARSES = /^(-n|--no-exec(ute)?)$/;
const CHECKERS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish', 'csh', 'tcsh']);

const NO_SCRIPT = new Set([
  'node --check',
  'node -c',
  'node --test',
  'python -V',
  'node -v',
  'node --version',
  'ruby -c',
  'php -v',
  'php -l',
  'php --syntax-check',
  'php --rf',
  'php --rfunction',
  'php -i',
  'php -m',
  'php --ini',
  'php --modules',
  'perl -v',
  'perl -V',
  'perl -c',
]);

/** `perl -pi -e …` goes through the files that follow. */
const editedFiles = ({ program, args }: Call): readonly string[] =>
  EDITS_FILES.has(program.name) && args.flags.some((flag) => /^-[pni]$/.test(flag))
    ? args.operands
    : [];

const EDITS_FILES = new Set(['perl', 'ruby']);

/** What they load is part of the code. */
const USES = new Set(['perl -M', 'perl -m']);

/** A shell takes its text as the first operand, the others as the flag's value. */
function codeOf(call: Call): readonly string[] | null {
  const { program, args } = call;
  const given = args.values.filter(({ flag }) => flag.role === 'code').map(({ value }) => value);
  if (program.spec.language === 'shell' && given.length > 0) return given;
  if (program.spec.language === 'shell') {
    const text = args.operands[0];
    if (!args.flags.includes('-c')) return null;
    if (text === undefined) {
      addTrait(call.context, 'dynamic-shell', `${program.name} -c`);
      return [];
    }
    return [text];
  }
  const codes = args.values
    .filter(({ flag }) => flag.role === 'code' || USES.has(`${program.name} ${flag.name}`))
    .map(({ flag, value }) => (flag.role === 'code' ? value : `use ${value};`));
  return codes.length > 0 ? codes : null;
}
