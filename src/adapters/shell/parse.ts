import { type ParsedScript, parse } from 'unbash';
import type { Script } from '../../core/policy/shell-syntax.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { Refusal } from './refusal.ts';
import { toScript } from './to-syntax.ts';

/** Longer texts are nothing that a person reads before saying yes. */
export const LONGEST_COMMAND = 32_768;
/** Nesting deeper than this comes from an attack on the parser, not from a person. */
const DEEPEST_NESTING = 40;

/** Parses bash. Never throws and always ends: what it cannot parse is a failure. */
export function parseShell(text: string): Result<Script> {
  if (text.length > LONGEST_COMMAND)
    return refused('limit', 'The command is too long to be judged');
  if (UNREADABLE.test(text)) return refused('invalid', 'The command holds characters that hide');
  if (nesting(text) > DEEPEST_NESTING) return refused('limit', 'The command nests too deeply');
  try {
    return ok(toScript(parse(text) as ParsedScript));
  } catch (error) {
    // Lazy fields of the tree parse on access; whatever goes wrong there is a refusal as well.
    const why = error instanceof Refusal ? error.message : 'the parser gave up';
    return refused('invalid', `The command cannot be parsed: ${why}`);
  }
}

/** NUL, and the private-use characters by which the core marks what it does not know. */
const UNREADABLE = /[\u0000\uE000-\uE00F]/;

const refused = (code: 'limit' | 'invalid', message: string) => fail(code, message);

/** An upper bound on nesting: every opener counts, and none is ever taken back by a quote. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of text) {
    if (char === '(' || char === '{') depth += 1;
    else if ((char === ')' || char === '}') && depth > 0) depth -= 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}
