import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { applyRole, unpackFrom } from '../roles.ts';

/** `zip -m`, `7z a -sdel`, `rar m`: archives that delete what they have packed. */
export function runPack(call: Call): Stream | null {
  const { program, args, words, context } = call;
  const operands = words.filter((word) => !word.startsWith('-'));
  const isZip = program.name === 'zip';
  if (SEVEN.test(program.name) && program.spec.group === 'archive') packSeven(call, operands);
  const deletes = isZip
    ? args.flags.some((flag) => flag === '-m' || flag === '--move')
    : operands[0] === 'm' || words.some((word) => /^-(sdel|df|dr|dw)$/.test(word));
  if (isZip && args.flags.includes('-@'))
    addTrait(context, 'unknown-path', 'zip takes the names from a pipe');
  // `-TTid` is `-TT id`: the program that tests the archive.
  const tester = words.map((word) => /^-\w*?TT(.+)/.exec(word)?.[1]).find(Boolean);
  if (isZip && tester !== undefined) applyRole(call, 'run', tester, '');
  if (!deletes) return null;
  for (const source of operands.slice(isZip ? 1 : 2))
    accessPath(context, 'delete', source, program.name, true);
  return null;
}

const SEVEN = /^7z[arz]?$/;

/** `7z a x.7z src`, `7z x x.7z -oout`: the verb decides who is read and who is written. */
function packSeven({ program, words, context }: Call, operands: readonly string[]): void {
  const { name } = program;
  const [verb = '', archive, ...files] = operands;
  for (const word of words) {
    if (word.startsWith('-') && !KNOWN.test(word))
      addTrait(context, 'unknown-flag', `${name} ${shown(word)}`);
  }
  const isExtract = verb === 'x' || verb === 'e';
  if (!isExtract && !/^[aud]$/.test(verb)) {
    addTrait(context, 'unknown-subcommand', `${name} ${shown(verb)}`);
    return;
  }
  if (operands.some((operand) => operand.startsWith('@')))
    addTrait(context, 'unknown-path', `${name} takes the names from a file`);
  if (archive === undefined) return;
  const out = words.find((word) => /^-o./.test(word))?.slice(2) ?? '.';
  for (const path of accessPath(context, isExtract ? 'read' : 'write', archive, name))
    if (isExtract) unpackFrom(context, path);
  if (isExtract && !words.includes('-so')) accessPath(context, 'write', out, name);
  for (const file of isExtract || verb === 'd' ? [] : files)
    accessPath(context, 'read', file, name, true);
}

/** What changes nothing about which files these are. */
const KNOWN =
  /^-(t\w+|m\w+(=[\w:]+)?|p.*|o.+|s[oi]|slt|sdel|ssc-?|y|r[-0]?|ao[asut]|b[adst]\w*|v\d+[bkmg]?|[ix]r?![^/@]*)$/;
