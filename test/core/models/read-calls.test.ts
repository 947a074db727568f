import { describe, expect, it } from 'vitest';
import { readCalls } from '../../../src/core/models/read-calls.ts';

const TOOLS = ['read_file', 'list', 'search.code'];
const call = { tool: 'read_file', values: { path: 'a.ts' } };

describe('calls that a model wrote out', () => {
  it.each([
    '{"name": "read_file", "arguments": {"path": "a.ts"}}',
    '{"name": "read_file", "parameters": {"path": "a.ts"}}',
    '{"tool": "read_file", "args": {"path": "a.ts"}}',
    '{"tool_name": "read_file", "input": {"path": "a.ts"}}',
    '{"action": "read_file", "action_input": {"path": "a.ts"}}',
    '{"type": "function", "function": {"name": "read_file", "arguments": {"path": "a.ts"}}}',
    '{"name": "read_file", "arguments": "{\\"path\\": \\"a.ts\\"}"}',
    '{"tool_calls": [{"function": {"name": "read_file", "arguments": {"path": "a.ts"}}}]}',
    '{"read_file": {"path": "a.ts"}}',
    "{'name': 'read_file', 'arguments': {'path': 'a.ts',},}",
    '<tool_call>{"name": "read_file", "arguments": {"path": "a.ts"}}</tool_call>',
    '<function_call>{"name": "read_file", "arguments": {"path": "a.ts"}}</function_call>',
    '<tool_call>\n<function=read_file>\n<parameter=path>\na.ts\n</parameter>\n</function>\n</tool_call>',
    '<function=read_file>{"path": "a.ts"}</function>',
    '[TOOL_CALLS] [{"name": "read_file", "arguments": {"path": "a.ts"}}]',
    '<|python_tag|>{"name": "read_file", "parameters": {"path": "a.ts"}}<|eom_id|>',
    'read_file(path="a.ts")',
    "[read_file(path='a.ts')]",
    'print(read_file(path="a.ts"))',
    '```json\n{"name": "read_file", "arguments": {"path": "a.ts"}}\n```',
  ])('are read from %s', (text) => {
    expect(readCalls(text, TOOLS)).toEqual([call]);
  });

  it('may be several', () => {
    const one = '{"name": "read_file", "arguments": {"path": "a.ts"}}';
    expect(readCalls(`${one}\n${one}`, TOOLS)).toEqual([call, call]);
    expect(readCalls(`[${one}, ${one}]`, TOOLS)).toEqual([call, call]);
    expect(readCalls('read_file(path="a.ts"), list()', TOOLS)).toEqual([
      call,
      { tool: 'list', values: {} },
    ]);
  });

  it('keep numbers, switches and lines in the values', () => {
    const text =
      '<function=search.code><parameter=limit>20</parameter><parameter=all>true</parameter>' +
      '<parameter=text>\nif (a) {\n  b();\n}\n</parameter></function>';
    expect(readCalls(text, TOOLS)).toEqual([
      { tool: 'search.code', values: { limit: 20, all: true, text: 'if (a) {\n  b();\n}' } },
    ]);
  });

  it.each([
    '',
    'read_file',
    'Please read_file(path="a.ts") for me',
    '{"name": "write_file", "arguments": {}}',
    '{"name": "read_file", "arguments": 5}',
    '{"path": "a.ts"}',
    '{"name": "read_file", "arguments": {"path": "a',
    '[{"name": "read_file", "arguments": {}}, 5]',
    '<tool_call></tool_call>',
    'os.system(command="rm")',
  ])('are none in %j', (text) => {
    expect(readCalls(text, TOOLS)).toEqual([]);
  });
});
