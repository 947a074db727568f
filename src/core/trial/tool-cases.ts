import type { ChatMessage, JsonObject, ToolCall, ToolSpec } from '../types.ts';

/** A question for which one tool has to be called, with these values. */
export type ToolCase = { readonly asks: string; readonly call: ToolCall };

export const TRIAL_TOOLS: readonly ToolSpec[] = [
  {
    name: 'read_line',
    description: 'Reads one line of a file.',
    parameters: objectOf({ path: { type: 'string' }, line: { type: 'integer' } }),
  },
  {
    name: 'find_text',
    description: 'Finds where a text stands in the project.',
    parameters: objectOf({ text: { type: 'string' }, limit: { type: 'integer' } }),
  },
];

export const TOOL_CASES: readonly ToolCase[] = [
  {
    asks: 'What stands in line 12 of src/cart.ts? Call the tool for it.',
    call: { tool: 'read_line', values: { path: 'src/cart.ts', line: 12 } },
  },
  {
    asks: 'Where does roundPrice stand? Call the tool for it, with at most 5 places.',
    call: { tool: 'find_text', values: { text: 'roundPrice', limit: 5 } },
  },
  {
    asks: 'What stands in line 3 of README.md? Call the tool for it.',
    call: { tool: 'read_line', values: { path: 'README.md', line: 3 } },
  },
];

const SYSTEM = 'You help in a project. You see its files only through the tools.';

export const toolMessages = (
  { asks }: ToolCase,
  form: 'native' | 'text',
): readonly ChatMessage[] => [
  { role: 'system', text: form === 'native' ? SYSTEM : `${SYSTEM}\n${explainTools()}` },
  { role: 'user', text: asks },
];

const explainTools = (): string =>
  [
    'These are the tools:',
    ...TRIAL_TOOLS.map(
      ({ name, description, parameters }) =>
        `- ${name}: ${description} Its values: ${JSON.stringify(parameters.properties)}`,
    ),
    'To call one, answer with nothing but one JSON object in this form:',
    '{"name": "the tool", "arguments": {"its": "values"}}',
  ].join('\n');

/** Why these are not the call that was wanted; null where they are. */
export function judgeCalls(calls: readonly ToolCall[], { call }: ToolCase): string | null {
  const [first, second] = calls;
  if (first === undefined) return 'It called no tool.';
  if (second !== undefined) return `It called ${calls.length} tools where one was wanted.`;
  if (first.tool !== call.tool) return `It called ${first.tool} where ${call.tool} was wanted.`;
  const wrong = Object.entries(call.values).find(
    // A number that is written as a text is understood.
    ([name, value]) => String(first.values[name]) !== String(value),
  );
  return wrong === undefined ? null : `It called ${call.tool} with another ${wrong[0]}.`;
}

function objectOf(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties) };
}
