import type { Block } from '../types.ts';

/** Whether a blank line belongs between two blocks: before headings, and around Markdown. */
export function standsApart(block: Block, before: Block): boolean {
  return block.kind === 'heading' || before.kind === 'markdown';
}
