import { describe, expect, it } from 'vitest';
import { createHashing } from '../../../src/adapters/system/hashing.ts';
import { redact } from '../../../src/core/audit/redact.ts';
import { writePlain } from '../../../src/core/audit/write-plain.ts';
import type { JsonObject } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';

const HASH = '9f86d081884c7d659a2feaa0c55ad015'.repeat(2);
const { canonical } = createHashing();

describe('what is written without a look at each text', () => {
  it('is what redaction and canonical JSON make of it, whatever it holds', () => {
    const words = fc.constantFrom(
      'a',
      'plan_hash',
      'sha256',
      'password',
      'apiKey',
      '--password',
      '-u',
      '--commit',
      'me:hunter2',
      'token=abc',
      HASH,
      'https://me:hunter2@example.org',
      'src/a.ts',
      '"quoted" \\',
      '\ud800',
      'grüße 👋',
      '__proto__',
      'toJSON',
      '10',
      '9',
      '',
    );
    const texts = fc.oneof(words, fc.string({ unit: 'binary' }));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        texts,
        fc.double(),
        fc.integer(),
        fc.constantFrom(true, false, null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.array(texts, { maxLength: 4 }),
        fc.dictionary(texts, tie('value'), { maxKeys: 4 }),
      ),
    }));
    let written = 0;
    fc.assert(
      fc.property(fc.dictionary(texts, value, { maxKeys: 5 }), (details) => {
        const text = writePlain(details as JsonObject);
        if (text === null) return;
        written++;
        expect(text).toBe(canonical(redact(details as JsonObject)));
      }),
      { numRuns: 3000 },
    );
    expect(written).toBeGreaterThan(300);
  });

  it.each([
    ['a secret by its name', { password: 'x' }],
    ['a secret by its form', { note: `x ghp_${'aB3dE5gH7j'.repeat(4)}` }],
    ['a secret as a name', { [`ghp_${'aB3dE5gH7j'.repeat(4)}`]: 1 }],
    ['a secret after its option', { argv: ['tool', '--password', 'hunter2'] }],
    ['half a surrogate pair', { note: '\ud83d' }],
    ['what JSON cannot say', { size: Number.NaN }],
    ['a field without a value', { note: undefined } as unknown as JsonObject],
    ['what is too deep', { a: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) }],
  ])('is never %s', (_, details) => {
    for (let time = 0; time < 2; time++) expect(writePlain(details as JsonObject)).toBe(null);
  });

  it('is most of what is recorded', () => {
    const details = { plan_hash: HASH, argv: ['npm', 'run', 'test'], exitCode: 0, cwd: 'a/b' };
    expect(writePlain(details)).toBe(
      `{"argv":["npm","run","test"],"cwd":"a/b","exitCode":0,"plan_hash":"${HASH}"}`,
    );
  });
});
