import { describe, expect, it } from 'vitest';
import { createDecoder, MAX_PASTE } from '../../../src/tui/keys/decoder.ts';
import { chordOf, type Key } from '../../../src/tui/keys/key.ts';
import { fc } from '../../support/fc.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `"abc"` for text, `<paste>` for pastes, chords for keys. */
const name = (key: Key): string =>
  key.kind === 'text' ? `"${key.text}"` : key.kind === 'paste' ? `<${key.text}>` : chordOf(key);

function decode(...reads: readonly string[]): readonly string[] {
  const decoder = createDecoder();
  return reads.flatMap((read) => decoder.push(encode(read))).map(name);
}

describe('plain keys', () => {
  it('are text, and a return in the same read is the Enter key', () => {
    expect(decode('abc\r')).toEqual(['"abc"', 'enter']);
  });

  it('tell Backspace, Delete and control keys apart, also in a burst', () => {
    expect(decode('\x7f\x7f\x1b[3~a\x03b')).toEqual([
      'backspace',
      'backspace',
      'delete',
      '"a"',
      'ctrl+c',
      '"b"',
    ]);
  });

  it('keep a letter whose bytes come in two reads whole', () => {
    const decoder = createDecoder();
    const bytes = encode('漢');
    expect(decoder.push(bytes.slice(0, 1))).toEqual([]);
    expect(decoder.push(bytes.slice(1)).map(name)).toEqual(['"漢"']);
  });
});

describe('escape sequences', () => {
  it.each([
    ['\x1b[A', 'up'],
    ['\x1bOA', 'up'],
    ['\x1b[1;5D', 'ctrl+left'],
    ['\x1bO5D', 'ctrl+left'],
    ['\x1b[H', 'home'],
    ['\x1b[4~', 'end'],
    ['\x1b[Z', 'shift+tab'],
    ['\x1b[13;2u', 'shift+enter'],
    ['\x1b[27;2;13~', 'shift+enter'],
    ['\x1b[27;5;103~', 'ctrl+g'],
    ['\x1b[99;5u', 'ctrl+c'],
    ['\x1b[97;3u', 'alt+a'],
    ['\x1b[27u', 'escape'],
    ['\x1b[57414u', 'enter'],
    ['\x1bb', 'alt+b'],
    ['\x1b\x7f', 'alt+backspace'],
    ['\x1b\r', 'alt+enter'],
    ['\x1b\x1b[C', 'alt+right'],
    ['\x1b[3$', 'shift+delete'],
    ['\n', 'ctrl+j'],
    ['\x1f', 'ctrl+_'],
  ])('%j is %s', (bytes, key) => {
    expect(decode(bytes)).toEqual([key]);
    expect(decode(...bytes)).toEqual([key]);
  });

  it('give text where a terminal reports every key', () => {
    expect(decode('\x1b[97;2u\x1b[228;;228u\x1b[57404u')).toEqual(['"Aä5"']);
  });

  it.each([
    '\x1b[1;5P',
    '\x1b[0m',
    '\x1b[31m',
    '\x1b[29;5~',
    '\x1b[I',
    '\x1b[O',
    '\x1b[<0;10;10M',
    '\x1b[M !!',
    '\x1b[[A',
    '\x1b[?62;4c',
    '\x1b[12;40R',
    '\x1b[?2026;2$y',
    '\x1b]11;rgb:0000/0000/0000\x07',
    '\x1b]11;rgb:0000/0000/0000\x1b\\',
    '\x1bP>|xterm(390)\x1b\\',
    '\x1b[97;1:3u',
    '\x1b[1;1:3A',
  ])('%j is nothing, or no text', (bytes) => {
    expect(decode(`${bytes}x`).filter((key) => !key.startsWith('ctrl+f'))).toEqual(['"x"']);
  });

  it('do not swallow an interrupt that comes amid them', () => {
    expect(decode('\x1b]0;title', '\x03')).toEqual(['ctrl+c']);
    expect(decode('\x1b[12', '\x03')).toEqual(['ctrl+c']);
  });
});

describe('a lone escape', () => {
  it('is the Esc key when nothing follows', () => {
    const decoder = createDecoder();
    expect(decoder.push(encode('\x1b'))).toEqual([]);
    expect(decoder.waitMs()).toBe(50);
    expect(decoder.flush().map(name)).toEqual(['escape']);
    expect(decoder.waitMs()).toBeNull();
  });

  it('is no Esc key where its sequence has begun to come', () => {
    const decoder = createDecoder();
    decoder.push(encode('\x1b[1'));
    expect(decoder.waitMs()).toBeNull();
    expect(decoder.push(encode(';5C')).map(name)).toEqual(['ctrl+right']);
  });
});

describe('a paste', () => {
  it('is one key, with newlines as newlines and sequences as they are', () => {
    expect(decode('\x1b[200~one\r\ntwo\rthree\x1b[31m\x03\x1b[201~x')).toEqual([
      '<one\ntwo\nthree\x1b[31m\x03>',
      '"x"',
    ]);
  });

  it('is cut where it is longer than can be held', () => {
    const decoder = createDecoder();
    decoder.push(encode('\x1b[200~'));
    for (let count = 0; count < 30; count++) decoder.push(encode('x'.repeat(50_000)));
    const [key] = decoder.push(encode('\x1b[201~'));
    expect(key).toMatchObject({ kind: 'paste', isCut: true });
    expect(key?.kind === 'paste' && key.text.length).toBe(MAX_PASTE);
  });

  it('is over when its end does not come', () => {
    const decoder = createDecoder();
    decoder.push(encode('\x1b[200~lost'));
    expect(decoder.waitMs()).toBe(1_000);
    expect(decoder.flush().map(name)).toEqual(['<lost>']);
  });
});

describe('whatever comes', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['\x1b', '\x1b[', '\x1bO', '\x1b]', '\x1bP', '\x1b[200~', '\x1b[201~', '\x1b[A', '\x1b\\'],
      ...[
        '\x1b[1;5C',
        '\x1b[97;5u',
        '\x1b[M',
        '\x1b[<1;2;3M',
        '\r',
        '\n',
        '\x03',
        '\x07',
        '漢',
        '👍',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.stringMatching(/^[0-9;:<?$A-Za-z~]{0,8}$/),
  );
  const bytes = fc.oneof(
    fc.array(piece, { maxLength: 20 }).map((pieces) => encode(pieces.join(''))),
    fc.uint8Array({ maxLength: 60 }),
  );

  it('gives the same keys in whatever pieces it comes', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(60)), (all, cuts) => {
        const whole = createDecoder();
        const pieces = createDecoder();
        const at = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        const keys = at.slice(1).flatMap((to, index) => pieces.push(all.slice(at[index], to)));
        const end = [...merge([...keys, ...pieces.flush()])];
        expect(end).toEqual(merge([...whole.push(all), ...whole.flush()]));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never hides control characters in text', () => {
    fc.assert(
      fc.property(bytes, (all) => {
        for (const key of createDecoder().push(all)) {
          if (key.kind === 'text') expect(key.text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        }
      }),
    );
  });
});

/** Texts that touch are one text. */
function merge(keys: readonly Key[]): readonly string[] {
  const merged: Key[] = [];
  for (const key of keys) {
    const last = merged.at(-1);
    if (key.kind === 'text' && last?.kind === 'text') {
      merged[merged.length - 1] = { kind: 'text', text: last.text + key.text };
    } else merged.push(key);
  }
  return merged.map(name);
}
