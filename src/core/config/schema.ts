import type { Json, JsonObject } from '../types.ts';
import { ALL_SETTINGS, type SettingSpec } from './settings.ts';
import { MAX_TEXT_LENGTH } from './values.ts';

/** JSON Schema of a config file, for editors. Draft 7 is the newest that they all understand. */
export function settingsSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'TinyCode configuration',
    ...objectOf(ALL_SETTINGS.map((spec) => [spec.key.split('.'), schemaOf(spec)])),
  };
}

type Leaf = readonly [path: readonly string[], schema: JsonObject];

function objectOf(leaves: readonly Leaf[]): JsonObject {
  const properties: Record<string, Json> = {};
  for (const [path, schema] of leaves) {
    const [name = '', ...rest] = path;
    if (name in properties) continue;
    properties[name] = rest.length === 0 ? schema : objectOf(below(leaves, name));
  }
  return { type: 'object', additionalProperties: false, properties };
}

const below = (leaves: readonly Leaf[], name: string): readonly Leaf[] =>
  leaves.filter(([path]) => path[0] === name).map(([path, schema]) => [path.slice(1), schema]);

function schemaOf(spec: SettingSpec): JsonObject {
  const common = { description: spec.summary, default: spec.default };
  switch (spec.type) {
    case 'choice':
      return { ...common, type: 'string', enum: spec.choices };
    case 'boolean':
      return { ...common, type: 'boolean' };
    case 'text':
      return { ...common, type: 'string', pattern: spec.pattern, maxLength: MAX_TEXT_LENGTH };
    default:
      return spec satisfies never;
  }
}
