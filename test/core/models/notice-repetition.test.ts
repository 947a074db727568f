import { describe, expect, it } from 'vitest';
import { EMPTY_TAIL, watchTail } from '../../../src/core/models/notice-repetition.ts';
import { fc } from '../../support/fc.ts';

/** How many characters it took to see it; null if it was not seen. */
function seenAfter(text: string, chunk = 5): number | null {
  let tail = EMPTY_TAIL;
  for (let at = 0; at < text.length; at += chunk) {
    const watched = watchTail(tail, text.slice(at, at + chunk));
    tail = watched.tail;
    if (watched.repeated !== null) return at + chunk;
  }
  return null;
}

const prose = (words: number): string =>
  Array.from({ length: words }, (_, at) => `w${(at * 7919) % 100_003}`).join(' ');

describe('a model that says the same for ever', () => {
  it.each([
    ['a letter', 'a', 1000],
    ['a word', 'the ', 1200],
    ['a line', '  const x = compute(y);\n', 2000],
    ['a paragraph', `${prose(40)}\n`, 3500],
    ['a page', `${prose(150)}\n`, 5700],
  ])('is noticed with %s, after other text', (_, unit, limit) => {
    const before = prose(500);
    const seen = seenAfter(before + unit.repeat(Math.ceil(9000 / unit.length)));
    expect(seen).not.toBeNull();
    expect((seen as number) - before.length).toBeLessThan(limit);
  });

  it('is noticed when it only makes blank lines', () => {
    expect(seenAfter(`{"a":${'\n  '.repeat(500)}`)).toBeLessThan(800);
  });

  it('says what is repeated', () => {
    let tail = EMPTY_TAIL;
    let repeated: string | null = null;
    for (let at = 0; at < 2000 && repeated === null; at += 1) {
      ({ tail, repeated } = watchTail(tail, 'ping pong '));
    }
    expect([...(repeated ?? '')].sort().join('')).toBe([...'ping pong '].sort().join(''));
  });

  it('is left alone with what code repeats', () => {
    expect(seenAfter(prose(4000))).toBeNull();
    expect(seenAfter(`${'='.repeat(400)}\n${prose(50)}\n${'-'.repeat(400)}`)).toBeNull();
    expect(seenAfter('    0x00, 0x00, 0x00, 0x00,\n'.repeat(50))).toBeNull();
    expect(
      seenAfter(Array.from({ length: 300 }, (_, at) => `case ${at}: return ${at};\n`).join('')),
    ).toBeNull();
  });

  it('is never seen in what does not repeat', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 300, maxLength: 500 });
    fc.assert(
      fc.property(words, (all) => {
        expect(seenAfter(all.map((word, at) => `${word}${at}`).join(' '), 40)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });
});
