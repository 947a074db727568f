import { hasUnknown } from '../shell/marks.ts';
import type { Program } from './program-spec.ts';

/**
 * Whether a program that changes things is only asked to show them: `mount` alone, `iptables -L`.
 * In `looks` a word with a dash is a flag that may stand there, and no other may; another word is
 * a first operand; `*` lets any operands follow a flag, `operands` lets them stand alone, `operand`
 * a single one, and `nothing` is the program by itself.
 */
export function onlyLooks({ looks }: Program, words: readonly string[]): boolean {
  if (looks.size === 0) return false;
  if (words.length === 0) return looks.has('nothing');
  // `--client=false` is the opposite.
  if (words.some((word) => /=(false|no|0)$/i.test(word))) return false;
  const flags = words.filter((word) => word.startsWith('-'));
  const operands = words.filter((word) => !word.startsWith('-'));
  if (!flags.every((flag) => isListed(flag, looks))) return false;
  if (operands.some((operand) => hasUnknown(operand) || operand.includes('='))) return false;
  const [first] = operands;
  if (first === undefined || looks.has(first)) return true;
  if (looks.has('operand') && operands.length === 1) return true;
  return looks.has('operands') || (flags.length > 0 && looks.has('*'));
}

/** As it is written, without its value, or letter by letter. */
function isListed(flag: string, looks: ReadonlySet<string>): boolean {
  if (looks.has(flag.replace(/=.*/, ''))) return true;
  return /^-\w+$/.test(flag) && [...flag.slice(1)].every((letter) => looks.has(`-${letter}`));
}
