import { resolvePath } from '../paths/normalise.ts';
import { addFact, addTrait, type Context, deeper } from '../shell/evaluator.ts';
import { shown } from '../shell/marks.ts';
import type { Stream } from '../shell/stream.ts';
import { namesAddress } from './access.ts';
import { runCode } from './run-code.ts';

/** A file that is run or sourced: judged by what this very script put into it, else asked for. */
export function runScriptFile(
  context: Context,
  path: string,
  args: readonly string[],
  language = 'shell',
): void {
  if (namesAddress(path)) addTrait(context, 'remote-code', shown(path));
  else
    for (const cwd of context.state.cwds) runFrom(context, resolvePath(cwd, path), args, language);
}

function runFrom(context: Context, full: string, args: readonly string[], language: string): void {
  const { state } = context;
  if (isStdin(full)) {
    runStream(context, context.input, language, args);
    return;
  }
  if (OURSELVES.test(full)) {
    context.evaluator.runCommand(['tinycode', ...args], deeper(context));
    return;
  }
  addFact(context, { about: 'access', access: 'read', path: full, isTree: false, by: language });
  const known = state.files.get(full);
  if (known !== undefined && context.scripts.includes(full)) {
    addTrait(context, context.isForked ? 'fork-bomb' : 'recursion', `${shown(full)} runs itself`);
    return;
  }
  if (known?.kind === 'file' && isProgram(known.path)) {
    context.evaluator.runCommand([known.path, ...args], deeper(context));
    return;
  }
  if (known !== undefined) {
    runStream({ ...context, scripts: [...context.scripts, full] }, known, language, args);
    return;
  }
  const isForeign = [...state.foreignFolders].some(
    (folder) => full === folder || full.startsWith(`${folder}/`),
  );
  addTrait(context, isForeign ? 'remote-code' : 'runs-script', shown(full));
}

/** Where programs of the system lie. */
export const isProgram = (path: string): boolean => SYSTEM_FOLDERS.test(path);

const SYSTEM_FOLDERS =
  /^\/(usr\/(local\/)?)?s?bin\/[^/]+$|^\/(opt\/homebrew|nix\/var\/nix\/profiles\/default|snap)\/bin\/[^/]+$/;

/** TinyCode by another door: what it would be told to do is judged. */
const OURSELVES = /\/tinycode(\.[cm]?js)?$/;

const isStdin = (path: string): boolean =>
  path === '/dev/stdin' || path === '/dev/fd/0' || path === '/proc/self/fd/0';

/** Code that comes through a pipe, a here-text or a file written just before. */
export function runStream(
  context: Context,
  stream: Stream,
  language: string,
  args: readonly string[],
): void {
  switch (stream.kind) {
    case 'none':
      addTrait(context, 'interactive', language);
      return;
    case 'text':
      runCode(context, language, stream.text, args);
      return;
    case 'file': {
      const known = context.state.files.get(stream.path);
      if (known !== undefined && known.kind !== 'file') {
        runStream(context, known, language, args);
        return;
      }
      addTrait(context, 'runs-script', shown(stream.path));
      return;
    }
    case 'network':
      addTrait(context, 'remote-code', `${language} runs what came over the network`);
      return;
    case 'decoded':
      addTrait(context, 'decoded-code', `${language} runs what was decoded`);
      return;
    case 'names':
    case 'local':
    case 'altered':
    case 'secret':
      addTrait(context, 'generated-code', `${language} runs what another program prints`);
      return;
    default:
      stream satisfies never;
  }
}
