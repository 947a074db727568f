import { describe, expect, it } from 'vitest';
import { readParts } from '../../../src/core/planner/read-parts.ts';
import { readSentence } from '../../../src/core/planner/read-sentence.ts';

const partsOf = (text: string) => readParts(text).map(({ planner, text: part }) => [planner, part]);
const allByModel = (text: string) => [['model', text]];

describe('the parts of a request', () => {
  it.each([
    [
      'rename parseArgs to readArgs in src. The invoice should round like the cart does.',
      [
        ['rules', 'rename parseArgs to readArgs in src'],
        ['model', 'The invoice should round like the cart does'],
      ],
    ],
    [
      'Round the invoice as the cart does, then run npm test',
      [
        ['model', 'Round the invoice as the cart does'],
        ['rules', 'run npm test'],
      ],
    ],
    [
      'move notes.txt to docs/; round the prices; delete old.txt; run npm test',
      [
        ['rules', 'move notes.txt to docs/'],
        ['model', 'round the prices'],
        ['rules', 'delete old.txt; run npm test'],
      ],
    ],
    [
      'Round the prices. Say so in the README. Run npm test.',
      [
        ['model', 'Round the prices. Say so in the README'],
        ['rules', 'Run npm test'],
      ],
    ],
  ])('are those that rules understand and those that they do not: %s', (text, parts) => {
    expect(partsOf(text)).toEqual(parts);
  });

  it.each([
    'rename foo to bar in src. But leave the tests alone.',
    'delete src/old.ts. Don’t touch its test.',
    'rename foo to bar in src. It should also be shorter.',
    'rename foo to bar in src. Why is it called foo?',
    'delete old.txt, then round the prices unless they are whole',
    'rename foo to bar only where that makes sense; run npm test',
  ])('are not taken apart where one speaks about another: %s', (text) => {
    expect(partsOf(text)).toEqual(allByModel(text));
  });

  it('are one where the rules understand nothing, or a quotation never ends', () => {
    expect(partsOf('make it nicer')).toEqual(allByModel('make it nicer'));
    expect(partsOf('round the prices')).toEqual(allByModel('round the prices'));
    expect(partsOf('rename "foo to bar; round it')).toEqual(
      allByModel('rename "foo to bar; round it'),
    );
  });

  it('never cut a quotation', () => {
    expect(partsOf('create a.txt with content "One. Two; then three". Round the prices.')).toEqual([
      ['rules', 'create a.txt with content "One. Two; then three"'],
      ['model', 'Round the prices'],
    ]);
  });

  it('are bounded', () => {
    const long = Array.from({ length: 10 }, () => 'run ls; round the prices').join('; ');
    expect(partsOf(long)).toEqual(allByModel(long));
  });

  it('by rules are read again as they were', () => {
    const [part] = readParts('delete a.txt; move b.txt to docs/; round the prices');
    const read = readSentence(part?.text ?? '');
    expect(read.ok && read.value.map(({ request }) => request.kind)).toEqual(['delete', 'move']);
  });
});
