import type { Json, JsonObject } from '../../../src/core/types.ts';

/** The smallest value that a schema allows, as a server would make a model say one. */
export function sampleSchema(schema: JsonObject): Json {
  if ('const' in schema) return schema.const as Json;
  if (Array.isArray(schema.enum)) return schema.enum[0] as Json;
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return sampleSchema(alternatives[0] as JsonObject);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const properties = (schema.properties ?? {}) as { readonly [key: string]: JsonObject };
    const required = (schema.required ?? []) as readonly string[];
    return Object.fromEntries(
      required.map((name) => [name, sampleSchema(properties[name] ?? { type: 'string' })]),
    );
  }
  if (type === 'array') {
    const count = typeof schema.minItems === 'number' ? schema.minItems : 0;
    return Array.from({ length: count }, () => sampleSchema((schema.items ?? {}) as JsonObject));
  }
  if (type === 'integer' || type === 'number') return (schema.minimum ?? 0) as Json;
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return 'x'.repeat(typeof schema.minLength === 'number' ? schema.minLength : 1);
}
