import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../src/core/display/line.ts';
import { layoutMarkdown } from '../../../../src/core/display/markdown/layout-markdown.ts';

const surface = (columns: number) => ({
  columns,
  width: (text: string) => text.length,
  isAscii: false,
  isPlain: false,
});
const lines = (text: string, columns = 80) => layoutMarkdown(text, surface(columns));
const shown = (text: string, columns = 80) => lines(text, columns).map(textOf);

describe('Markdown on a screen', () => {
  it('wraps prose and hangs the items of lists', () => {
    expect(shown('one two three four five', 12)).toEqual(['one two', 'three four', 'five']);
    expect(shown('- one two three four', 14)).toEqual(['- one two', '  three four']);
    expect(shown('  10. one two three four', 18)).toEqual(['  10. one two', '      three four']);
  });

  it('makes headings and strong words strong', () => {
    expect(lines('## Where it is')[0]).toEqual([{ text: 'Where it is', tone: 'strong' }]);
    expect(lines('a **very** b')[0]?.map(({ text, tone }) => [text, tone])).toEqual([
      ['a ', 'plain'],
      ['very', 'strong'],
      [' b', 'plain'],
    ]);
  });

  it('leaves names with underscores, powers and code as they are', () => {
    for (const text of ['see __init__.py there', '2**3**4', 'a `**b**` c', 'a_b_c', '`x` `']) {
      expect(shown(text)).toEqual([text]);
    }
  });

  it('tells code apart and colours it by its language', () => {
    const [line] = lines('```typescript\nconst a = "b";\n```');
    expect(line?.map(({ text, ink }) => [text, ink])).toEqual([
      ['  ', undefined],
      ['const', 'keyword'],
      [' a = ', undefined],
      ['"b"', 'string'],
      [';', undefined],
    ]);
  });

  it('does not wrap code, nor read Markdown in it', () => {
    const code = `**${'x'.repeat(100)}**`;
    expect(shown(`\`\`\`\n${code}\n\`\`\``, 40)).toEqual([`  ${code}`]);
  });

  it('shows code that has no end yet', () => {
    expect(shown('```ts\nconst a')).toEqual(['  const a']);
  });

  it('never lets a model move the cursor or hide a letter', () => {
    const evil = 'a\x1b[2Jb\u202e `c\x07`\n```\n\x1b]52;c;aGk=\x07\n```';
    expect(shown(evil).join('\n')).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
  });

  it('stays as it was where nobody looks', () => {
    const text = '# One\n\n**two** `three`';
    expect(shown(text, Number.POSITIVE_INFINITY)).toEqual(text.split('\n'));
  });

  it('keeps the looks of words over the end of a row', () => {
    const rows = lines('aa **bb cc dd** ee', 8);
    const strong = rows.flatMap((row) => row.filter(({ tone }) => tone === 'strong'));
    expect(strong.map(({ text }) => text.trim()).join(' ')).toBe('bb cc dd');
  });
});
