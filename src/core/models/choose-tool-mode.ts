import type { ModelAbility, ModelHabit, ToolMode } from '../types.ts';

/**
 * How a model is asked to call tools: as its server says that it can, unless something else was
 * learned. Calls in the text of an answer are asked for only where they were seen to work.
 */
export function chooseToolMode(
  abilities: readonly ModelAbility[],
  habit: Pick<ModelHabit, 'toolMode'> | null,
): ToolMode {
  const can = abilities.includes('tools');
  const learned = habit?.toolMode ?? null;
  if (learned === null) return can ? 'native' : 'none';
  // A server refuses tools for a model without the ability; an old one says nothing of abilities.
  if (learned === 'native' && !can && abilities.length > 0) return 'none';
  return learned;
}
