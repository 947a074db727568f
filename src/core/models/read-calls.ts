import { readJsonAt } from '../edit/tolerant-json.ts';
import type { Json, JsonObject, ToolCall } from '../types.ts';

/**
 * The calls that a model wrote out as text, in any of the forms in which models do: in tags, after
 * a mark, in a fence, as bare JSON or as in Python. Empty where there are none, or where a name is
 * not one of the tools: then it is text, which may well speak about calls.
 */
export function readCalls(text: string, tools: readonly string[]): readonly ToolCall[] {
  const body = takeWrapping(text.trim());
  const read = FORMS.map((form) => form(body, tools)).find((calls) => calls.length > 0) ?? [];
  return read.length <= MAX_CALLS && read.every((call) => tools.includes(call.tool)) ? read : [];
}

const MAX_CALLS = 32;

type Form = (body: string, tools: readonly string[]) => readonly ToolCall[];

/** Off with fences and marks at both ends; what stands between two calls stays. */
function takeWrapping(text: string): string {
  const fence = /^(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)(?:\n\1)?\s*$/.exec(text);
  const inner = (fence?.[2] ?? text).trim();
  return inner
    .replace(/^(?:\[TOOL_CALLS\]|<\|python_tag\|>|<\|tool_calls?(?:_begin)?\|>)\s*/, '')
    .replace(/<\|(?:eom_id|eot_id|im_end)\|>\s*$/, '');
}

const readTagged: Form = (body, tools) => {
  const found = [...body.matchAll(/<(tool_calls?|function_calls?)>([\s\S]*?)(?:<\/\1>|$)/g)];
  return found.flatMap(([, , inner = '']) => {
    const calls = readFunctions(inner, tools);
    return calls.length > 0 ? calls : readJsonForms(inner.trim(), tools);
  });
};

/** `<function=name>` with one `<parameter=key>` for each value, or with JSON inside. */
const readFunctions: Form = (body) =>
  [...body.matchAll(/<function=([\w.-]+)>([\s\S]*?)<\/function>/g)].map(
    ([, tool = '', inner = '']) => {
      const json = readJsonAt(inner.trim(), 0);
      if (inner.trim().startsWith('{') && json.kind === 'value' && isObject(json.value as Json)) {
        return { tool, values: json.value as JsonObject };
      }
      const pairs = [...inner.matchAll(/<parameter=([\w.-]+)>\n?([\s\S]*?)\n?<\/parameter>/g)];
      return { tool, values: Object.fromEntries(pairs.map(([, key, text]) => [key, bare(text)])) };
    },
  );

/** A number or a switch where it is written as one; else the text. */
const bare = (text = ''): Json =>
  /^(?:-?\d{1,15}(?:\.\d+)?|true|false|null)$/.test(text.trim()) ? JSON.parse(text.trim()) : text;

/** One value, several behind each other, or a list of them. */
const readJsonForms: Form = (body, tools) => {
  const calls: ToolCall[] = [];
  let at = 0;
  while (at < body.length && calls.length <= MAX_CALLS) {
    if (!/[{[]/.test(body[at] as string)) return [];
    const read = readJsonAt(body, at);
    if (read.kind !== 'value') return [];
    const found = callsOf(read.value as Json, tools);
    if (found.length === 0) return [];
    calls.push(...found);
    at = read.end + (/^[\s,;]*/.exec(body.slice(read.end))?.[0].length ?? 0);
  }
  return calls;
};

function callsOf(value: Json, tools: readonly string[]): readonly ToolCall[] {
  if (Array.isArray(value)) {
    const each = value.map((entry) => callsOf(entry, tools));
    return each.every((calls) => calls.length > 0) ? each.flat() : [];
  }
  if (!isObject(value)) return [];
  if (Array.isArray(value.tool_calls)) return callsOf(value.tool_calls, tools);
  if (isObject(value.function)) return callsOf(value.function, tools);
  const name = pick(value, NAME_KEYS);
  if (typeof name === 'string') {
    const id = typeof value.id === 'string' ? { id: value.id } : {};
    const values = valuesOf(pick(value, VALUE_KEYS));
    return values === null ? [] : [{ ...id, tool: name, values }];
  }
  const [only, ...more] = Object.keys(value);
  const inner = only === undefined || more.length > 0 || !tools.includes(only) ? null : value[only];
  return isObject(inner) ? [{ tool: only as string, values: inner }] : [];
}

const NAME_KEYS = ['name', 'tool', 'tool_name', 'function_name', 'function', 'action'];
const VALUE_KEYS = ['arguments', 'parameters', 'args', 'params', 'input', 'action_input'];

const pick = (value: JsonObject, keys: readonly string[]): Json | undefined =>
  keys.map((key) => value[key]).find((entry) => entry !== undefined);

/** Some write the values as JSON within a text. */
function valuesOf(value: Json | undefined): JsonObject | null {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'string') return isObject(value) ? value : null;
  const read = readJsonAt(value, 0);
  return read.kind === 'value' && isObject(read.value as Json) ? (read.value as JsonObject) : null;
}

/** `[read(path="a"), list()]`, with or without the brackets. */
const readPython: Form = (body, tools) => {
  const calls: ToolCall[] = [];
  let rest = body.replace(/^\[/, '').replace(/\]$/, '').trim();
  while (rest !== '' && calls.length <= MAX_CALLS) {
    const head = /^(?:print\()?([A-Za-z_][\w.]*)\(\s*/.exec(rest);
    if (head === null || !tools.includes(head[1] as string)) return [];
    const values: Record<string, Json> = {};
    let at = head[0].length;
    for (;;) {
      const key = /^([A-Za-z_]\w*)\s*=\s*/.exec(rest.slice(at));
      if (key === null) break;
      const read = readJsonAt(rest, at + key[0].length);
      if (read.kind !== 'value') return [];
      values[key[1] as string] = read.value as Json;
      at = read.end + (/^\s*,?\s*/.exec(rest.slice(read.end))?.[0].length ?? 0);
    }
    const close = /^\s*\)+\s*[,;]?\s*/.exec(rest.slice(at));
    if (close === null) return [];
    calls.push({ tool: head[1] as string, values });
    rest = rest.slice(at + close[0].length);
  }
  return calls;
};

const FORMS: readonly Form[] = [readTagged, readFunctions, readJsonForms, readPython];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
