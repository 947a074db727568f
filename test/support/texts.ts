import { fc } from './fc.ts';

/** Texts of a few different lines, with either line end, a missing last one, or none at all. */
export const texts: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom(
          '',
          'a',
          'b',
          '  b',
          'const x = 1;',
          'const x = 2;',
          '}',
          'long line of words',
        ),
        fc.constantFrom('\n', '\n', '\n', '\r\n'),
      ),
      { maxLength: 30 },
    ),
    fc.constantFrom('', '', 'the end', 'a'),
  )
  .map(([lines, end]) => lines.map(([line, terminator]) => line + terminator).join('') + end);

/** A generator of numbers from 0 up to 1 that says the same at every run. */
export function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
