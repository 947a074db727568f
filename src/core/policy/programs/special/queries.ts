import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { applyRole, runShellValue } from '../roles.ts';
import { judgeMiller, searchedPaths } from './miller.ts';

const ENVIRONMENT = /(^|[^.\w$"])env\b|\$ENV|\b(str)?env\s*\(|\benvsubst\b/;
const LOADS =
  /\b(?:load\w*|document|doc|unparsed-text|input_file|import|include)\s*\(?\s*["']([^"']+)["']/g;
const RUNS = /\b(system|exec|popen|os\.\w+|shell)\s*\(|\|\s*"|\b(tee|emit\w*|print\w*|dump)\s*>/;

const EDITS = /^(-i|-I|-L|--inplace|--in-place)$/;
const EDITS_XML = /^(-L|--inplace)$/;

/** These take a name and then a file. */
const NAMED_FILE = /^--(slurpfile|rawfile|argfile)$/;

/** Flags of `mlr`: a program that each file goes through, and code that is loaded. */
const STARTS = /^--prepipex?$/;
const LOADS_CODE = /^--(prepipex?|m?load)$/;

/** `jq`, `yq`, `mlr` and the like: filters that read files, the environment, or run programs. */
export function runQuery(call: Call): Stream | null {
  const { program, args, context } = call;
  for (const operand of [...args.operands, ...args.values.map(({ value }) => value)]) {
    const text = shown(operand);
    for (const path of searchedPaths(text)) accessPath(context, 'read', path, program.name);
    if (ENVIRONMENT.test(text)) addTrait(context, 'dumps-environment', `${program.name} ${text}`);
    for (const [, path = ''] of text.matchAll(LOADS))
      accessPath(context, 'read', path, program.name);
    if (program.name !== 'jq' && RUNS.test(text))
      addTrait(context, 'text-tool-runs', `${program.name} ${text}`);
  }
  if (program.name === 'mlr') judgeMiller(call);
  const { words } = call;
  words.forEach((word, i) => {
    const file = NAMED_FILE.test(word) ? words[i + 2] : undefined;
    if (file !== undefined) accessPath(context, 'read', file, `${program.name} ${word}`);
    const started = STARTS.test(word) ? words[i + 1] : undefined;
    if (started !== undefined) runShellValue(context, started, `${program.name} ${word}`);
    if (LOADS_CODE.test(word)) addTrait(context, 'text-tool-runs', `${program.name} ${word}`);
  });
  const isXml = program.name.startsWith('xml');
  const edits = args.flags.some((flag) => (isXml ? EDITS_XML : EDITS).test(flag));
  const files = isXml ? args.operands : args.operands.slice(1);
  if (edits) for (const file of files) applyRole(call, 'edit', file, '');
  return null;
}
