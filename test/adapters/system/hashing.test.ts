import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { createHashing } from '../../../src/adapters/system/hashing.ts';
import type { Json } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';

const canonicalize = canonicalizeModule as unknown as (value: Json) => string;
const { sha256, canonical } = createHashing();

describe('hashing', () => {
  it('hashes text as UTF-8, in lowercase hexadecimal', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
    );
  });

  it('writes canonical JSON whatever the order of the keys', () => {
    expect(canonical({ b: 1, a: { 10: 'x', 9: 'y', '\u{1F600}': 1, '\ufb33': 2 } })).toBe(
      '{"a":{"10":"x","9":"y","\u{1F600}":1,"\ufb33":2},"b":1}',
    );
    const keys = fc.oneof(fc.string(), fc.nat(20).map(String), fc.constant('__proto__'));
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue() as fc.Arbitrary<Json>,
        fc.array(tie('value')),
        fc.dictionary(keys, tie('value')),
      ),
    }));
    fc.assert(
      fc.property(value, (json) => {
        expect(canonical(json)).toBe(canonicalize(json));
        const sorted = JSON.parse(canonical(json)) as Json;
        expect(canonical(sorted)).toBe(canonical(json));
      }),
      { numRuns: 300 },
    );
  });

  it('throws on what JSON cannot say', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, { a: [Number.NaN] }, undefined]) {
      expect(() => canonical(value as never)).toThrow();
    }
  });
});
