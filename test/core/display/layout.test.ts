import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { layoutBlock, layoutEntry } from '../../../src/core/display/layout.ts';
import { type Surface, textOf } from '../../../src/core/display/line.ts';
import { paintLines } from '../../../src/core/display/paint.ts';
import type { Block } from '../../../src/core/types.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { fc } from '../../support/fc.ts';

const surface = (columns: number, more: Partial<Surface> = {}): Surface => ({
  columns,
  width: (text) => stringWidth(text),
  isAscii: false,
  isPlain: false,
  ...more,
});

const show = (block: Block, columns = 80, more: Partial<Surface> = {}): string =>
  paintLines(layoutBlock(block, surface(columns, more)), 'none').trimEnd();

describe('text', () => {
  it('wraps prose at words and at a hundred columns at most', () => {
    const text = 'word '.repeat(60).trim();
    const rows = show({ kind: 'text', text }, 200).split('\n');
    expect(Math.max(...rows.map((row) => row.length))).toBe(99);
    expect(rows.join(' ')).toBe(text);
  });

  it('is not wrapped where there are no columns, as in a pipe', () => {
    const text = 'word '.repeat(60).trim();
    expect(show({ kind: 'text', text }, Infinity)).toBe(text);
  });

  it('breaks inside a word only where it is longer than a line, and counts wide letters twice', () => {
    expect(show({ kind: 'text', text: '漢字漢字漢字' }, 5)).toBe('漢字\n漢字\n漢字');
  });

  it('keeps the margin of a wrapped line', () => {
    expect(show({ kind: 'text', text: '  one two three' }, 10)).toBe('  one two\n  three');
  });
});

describe('fields', () => {
  const block: Block = {
    kind: 'fields',
    fields: [
      { name: 'mode', value: 'chat' },
      { name: 'level', value: 'standard', note: 'default' },
    ],
  };

  it('stand in two columns with the note behind', () => {
    expect(show(block)).toBe('mode   chat\nlevel  standard  default');
  });

  it('are spoken as name and value', () => {
    expect(show(block, 80, { isPlain: true })).toBe('mode: chat\nlevel: standard (default)');
  });

  it('put the value below the name where the window is narrow', () => {
    const long: Block = { kind: 'fields', fields: [{ name: 'a-rather-long-name', value: 'v' }] };
    expect(show(long, 30)).toBe('a-rather-long-name\n  v');
  });
});

describe('items', () => {
  const block: Block = {
    kind: 'items',
    items: [
      { mark: 'ok', text: 'Node', detail: '20.20' },
      { mark: 'fail', text: 'Ollama', detail: 'not answering', remedy: 'Start `ollama serve`.' },
    ],
  };

  it('stand behind their marks, details under each other, the remedy below', () => {
    expect(show(block)).toBe('✓ Node    20.20\n✗ Ollama  not answering\n  › Start `ollama serve`.');
  });

  it('have ASCII stand-ins', () => {
    expect(show(block, 80, { isAscii: true })).toBe(
      '+ Node    20.20\nx Ollama  not answering\n  > Start `ollama serve`.',
    );
  });

  it('have words for the marks in plain output', () => {
    expect(show(block, 80, { isPlain: true })).toBe(
      'ok: Node, 20.20\nfailed: Ollama, not answering\n  what to do: Start `ollama serve`.',
    );
  });
});

describe('tables', () => {
  const block: Block = {
    kind: 'table',
    columns: ['name', 'summary'],
    rows: [
      ['help', 'what there is and how it is used'],
      ['doctor', 'looks at the machine'],
    ],
  };

  it('align their columns', () => {
    expect(show(block)).toBe(
      'name    summary\nhelp    what there is and how it is used\ndoctor  looks at the machine',
    );
  });

  it('wrap cells where the window is narrow', () => {
    expect(show(block, 26)).toBe(
      'name    summary\nhelp    what there is and\n        how it is used\ndoctor  looks at the\n        machine',
    );
  });

  it('become records where even that does not fit', () => {
    expect(show(block, 12)).toContain('help\n  summary:\n  what there');
  });

  it('are spoken a row at a time', () => {
    expect(show(block, 80, { isPlain: true })).toContain('doctor, summary looks at the machine');
  });
});

describe('failures', () => {
  const block: Block = {
    kind: 'failure',
    failure: {
      code: 'denied',
      message: 'rm -rf build ../dist reaches outside the workspace',
      hint: 'ask for: rm -rf build',
      data: { because: [{ rule: 'paths/outside-workspace', reason: 'it leaves the workspace' }] },
    },
  };

  it('say what, by which rule, and what would be possible', () => {
    expect(show(block)).toBe(
      [
        '✗ denied  rm -rf build ../dist reaches outside the workspace',
        '  rule paths/outside-workspace  it leaves the workspace',
        '  ask for: rm -rf build',
      ].join('\n'),
    );
  });

  it('need no symbol in plain output', () => {
    expect(show(block, 80, { isPlain: true })).toMatch(/^denied: rm -rf/);
  });
});

describe('code', () => {
  it('is indented, never cut, and flagged where a word mixes alphabets', () => {
    const text = `${'x'.repeat(100)} p\u0430ypal\n`;
    expect(show({ kind: 'code', text }, 40)).toBe(
      `  ${'x'.repeat(100)} p\u0430ypal\n! p\u0430ypal mixes Latin and Cyrillic letters`,
    );
  });
});

it('shows an entered line behind the mode it was entered in', () => {
  const entry = { kind: 'input', mode: 'propose', line: 'one\ntwo' } as const;
  expect(layoutEntry(entry, surface(80)).map(textOf)).toEqual(['propose › one', '          two']);
});

it('keeps every row of prose, fields, items, tables and failures within the columns', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 30 });
  const block: fc.Arbitrary<Block> = fc.oneof(
    word.map((text): Block => ({ kind: 'text', text })),
    fc.array(fc.record({ name: word, value: word })).map(
      (fields): Block => ({
        kind: 'fields',
        fields,
      }),
    ),
    fc
      .array(
        fc.record({
          mark: fc.constantFrom('ok' as const, 'none' as const),
          text: word,
          detail: word,
        }),
      )
      .map((items): Block => ({ kind: 'items', items })),
    fc
      .array(fc.tuple(word, word, word))
      .map((rows): Block => ({ kind: 'table', columns: ['a', 'b', 'c'], rows })),
    word.map(
      (message): Block => ({
        kind: 'failure',
        failure: { code: 'failed', message, hint: message },
      }),
    ),
  );
  fc.assert(
    fc.property(block, fc.integer({ min: 20, max: 120 }), (drawn, columns) => {
      for (const line of layoutBlock(drawn, surface(columns))) {
        expect(stringWidth(textOf(line).trimEnd())).toBeLessThanOrEqual(columns);
      }
    }),
  );
});

it('takes a very long line of wide letters in a moment', () => {
  const text = '漢'.repeat(100_000);
  for (const block of [
    { kind: 'text', text },
    { kind: 'table', columns: ['a', 'b'], rows: [['x', text]] },
    { kind: 'fields', fields: [{ name: 'x', value: text }] },
  ] as const) {
    const tookMs = cpuMsOf(() => {
      expect(layoutBlock(block, surface(80)).length).toBeGreaterThan(2_000);
    });
    expect(tookMs, block.kind).toBeLessThan(3_000);
  }
});
