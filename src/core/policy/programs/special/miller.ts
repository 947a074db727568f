import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Call } from '../call.ts';
import { runShellValue } from '../roles.ts';
import { runScriptFile } from '../run-script.ts';

/** `mlr put -f file`, `mlr -s file`, `mlr tee -p cmd`: code in a file, words in a file, a pipe. */
export function judgeMiller({ words, context }: Call): void {
  let verb = '';
  words.forEach((word, i) => {
    const next = words[i + 1];
    if (VERBS.has(word)) verb = word;
    if (READS_ENVIRONMENT.test(word)) addTrait(context, 'dumps-environment', `mlr ${shown(word)}`);
    if (i === 0 && word === 'repl') addTrait(context, 'interactive', 'mlr repl');
    else if (i === 0 && word === '-s') addTrait(context, 'runs-script', 'mlr -s');
    else if (next === undefined) return;
    else if (word === '-f' && (verb === 'put' || verb === 'filter'))
      runScriptFile(context, next, [], 'mlr');
    else if (word === '-p' && verb === 'tee') {
      addTrait(context, 'plain-helper', `mlr tee -p ${shown(next)}`);
      runShellValue(context, next, 'mlr tee -p');
    }
  });
}

const VERBS = new Set(['put', 'filter', 'tee', 'then']);
const READS_ENVIRONMENT =
  /(?<![$.\w])ENV\s*[[{})]|[\s=]ENV\s*[;,})]|[(,]\s*ENV\s*[,)]|\bos\.getenv\b/;

/** Where `jq` is told to look for what it imports. */
export const searchedPaths = (text: string): readonly string[] =>
  [...text.matchAll(/\bsearch"?\s*:\s*\[?\s*"([^"]+)"/g)].map(([, path = '']) => path);
