import { describe, expect, it } from 'vitest';
import {
  type AnswerBit,
  closeAnswer,
  openAnswer,
  readMore,
} from '../../../src/core/models/answer-reader.ts';
import { fc } from '../../support/fc.ts';

const TOOLS = ['read_file', 'list'];

/** All bits of an answer that comes in these chunks; neighbours of a kind are joined. */
function read(chunks: readonly string[], tools: readonly string[] = TOOLS): readonly AnswerBit[] {
  let reader = openAnswer(tools);
  const bits: AnswerBit[] = [];
  for (const chunk of chunks) {
    const more = readMore(reader, chunk);
    reader = more.reader;
    bits.push(...more.bits);
  }
  bits.push(...closeAnswer(reader));
  return bits.reduce<AnswerBit[]>((joined, bit) => {
    const last = joined.at(-1);
    if (last === undefined || bit.kind === 'call' || last.kind !== bit.kind) joined.push(bit);
    else
      joined[joined.length - 1] = {
        kind: bit.kind,
        text: `${(last as typeof bit).text}${bit.text}`,
      };
    return joined;
  }, []);
}

const call = { kind: 'call', call: { tool: 'read_file', values: { path: 'a' } } };
const text = (words: string) => ({ kind: 'text', text: words });
const tagged = '<tool_call>\n{"name": "read_file", "arguments": {"path": "a"}}\n</tool_call>';

describe('reading an answer as it comes', () => {
  it('passes text on at once', () => {
    const first = readMore(openAnswer(TOOLS), 'The first words');
    expect(first.bits).toEqual([text('The first words')]);
    expect(readMore(first.reader, ', and < more [1]').bits).toEqual([text(', and < more [1]')]);
  });

  it('finds a call between texts', () => {
    expect(read([`I look.\n${tagged}\nThere it is.`])).toEqual([
      text('I look.\n'),
      call,
      text('There it is.'),
    ]);
  });

  it('finds several calls', () => {
    expect(read([`${tagged}\n${tagged}`])).toEqual([call, call]);
    expect(read(['[{"name":"read_file","arguments":{"path":"a"}},{"name":"list"}]'])).toEqual([
      call,
      { kind: 'call', call: { tool: 'list', values: {} } },
    ]);
  });

  it('finds a call that stands bare, in a fence, after a mark, or that is not closed', () => {
    const json = '{"name": "read_file", "parameters": {"path": "a"}}';
    for (const form of [
      json,
      `\n\n${json}\n`,
      `\`\`\`json\n${json}\n\`\`\``,
      `\`\`\`tool_call\n${json}\n\`\`\``,
      `[TOOL_CALLS][${json}]`,
      `<|python_tag|>${json}`,
      `<tool_call>${json}`,
      '[read_file(path="a")]',
      "```tool_code\nread_file(path='a')\n```",
      '<function=read_file>\n<parameter=path>\na\n</parameter>\n</function>',
    ]) {
      expect(read([form]).filter(({ kind }) => kind === 'call')).toEqual([call]);
    }
  });

  it('keeps code, and talk about calls, to the letter', () => {
    for (const words of [
      'Use `read_file` like this: {"name": "read_file"}',
      '```ts\nconst a = { name: "read_file" };\n```\n',
      '{"name": "other", "arguments": {}}\n',
      '```json\n{"a": 1}\n```\nand so on.\n```\nx\n```',
      '<tool_call>\nnot at all\n</tool_call> more',
      '[1] first\n[2] second\n  {\n',
      'a <think> b </think>',
      '{',
      '[',
      '```',
    ]) {
      expect(read([words])).toEqual([text(words)]);
    }
  });

  it('takes out what is thought, only at the beginning', () => {
    expect(read(['<think>Hm.</think>\n\nYes.'])).toEqual([
      { kind: 'thinking', text: 'Hm.' },
      text('Yes.'),
    ]);
    expect(read(['<think>It breaks off'])).toEqual([{ kind: 'thinking', text: 'It breaks off' }]);
    expect(read(['<thin air'])).toEqual([text('<thin air')]);
  });

  it('gives thoughts out as they come', () => {
    const first = readMore(openAnswer([]), '<think>One ');
    expect(first.bits).toEqual([{ kind: 'thinking', text: 'One ' }]);
    expect(readMore(first.reader, 'two <').bits).toEqual([{ kind: 'thinking', text: 'two ' }]);
  });

  it('does not wait for ever for the end of a call', () => {
    const long = `<tool_call>${'x'.repeat(70_000)}`;
    expect(readMore(openAnswer(TOOLS), long).bits).toEqual([text(long)]);
  });

  it('reads the same, wherever the chunks are torn', () => {
    const parts = fc.constantFrom(
      'Some words. ',
      'a\n',
      '\n',
      '```json\n',
      '```\n',
      '{"name": "read_file", "arguments": {"path": "a"}}',
      `${tagged}\n`,
      '<think>',
      '</think>',
      '{ "x": [1, 2] }\n',
      '[',
      '<tool_call>',
      '  ',
    );
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (all, size) => {
          const whole = all.join('');
          const chunks = whole.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
          expect(read(chunks)).toEqual(read([...whole]));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('loses nothing of a text without calls', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 12 }), (chunks) => {
        const said = chunks.join('');
        fc.pre(!/^\s*<think/.test(said));
        const heard = read(chunks)
          .map((bit) => ('text' in bit ? bit.text : ''))
          .join('');
        expect(heard).toBe(said);
      }),
    );
  });
});
