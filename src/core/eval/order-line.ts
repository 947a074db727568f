import { quoteWord } from '../commands/words.ts';
import type { EvalTask } from '../types.ts';

/** The line that asks a model for what the task wants; rules are left out of it. */
export function orderLine({ command, request }: Pick<EvalTask, 'command' | 'request'>): string {
  const words = command === 'plan' ? ['plan', '--with', 'model'] : [command];
  return [...words, request].map(quoteWord).join(' ');
}
