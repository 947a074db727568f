import type { ModelAbility } from '../types.ts';

/**
 * How a model is let look for itself: `native` through the server's own form of calls, `text` by
 * calls that it writes out, `none` not at all.
 */
export type ToolMode = 'native' | 'text' | 'none';

/** What was learned of a model goes before what its server says of it. */
export function chooseToolMode(
  abilities: readonly ModelAbility[],
  learned: ToolMode | undefined,
): ToolMode {
  const isAble = abilities.includes('tools');
  switch (learned) {
    case undefined:
      return isAble ? 'native' : 'none';
    // The server refuses the form to a model of which it does not say so.
    case 'native':
      return isAble || abilities.length === 0 ? 'native' : 'none';
    case 'text':
    case 'none':
      return learned;
    default:
      return learned satisfies never;
  }
}
