import { addTrait } from '../../shell/evaluator.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';

/** `zip -m`, `7z a -sdel`, `rar m`: archives that delete what they have packed. */
export function runPack(call: Call): Stream | null {
  const { program, args, words, context } = call;
  const operands = words.filter((word) => !word.startsWith('-'));
  const isZip = program.name === 'zip';
  const deletes = isZip
    ? args.flags.some((flag) => flag === '-m' || flag === '--move')
    : operands[0] === 'm' || words.some((word) => /^-(sdel|df|dr|dw)$/.test(word));
  if (isZip && args.flags.includes('-@'))
    addTrait(context, 'unknown-path', 'zip takes the names from a pipe');
  if (!deletes) return null;
  for (const source of operands.slice(isZip ? 1 : 2))
    accessPath(context, 'delete', source, program.name, true);
  return null;
}
