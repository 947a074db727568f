import { describe, expect, it } from 'vitest';
import { makeLineVisible, makeVisible } from '../../../src/core/display/escape.ts';
import { fc } from '../../support/fc.ts';

describe('makeVisible', () => {
  it('leaves letters, newlines and pictures alone', () => {
    for (const text of ['plain text\nsecond line', 'naïve 漢字 हिन्दी', '👍🏽 👨‍👩‍👧 ❤️ 1️⃣ 🇩🇪']) {
      expect(makeVisible(text)).toBe(text);
    }
  });

  it('shows what a terminal would obey', () => {
    expect(makeVisible('\x1b]52;c;aGk=\x07')).toBe('⟨U+001B⟩]52;c;aGk=⟨U+0007⟩');
    expect(makeVisible('a\rb\x00\x9b31m\x7f')).toBe('a⟨U+000D⟩b⟨U+0000⟩⟨U+009B⟩31m⟨U+007F⟩');
  });

  it('shows what the eye would miss', () => {
    expect(makeVisible('a\u202eb\u200b\u2060\u2800\u3164\u{e0041}')).toBe(
      'a⟨U+202E⟩b⟨U+200B⟩⟨U+2060⟩⟨U+2800⟩⟨U+3164⟩⟨U+E0041⟩',
    );
    expect(makeVisible('a\u2028b\u2029\ufeff\ud800')).toBe('a⟨U+2028⟩b⟨U+2029⟩⟨U+FEFF⟩⟨U+D800⟩');
  });

  it('lets a joiner and the picture selector pass only between pictures', () => {
    expect(makeVisible('a\u200db')).toBe('a⟨U+200D⟩b');
    expect(makeVisible('👍\u200d')).toBe('👍⟨U+200D⟩');
    expect(makeVisible('a\ufe0f')).toBe('a⟨U+FE0F⟩');
    expect(makeVisible('1\ufe0f')).toBe('1⟨U+FE0F⟩');
  });

  it('expands tabs to the next stop of their line', () => {
    expect(makeVisible('a\tb\n\tc')).toBe('a   b\n    c');
  });

  it('names characters in ASCII where nothing else can be shown', () => {
    expect(makeVisible('\x07', true)).toBe('<U+0007>');
  });

  it('never lets a control or bidi character through, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(makeVisible(text)).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
    );
  });
});

it('shows a newline too, where a text must stay one line', () => {
  expect(makeLineVisible('a\nb\x1bc')).toBe('a⟨U+000A⟩b⟨U+001B⟩c');
  expect(makeLineVisible('a\nb', true)).toBe('a<U+000A>b');
});
