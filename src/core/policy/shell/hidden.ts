import { addTrait, type Context } from './evaluator.ts';

/** A substitution that is still text. */
export const LATER = /\$\(|`/;

/** One inside a subscript: evaluating the name runs it. */
export const HIDDEN = /\[[^\]]*(\$\(|`)/;

/** Names in a sum are read as sums again, and a subscript in them may run a command. */
export function judgeNames(text: string, context: Context): void {
  const values = [...text.matchAll(/[A-Za-z_]\w*/g)].flatMap(
    ([name]) => context.state.variables.get(name) ?? [],
  );
  for (const value of [text, ...values]) {
    if (HIDDEN.test(value)) addTrait(context, 'hidden-command', value);
  }
}

/** In a sum, as in double quotes, single quotes keep nothing from being expanded. */
export function judgeSumText(text: string, context: Context): void {
  if (LATER.test(text)) addTrait(context, 'hidden-command', text);
  judgeNames(text, context);
}
