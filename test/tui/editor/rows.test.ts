import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { graphemesOf } from '../../../src/tui/editor/graphemes.ts';
import { cellOf, indexAt, layoutRows } from '../../../src/tui/editor/rows.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { fc } from '../../support/fc.ts';

const frame = { room: 10, width: (text: string) => stringWidth(text), isAscii: false };
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const show = (text: string) => layoutRows(text, frame).map(({ shown }) => shown);

describe('rows', () => {
  it('break at the room there is, wide letters never in half', () => {
    expect(show('abcdefghijkl')).toEqual(['abcdefghij', 'kl']);
    expect(show('a漢漢漢漢漢')).toEqual(['a漢漢漢漢', '漢']);
    expect(show('one\n\ntwo')).toEqual(['one', '', 'two']);
    expect(show('\u{3347a}\u{e0100}')).toEqual(['⟨U+3347A⟩', '⟨U+E0100⟩']);
  });

  it('hold the whole text, none of them too wide', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const rows = layoutRows(text, frame);
        const whole = rows.map(({ from, to }) => text.slice(from, to)).join('');
        expect(whole).toBe(text.replaceAll('\n', ''));
        for (const { shown } of rows) expect(stringWidth(shown)).toBeLessThanOrEqual(frame.room);
      }),
    );
  });

  it('find a place again by its cell', () => {
    const text = 'first row is long\nab漢c';
    const rows = layoutRows(text, frame);
    for (const at of [0, 3, 12, 17, 18, 20, 21, 22]) {
      const { row, column } = cellOf(text, rows, at, frame);
      expect(indexAt(text, rows, row, column, frame)).toBe(at);
    }
  });

  it('take a very long line of wide letters in a moment', () => {
    const tookMs = cpuMsOf(() => {
      expect(layoutRows('漢'.repeat(100_000), frame)).toHaveLength(20_000);
    });
    expect(tookMs).toBeLessThan(3_000);
  });
});

it('segments a long text as it would a short one', () => {
  const family = '👨‍👩‍👧';
  const text = `${'x'.repeat(509)}${family.repeat(300)}`;
  expect(graphemesOf(text).slice(509)).toEqual(Array.from({ length: 300 }, () => family));
});
