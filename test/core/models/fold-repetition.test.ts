import { describe, expect, it } from 'vitest';
import { foldRepetition } from '../../../src/core/models/fold-repetition.ts';
import { failModel } from '../../../src/core/models/trouble.ts';
import { fc } from '../../support/fc.ts';

const stuckAt = (repeated: string) =>
  failModel('repetition', 'The same again.', { data: { repeated } }).error;

describe('a model that went in circles', () => {
  it('is shown with what it said before, and with three rounds', () => {
    const text = `Here it is:\n${'and so on '.repeat(200)}and s`;
    expect(foldRepetition(text, stuckAt('on and so '))).toBe(
      'Here it is:\nand so on and so on and so on …',
    );
  });

  it('is left as it is where it said no more than that, or another thing was wrong', () => {
    expect(foldRepetition('so so so', stuckAt('so '))).toBe('so so so');
    expect(foldRepetition('so '.repeat(99), failModel('cut', 'Gone.').error)).toHaveLength(297);
    const page = 'x'.repeat(200);
    expect(foldRepetition(page.repeat(9), stuckAt(page))).toHaveLength(1800);
  });

  it('loses nothing of what stood before the circles', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 20 }), (before, unit) => {
        const folded = foldRepetition(before + unit.repeat(50), stuckAt(unit));
        expect(folded.startsWith((before + unit).trimEnd().slice(0, before.trimEnd().length))).toBe(
          true,
        );
      }),
    );
  });
});
