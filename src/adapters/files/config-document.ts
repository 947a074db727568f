import type { Document, LineCounter, Node, Pair, ParsedNode, YAMLMap } from 'yaml';
import type { LayerValue } from '../../core/config/merge.ts';
import { ALL_SETTINGS, findSetting } from '../../core/config/settings.ts';
import { checkValue } from '../../core/config/values.ts';
import { fail, ok } from '../../core/result.ts';
import type { Json, Result } from '../../core/types.ts';
import { loadYaml } from './yaml.ts';

export type ConfigDocument = {
  readonly document: Document.Parsed<ParsedNode>;
  readonly values: ReadonlyMap<string, LayerValue>;
};

/** Reads a config file. Every complaint names the file, the line, the column and the key. */
export function parseConfig(text: string, path: string): Result<ConfigDocument> {
  const yaml = loadYaml();
  const lines = new yaml.LineCounter();
  // Keys are compared below, in linear time; the library would compare each with each.
  const document = yaml.parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const complain = complainerOf(path, lines);
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) return complain(problem.pos[0], `This is not YAML: ${problem.message}`);
  if (document.directives.yaml.explicit && document.directives.yaml.version !== '1.2') {
    return complain(0, 'Only YAML 1.2 is understood.', 'Remove the %YAML line.');
  }
  const reference = findReference(document);
  if (reference) {
    return complain(startOf(reference), 'Anchors and aliases are not allowed here.', WRITE_OUT);
  }
  if (document.contents === null) return ok({ document, values: new Map() });
  if (!yaml.isMap(document.contents)) {
    return complain(startOf(document.contents), 'A config file holds settings, as key: value.');
  }
  const values = readMap(document.contents, [], path, complain);
  return values.ok ? ok({ document, values: values.value }) : values;
}

const WRITE_OUT = 'Write the value out.';

type Complain = (
  offset: number,
  message: string,
  hint?: string,
) => Extract<Result<never>, { ok: false }>;
type Values = ReadonlyMap<string, LayerValue>;

const complainerOf =
  (path: string, lines: LineCounter): Complain =>
  (offset, message, hint) => {
    const { line, col } = lines.linePos(offset);
    const where = `${path}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
    return fail('invalid', `${where}: ${message}`, hint ? { hint } : {});
  };

function findReference(document: Document.Parsed): Node | undefined {
  const { visit } = loadYaml();
  let found: Node | undefined;
  visit(document, {
    Alias: (_, node) => {
      found = node;
      return visit.BREAK;
    },
    Value: (_, node) => {
      if (!node.anchor) return undefined;
      found = node;
      return visit.BREAK;
    },
  });
  return found;
}

function readMap(
  map: YAMLMap,
  above: readonly string[],
  path: string,
  complain: Complain,
): Result<Values> {
  const values = new Map<string, LayerValue>();
  const seen = new Set<string>();
  for (const pair of map.items) {
    const name = nameOf(pair);
    const offset = startOf(pair.key);
    if (name === undefined) return complain(offset, 'A key is a plain word.');
    const key = [...above, name].join('.');
    if (seen.has(name)) return complain(offset, `${key} is set twice.`, 'Remove one of them.');
    seen.add(name);
    const read = isGroup(key)
      ? readGroup(pair, [...above, name], path, complain)
      : readLeaf(pair, key, above, path, complain);
    if (!read.ok) return read;
    for (const [inner, value] of read.value) values.set(inner, value);
  }
  return ok(values);
}

function readGroup(
  pair: Pair,
  names: readonly string[],
  path: string,
  complain: Complain,
): Result<Values> {
  const { isMap, isScalar } = loadYaml();
  if (isMap(pair.value)) return readMap(pair.value, names, path, complain);
  if (pair.value === null || (isScalar(pair.value) && pair.value.value === null)) {
    return ok(new Map());
  }
  const inner = keysBelow(names.join('.')).join(', ');
  return complain(
    startOf(pair.value),
    `${names.join('.')} is a group of settings.`,
    `They are ${inner}.`,
  );
}

function readLeaf(
  pair: Pair,
  key: string,
  above: readonly string[],
  path: string,
  complain: Complain,
): Result<Values> {
  const spec = findSetting(key);
  if (!spec.ok) return complain(startOf(pair.key), spec.error.message, spec.error.hint);
  if (above.length < key.split('.').length - 1) return complain(startOf(pair.key), ...nesting(key));
  const value = checkValue(spec.value, jsonOf(pair.value));
  if (!value.ok) {
    const offset = startOf(pair.value) || startOf(pair.key);
    return complain(offset, value.error.message, value.error.hint);
  }
  return ok(new Map([[key, { value: value.value, from: path }]]));
}

const nesting = (key: string): [string, string] => [
  `${key} is written in two lines.`,
  `Write ${key.split('.').join(':, and indented below it ')}:`,
];

const keysBelow = (group: string): readonly string[] =>
  ALL_SETTINGS.map((spec) => spec.key).filter((key) => key.startsWith(`${group}.`));

const isGroup = (key: string): boolean => keysBelow(key).length > 0;

function nameOf(pair: Pair): string | undefined {
  const { isScalar } = loadYaml();
  return isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : undefined;
}

function jsonOf(node: unknown): Json {
  const { isNode } = loadYaml();
  return isNode(node) ? JSON.parse(JSON.stringify(node) ?? 'null') : null;
}

function startOf(node: unknown): number {
  const { isNode } = loadYaml();
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
