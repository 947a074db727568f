import type { ChatMessage, JsonObject } from '../types.ts';

/** As flat as the form of an outline, which small models can fill in. */
export const TRIAL_SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    goods: { type: 'string', enum: ['lamps', 'chairs', 'tables'] },
    number: { type: 'integer' },
    isNew: { type: 'boolean' },
    colours: { type: 'array', items: { type: 'string' } },
  },
  required: ['goods', 'number', 'isNew', 'colours'],
};

const SENTENCES = [
  'There are 12 new lamps, in red and in white.',
  'There are 7 old chairs, all of them brown.',
  'There are 30 new tables in black, white and green.',
];

export const SCHEMA_CASES: readonly (readonly ChatMessage[])[] = SENTENCES.map((sentence) => [
  {
    role: 'user',
    text: `${sentence}\nWrite that as one JSON object of this schema, and nothing else:\n${JSON.stringify(TRIAL_SCHEMA)}`,
  },
]);
