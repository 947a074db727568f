import { describe, expect, it } from 'vitest';
import { createMarkdownSplitter } from '../../../../src/core/display/markdown/split-markdown.ts';
import { fc } from '../../../support/fc.ts';

const TEXT = `In two places.

# Where
- the cart
- the invoice

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`
The end.`;
const BLOCKS = [
  'In two places.',
  '# Where',
  '- the cart\n- the invoice',
  '```ts\nconst a = 1;\n\nconst b = 2;\n```',
  'The end.',
];

describe('Markdown that comes in pieces', () => {
  it('is the same blocks however it is torn', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 })), (sizes) => {
        const splitter = createMarkdownSplitter();
        const blocks: string[] = [];
        let at = 0;
        for (const size of [...sizes, TEXT.length]) {
          blocks.push(...splitter.push(TEXT.slice(at, at + size)));
          at += size;
        }
        expect([...blocks, ...splitter.end()]).toEqual(BLOCKS);
      }),
    );
  });

  it('shows what is not ended yet', () => {
    const splitter = createMarkdownSplitter();
    splitter.push('One.\n\nTwo is not');
    expect(splitter.rest()).toBe('Two is not');
  });

  it('keeps to the last lines of long code, and keeps it code', () => {
    const splitter = createMarkdownSplitter();
    splitter.push(`\`\`\`ts\n${'const a = 1;\n'.repeat(100)}const last`);
    expect(splitter.rest().startsWith('```ts\nconst a')).toBe(true);
    expect(splitter.rest().endsWith('const last')).toBe(true);
    expect(splitter.rest().split('\n').length).toBeLessThan(40);
  });

  it('gives out code without an end in parts that are code themselves', () => {
    const splitter = createMarkdownSplitter();
    const blocks = splitter.push(`\`\`\`py\n${'x = 1\n'.repeat(500)}`);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) expect(block).toMatch(/^```py\n[^`]*\n```$/);
    expect(blocks.join('').match(/x = 1/g)?.length).toBeGreaterThan(390);
  });

  it('does not wait for ever for the end of a line', () => {
    const splitter = createMarkdownSplitter();
    splitter.push('x'.repeat(50_000));
    expect(splitter.rest().length).toBeLessThan(5_000);
    expect(splitter.end().join('')).toHaveLength(50_000);
  });
});
