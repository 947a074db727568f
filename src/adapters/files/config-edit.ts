import type { Document, Pair, YAMLMap } from 'yaml';
import { ok } from '../../core/result.ts';
import type { Json, Result } from '../../core/types.ts';
import { parseConfig } from './config-document.ts';
import { loadYaml } from './yaml.ts';

/** The text of a config file with one value changed, and all else, comments too, as it was. */
export function setInText(text: string, path: string, key: string, value: Json): Result<string> {
  const parsed = parseConfig(text, path);
  if (!parsed.ok) return parsed;
  const { document } = parsed.value;
  document.setIn(openGroup(document, key), value);
  return check(print(document, text), path);
}

/** The text of a config file without one value. Comments on it are kept. */
export function unsetInText(text: string, path: string, key: string): Result<string> {
  const parsed = parseConfig(text, path);
  if (!parsed.ok) return parsed;
  const { document, values } = parsed.value;
  if (!values.has(key)) return ok(text);
  remove(document, key.split('.'));
  return check(print(document, text), path);
}

/** A group without content (`ui:`) is a null, in which nothing can be set. */
function openGroup(document: Document.Parsed, key: string): readonly string[] {
  const names = key.split('.');
  for (let depth = 1; depth < names.length; depth += 1) {
    const group = names.slice(0, depth);
    if (document.hasIn(group) && !loadYaml().isMap(document.getIn(group, true))) {
      document.deleteIn(group);
    }
  }
  return names;
}

function remove(document: Document.Parsed, names: readonly string[]): void {
  const { isMap } = loadYaml();
  const above = names.slice(0, -1);
  const map = above.length === 0 ? document.contents : document.getIn(above, true);
  if (!isMap(map)) return;
  const index = map.items.findIndex((pair) => String(pair.key) === names.at(-1));
  const pair = map.items[index];
  if (!pair) return;
  map.items.splice(index, 1);
  keepComments(document, commentsOf(pair), map.items[index]);
  if (map.items.length > 0) return;
  if (above.length > 0) remove(document, above);
  else emptyOut(document, map);
}

/** A document without settings is only its comments, not `{}`. */
function emptyOut(document: Document.Parsed, map: YAMLMap): void {
  const comments = [document.commentBefore, map.commentBefore, document.comment, map.comment];
  document.commentBefore = comments.filter(Boolean).join('\n') || null;
  document.comment = null;
  document.contents = null;
}

function commentsOf(pair: Pair): readonly string[] {
  const { isMap, isNode } = loadYaml();
  const nodes = [pair.key, pair.value].filter(isNode);
  const own = nodes.flatMap((node) => [node.commentBefore, node.comment]);
  const inner = isMap(pair.value) ? pair.value.items.flatMap(commentsOf) : [];
  return [...own, ...inner].filter((comment) => typeof comment === 'string');
}

function keepComments(
  document: Document.Parsed,
  comments: readonly string[],
  next: Pair | undefined,
): void {
  if (comments.length === 0) return;
  const { isNode } = loadYaml();
  const kept = comments.join('\n');
  if (next && isNode(next.key)) {
    next.key.commentBefore = [kept, next.key.commentBefore].filter(Boolean).join('\n');
  } else {
    document.comment = [kept, document.comment].filter(Boolean).join('\n');
  }
}

function print(document: Document.Parsed, original: string): string {
  if (document.contents === null && !document.commentBefore && !document.comment) return '';
  const printed = document.contents === null ? printComments(document) : document.toString(STYLE);
  return original.includes('\r\n') ? printed.replaceAll('\n', '\r\n') : printed;
}

const STYLE = { lineWidth: 0, flowCollectionPadding: true } as const;

const printComments = (document: Document.Parsed): string =>
  `${[document.commentBefore, document.comment]
    .filter((comment) => typeof comment === 'string')
    .flatMap((comment) => comment.split('\n'))
    .map((line) => (line === '' ? '' : `#${line}`))
    .join('\n')}\n`;

/** What is written must be read again next time. */
function check(text: string, path: string): Result<string> {
  const parsed = parseConfig(text, path);
  return parsed.ok ? ok(text) : parsed;
}
