import type { Json, JsonObject } from '../types.ts';

/**
 * Says where a value breaks a JSON schema: as far as schemas are used here, which is types,
 * properties, lists, enums, bounds and alternatives. Words that it does not know hold nothing back.
 */
export function checkSchema(value: Json, schema: JsonObject, path = '$'): readonly string[] {
  const problems = CHECKS.flatMap((check) => check(value, schema, path));
  return problems.slice(0, MAX_PROBLEMS);
}

const MAX_PROBLEMS = 20;

type Check = (value: Json, schema: JsonObject, path: string) => readonly string[];

const checkType: Check = (value, { type }, path) => {
  if (type === undefined) return [];
  const types = isList(type) ? type : [type];
  if (types.some((name) => isOfType(value, name))) return [];
  return [`${path} is ${nameOf(value)}, not ${types.join(' or ')}`];
};

const checkEnum: Check = (value, schema, path) => {
  const allowed = 'const' in schema ? [schema.const as Json] : schema.enum;
  if (allowed === undefined || !isList(allowed)) return [];
  if (allowed.some((one) => isEqual(one, value))) return [];
  return [`${path} is none of ${JSON.stringify(allowed).slice(0, 200)}`];
};

const checkObject: Check = (value, schema, path) => {
  if (!isObject(value)) return [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = isList(schema.required) ? schema.required : [];
  const missing = required
    .filter((name) => typeof name === 'string' && !Object.hasOwn(value, name))
    .map((name) => `${path}.${name} is missing`);
  const inner = Object.entries(value).flatMap(([key, entry]) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (isObject(own)) return checkSchema(entry, own, `${path}.${key}`);
    const others = schema.additionalProperties;
    if (others === false) return [`${path}.${key} has no place there`];
    return isObject(others) ? checkSchema(entry, others, `${path}.${key}`) : [];
  });
  return [...missing, ...inner];
};

const checkList: Check = (value, schema, path) => {
  if (!isList(value)) return [];
  const { items, minItems, maxItems } = schema;
  return [
    ...checkBounds(value.length, minItems, maxItems, `${path} has`, 'entries'),
    ...(isObject(items)
      ? value.flatMap((entry, at) => checkSchema(entry, items, `${path}[${at}]`))
      : []),
  ];
};

const checkText: Check = (value, { minLength, maxLength }, path) =>
  typeof value === 'string'
    ? checkBounds([...value].length, minLength, maxLength, `${path} has`, 'characters')
    : [];

const checkNumber: Check = (value, { minimum, maximum }, path) =>
  typeof value === 'number' ? checkBounds(value, minimum, maximum, `${path} is`, '') : [];

const checkAlternatives: Check = (value, schema, path) => {
  const all = schema.anyOf ?? schema.oneOf;
  if (all === undefined || !isList(all)) return [];
  const fits = all.some((one) => isObject(one) && checkSchema(value, one, path).length === 0);
  return fits ? [] : [`${path} fits none of the ${all.length} forms that it may have`];
};

const CHECKS: readonly Check[] = [
  checkType,
  checkEnum,
  checkObject,
  checkList,
  checkText,
  checkNumber,
  checkAlternatives,
];

function checkBounds(
  count: number,
  least: Json | undefined,
  most: Json | undefined,
  what: string,
  unit: string,
): readonly string[] {
  const said = `${what} ${count} ${unit}`.trim();
  if (typeof least === 'number' && count < least) return [`${said}, and ${least} is the least`];
  if (typeof most === 'number' && count > most) return [`${said}, and ${most} is the most`];
  return [];
}

function isOfType(value: Json, name: Json): boolean {
  if (name === 'integer') return Number.isInteger(value);
  return nameOf(value) === name;
}

function nameOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The order of an object's members says nothing. */
function isEqual(a: Json, b: Json): boolean {
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((one, at) => isEqual(one, b[at] as Json));
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] as Json, b[key] as Json))
  );
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
