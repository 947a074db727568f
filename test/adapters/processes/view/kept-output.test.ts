import { describe, expect, it } from 'vitest';
import { createKeptOutput } from '../../../../src/adapters/processes/view/kept-output.ts';
import { fc } from '../../../support/fc.ts';

const SIGNS = fc.string({ unit: 'grapheme', maxLength: 12 });

describe('what is kept of an output', () => {
  it('is all of it, where that is within the limit', () => {
    const kept = createKeptOutput(100);
    for (const text of ['grüße ', '', 'x'.repeat(40), ' 🦊']) kept.add(text);
    expect(kept.output()).toBe(`grüße ${'x'.repeat(40)} 🦊`);
    expect(kept.droppedBytes()).toBe(0);
  });

  it('is its beginning and its end, never more than the limit, with no character torn', () => {
    fc.assert(
      fc.property(
        fc.array(SIGNS, { maxLength: 40 }),
        fc.integer({ min: 0, max: 120 }),
        (texts, limit) => {
          const kept = createKeptOutput(limit);
          for (const text of texts) kept.add(text);
          const all = texts.join('');
          const dropped = kept.droppedBytes();
          if (dropped === 0) {
            expect(kept.output()).toBe(all);
            return;
          }
          const [head = '', tail = ''] = kept.output().split(`\n[${dropped} bytes left out]\n`);
          expect(all.startsWith(head)).toBe(true);
          expect(all.endsWith(tail)).toBe(true);
          const keptBytes = Buffer.byteLength(head) + Buffer.byteLength(tail);
          expect(keptBytes).toBeLessThanOrEqual(limit);
          expect(keptBytes + dropped).toBe(Buffer.byteLength(all));
        },
      ),
    );
  });

  it('costs no more memory for many small pieces than for one', () => {
    const kept = createKeptOutput(1000);
    for (let count = 0; count < 300_000; count++) kept.add('x');
    expect(kept.droppedBytes()).toBe(299_000);
  });
});
