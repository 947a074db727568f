import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../src/core/config/schema.ts';

describe('settingsSchema', () => {
  it('nests dotted keys and refuses others at every depth', () => {
    expect(settingsSchema()).toMatchObject({
      additionalProperties: false,
      properties: {
        level: { enum: ['permissive', 'standard', 'strict', 'paranoid'], default: 'standard' },
        ui: { additionalProperties: false, properties: { ascii: { type: 'boolean' } } },
        ollama: { properties: { host: { type: 'string' } } },
      },
    });
  });

  it('is the same as the file that the documentation offers', () => {
    const file = new URL('../../../docs/config.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(settingsSchema());
  });
});
