import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Code, drawCode, heightOfCode } from '../../../src/core/display/draw-code.ts';
import { type Surface, textOf } from '../../../src/core/display/line.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { fc } from '../../support/fc.ts';

const surface: Surface = {
  columns: 80,
  width: (text) => stringWidth(text),
  isAscii: false,
  isPlain: false,
};
const code = (text: string, more: Partial<Code> = {}): Code => ({
  text,
  note: '',
  tone: 'plain',
  tokens: [],
  marks: [],
  matches: [],
  blanks: 'no',
  ...more,
});
const rows = (text: string, room = 20, more: Partial<Code> = {}) =>
  drawCode(code(text, more), room, surface).map(textOf);

describe('a line of code', () => {
  it('breaks where a row is full and loses nothing', () => {
    expect(rows('const total = sum(prices);', 10)).toEqual(['const tota', 'l = sum(pr', 'ices);']);
    expect(rows('漢字漢字', 5)).toEqual(['漢字', '漢字']);
    expect(rows('')).toEqual(['']);
  });

  it('shows as text what a terminal would obey or an eye would miss', () => {
    expect(rows('a\x1b]0;x\x07\u202eb\u200bc\rd', 80)).toEqual([
      'a⟨U+001B⟩]0;x⟨U+0007⟩⟨U+202E⟩b⟨U+200B⟩c⟨U+000D⟩d',
    ]);
  });

  it('names the parts of a pile of accents', () => {
    const pile = `a${'\u0301'.repeat(20)}`;
    expect(rows(pile, 400)[0]).toContain('⟨U+0301⟩⟨U+0301⟩');
    expect(rows('e\u0301')).toEqual(['e\u0301']);
    expect(rows('a\u200db')).toEqual(['a⟨U+200D⟩b']);
  });

  it('breaks also between what is named, and within what hangs on one letter', () => {
    expect(rows('\u{3347a}\u{e0100}', 12)).toEqual(['⟨U+3347A⟩', '⟨U+E0100⟩']);
    expect(rows('a\u200d\u200db', 8)).toEqual(['a', '⟨U+200D⟩', '⟨U+200D⟩', 'b']);
    expect(rows('\u0301\u0302', 12)).toEqual(['⟨U+0301⟩', '⟨U+0302⟩']);
  });

  it('keeps room for the widest that a terminal may make of an emoji', () => {
    const family = '👨‍👩‍👧';
    expect(drawCode(code(`${family}abcd`), 6, surface).map(textOf)).toEqual([family, 'abcd']);
  });

  it('sets tabs to stops of four, and shows them and blanks on request', () => {
    expect(rows('\ta\tb')).toEqual(['    a   b']);
    expect(rows('\ta b ', 20, { blanks: 'all' })).toEqual(['→   a·b·']);
    expect(rows('\ta b \t', 20, { blanks: 'trailing' })).toEqual(['    a b·→   ']);
  });

  it('has its note behind it, or below where there is no room', () => {
    expect(rows('abc', 10, { note: ' ⟨CRLF⟩' })).toEqual(['abc ⟨CRLF⟩']);
    expect(rows('abcd', 10, { note: ' ⟨CRLF⟩' })).toEqual(['abcd', ' ⟨CRLF⟩']);
    expect(heightOfCode(code('abcd', { note: ' ⟨CRLF⟩' }), 10, surface)).toBe(2);
  });

  it('wears ink, marks and matches over each other', () => {
    const line = drawCode(
      code('if ab', {
        tone: 'good',
        tokens: [{ from: 0, to: 2, ink: 'keyword' }],
        marks: [{ from: 1, to: 4 }],
        matches: [{ from: 4, to: 5 }],
      }),
      20,
      surface,
    )[0];
    expect(line).toEqual([
      { text: 'i', tone: 'good', ink: 'keyword' },
      { text: 'f', tone: 'good', ink: 'keyword', isUnderlined: true },
      { text: ' a', tone: 'good', isUnderlined: true },
      { text: 'b', tone: 'good', isInverse: true },
    ]);
  });

  it('is as high as it says, never too wide, and drawn in parts as in whole', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.integer({ min: 12, max: 40 }),
        fc.boolean(),
        (text, room, hasNote) => {
          const one = code(text.replaceAll('\n', ''), { note: hasNote ? ' ⟨CRLF⟩' : '' });
          const whole = drawCode(one, room, surface);
          expect(whole).toHaveLength(heightOfCode(one, room, surface));
          expect(whole.flatMap((_, at) => drawCode(one, room, surface, at, 1))).toEqual(whole);
          for (const line of whole) {
            expect(stringWidth(textOf(line))).toBeLessThanOrEqual(room);
            expect(textOf(line)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff\ufff9]/u);
          }
        },
      ),
    );
  });

  it('of ten thousand characters is drawn in a moment', () => {
    const long = '漢字 and words '.repeat(1_000);
    const tookMs = cpuMsOf(() => {
      expect(heightOfCode(code(long), 70, surface)).toBeGreaterThan(150);
    });
    expect(tookMs).toBeLessThan(300);
  });
});
