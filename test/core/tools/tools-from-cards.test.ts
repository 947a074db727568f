import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/commands/index.ts';
import { estimateTokens } from '../../../src/core/models/estimate-tokens.ts';
import { describeTools, toolsFromCards } from '../../../src/core/tools/tools-from-cards.ts';

const looks = COMMANDS.filter(({ family }) => family === 'files');
const tools = toolsFromCards(looks);

describe('the tools of a model', () => {
  it('are the looking commands of the registry, by their own names and arguments', () => {
    expect(tools.map(({ name }) => name)).toEqual([
      'read',
      'list',
      'search',
      'symbols',
      'log',
      'diff',
    ]);
    expect(tools[0]).toEqual({
      name: 'read',
      description: 'Shows a file, or lines of it',
      parameters: {
        type: 'object',
        properties: {
          path: { type: 'string' },
          from: { type: 'integer' },
          to: { type: 'integer' },
        },
        required: ['path'],
      },
    });
    expect(tools[3]?.parameters.properties).toEqual({
      of: { type: 'string', description: 'A file, a folder, or a name' },
    });
    expect(tools[2]?.parameters.properties).toMatchObject({
      text: { type: 'string' },
      in: { type: 'string' },
      regex: { type: 'boolean' },
    });
  });

  it('can change nothing: each of them is a look without any risk', () => {
    expect(looks.filter(({ kind, risk }) => kind !== 'look' || risk !== 'none')).toEqual([]);
    expect(looks.filter(({ modes }) => !modes.includes('chat'))).toEqual([]);
  });

  it('take less than 450 tokens, all of them together', () => {
    expect(estimateTokens(JSON.stringify(tools))).toBeLessThan(450);
    expect(estimateTokens(describeTools(tools))).toBeLessThan(150);
  });

  it('are explained in a line each to a model that writes its calls out', () => {
    expect(describeTools(tools).split('\n')[0]).toBe(
      '- read(path, from?, to?): Shows a file, or lines of it',
    );
  });

  it('offer the choices of an argument that has some', () => {
    const [card] = COMMANDS.filter(({ name }) => name === 'audit show');
    const [tool] = toolsFromCards(card === undefined ? [] : [card]);
    expect(tool?.parameters.properties).toMatchObject({
      risk: { type: 'string', enum: ['none', 'low', 'medium', 'high', 'critical'] },
    });
  });
});
