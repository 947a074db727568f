import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../../src/core/models/check-schema.ts';
import { readValue } from '../../../src/core/models/read-value.ts';
import { troubleOf } from '../../../src/core/models/trouble.ts';
import type { Json, JsonObject } from '../../../src/core/types.ts';

const PLAN: JsonObject = {
  type: 'object',
  properties: {
    goal: { type: 'string', minLength: 1, maxLength: 10 },
    risk: { enum: ['low', 'high'] },
    steps: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'object', required: ['id'] } },
    size: { type: ['integer', 'null'], minimum: 0, maximum: 9 },
    kind: { const: 'plan' },
    other: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
  },
  required: ['goal', 'steps'],
  additionalProperties: false,
};

describe('a value against a schema', () => {
  it('fits', () => {
    const value = {
      goal: 'g',
      risk: 'low',
      steps: [{ id: 1 }],
      size: null,
      kind: 'plan',
      other: true,
    };
    expect(checkSchema(value, PLAN)).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['another type', [], '$ is array, not object'],
    ['a member that is missing', { goal: 'g' }, '$.steps is missing'],
    ['one too many', { goal: 'g', steps: [{ id: 1 }], x: 1 }, '$.x has no place there'],
    [
      'a word that is none of them',
      { goal: 'g', steps: [{ id: 1 }], risk: 'no' },
      '$.risk is none of',
    ],
    [
      'a fraction',
      { goal: 'g', steps: [{ id: 1 }], size: 1.5 },
      '$.size is number, not integer or null',
    ],
    ['too much', { goal: 'g', steps: [{ id: 1 }], size: 10 }, '$.size is 10, and 9 is the most'],
    ['too little', { goal: '', steps: [{ id: 1 }] }, '$.goal has 0 characters, and 1 is the least'],
    ['too many', { goal: 'g', steps: [{ id: 1 }, { id: 2 }, { id: 3 }] }, '$.steps has 3 entries'],
    ['something deep', { goal: 'g', steps: [{ id: 1 }, {}] }, '$.steps[1].id is missing'],
    ['another constant', { goal: 'g', steps: [{ id: 1 }], kind: 'x' }, '$.kind is none of'],
    ['no alternative', { goal: 'g', steps: [{ id: 1 }], other: 5 }, '$.other fits none'],
    ['what every object has', { goal: 'g', steps: [{ id: 1 }], constructor: 1 }, 'no place'],
  ])('does not fit with %s', (_, value, problem) => {
    expect(checkSchema(value, PLAN).join('; ')).toContain(problem);
  });

  it('may have further members where nothing forbids it, of a type that is asked of them', () => {
    expect(checkSchema({ a: 1 }, { type: 'object' })).toEqual([]);
    const schema: JsonObject = { type: 'object', additionalProperties: { type: 'string' } };
    expect(checkSchema({ a: 'x' }, schema)).toEqual([]);
    expect(checkSchema({ a: 1 }, schema)).toEqual(['$.a is number, not string']);
  });

  it('says a few problems, not thousands', () => {
    const many = Array.from({ length: 5000 }, () => 1);
    const schema: JsonObject = { type: 'array', items: { type: 'string' } };
    expect(checkSchema(many, schema)).toHaveLength(20);
  });

  it('does not care for the order of members', () => {
    expect(checkSchema({ a: 1, b: [2] }, { const: { b: [2], a: 1 } })).toEqual([]);
  });
});

describe('the value of an answer', () => {
  const schema: JsonObject = { type: 'object', required: ['a'] };
  const troubleIn = (text: string, isBrokenOff = false) => {
    const read = readValue(text, schema, isBrokenOff);
    return read.ok ? read.value : troubleOf(read.error);
  };

  it('is read also from among words, and with the slips of models', () => {
    for (const text of ['{"a":1}', 'Here:\n```json\n{"a": 1,}\n```\nDone.', '{a: 1} // yes']) {
      expect(troubleIn(text)).toEqual({ a: 1 });
    }
  });

  it('is told apart: no JSON, cut JSON, another form', () => {
    expect(troubleIn('No.')).toBe('no-json');
    expect(troubleIn('{"a": [1, 2')).toBe('cut-json');
    expect(troubleIn('I would', true)).toBe('cut-json');
    expect(troubleIn('{"b": 1}')).toBe('schema');
  });

  it('counts as whole where it is, also if the model wanted to say more', () => {
    expect(troubleIn('{"a": 1}', true)).toEqual({ a: 1 });
  });
});
