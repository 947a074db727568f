import { addTrait, type Context } from './evaluator.ts';

/** A substitution that is still text. */
export const LATER = /\$\(|`/;

/** One inside a subscript: evaluating the name runs it. */
export const HIDDEN = /\[[^\]]*(\$\(|`)/;

/** `a[$(…)]` as a value waits to be read as a name, by a sum or by a variable that is a number. */
const NAME_WITH_COMMAND = /^[A-Za-z_]\w*\[[^\]]*(\$\(|`).*\]/s;

/** Names in a sum are read as sums again, and a subscript in them may run a command. */
export function judgeNames(text: string, context: Context): void {
  const { variables, positional } = context.state;
  const seen = new Set<string>();
  const values = [text, ...(/\$[1-9@*]/.test(text) ? (positional ?? []) : [])];
  for (const value of values) {
    if (HIDDEN.test(value)) addTrait(context, 'hidden-command', value);
    for (const [name] of value.matchAll(/[A-Za-z_]\w*/g)) {
      if (seen.has(name) || seen.size >= MOST_NAMES) continue;
      seen.add(name);
      values.push(...(variables.get(name) ?? []));
    }
  }
}

/** Names lead on to names, but not for ever. */
const MOST_NAMES = 64;

export function judgeValue(value: string, context: Context): void {
  if (NAME_WITH_COMMAND.test(value)) addTrait(context, 'hidden-command', value);
}

/** In a sum, as in double quotes, single quotes keep nothing from being expanded. */
export function judgeSumText(text: string, context: Context): void {
  if (LATER.test(text)) addTrait(context, 'hidden-command', text);
  judgeNames(text, context);
}
