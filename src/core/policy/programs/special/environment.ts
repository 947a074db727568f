import { addFact, addTrait } from '../../shell/evaluator.ts';
import { MARK } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';

/** `printenv`: the variables that it names, or all. */
export function printVariables({ args, context }: Call): Stream {
  if (args.operands.length === 0) addTrait(context, 'dumps-environment', 'printenv');
  for (const name of args.operands) {
    if (context.state.variables.has(name)) continue;
    addFact(context, { about: 'variable', name: name.includes(MARK.unknown) ? 'SECRET' : name });
  }
  return { kind: 'secret' };
}
