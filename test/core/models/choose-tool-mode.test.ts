import { describe, expect, it } from 'vitest';
import { chooseToolMode, type ToolMode } from '../../../src/core/models/choose-tool-mode.ts';

const ABLE = ['completion', 'tools'];

describe('how a model is let look', () => {
  it.each<[readonly string[], ToolMode | undefined, ToolMode]>([
    [ABLE, undefined, 'native'],
    [['completion'], undefined, 'none'],
    [[], undefined, 'none'],
    [ABLE, 'native', 'native'],
    [[], 'native', 'native'],
    [['completion'], 'native', 'none'],
    [['completion'], 'text', 'text'],
    [ABLE, 'text', 'text'],
    [ABLE, 'none', 'none'],
  ])('with abilities %j and %s learned is %s', (abilities, learned, mode) => {
    expect(chooseToolMode(abilities, learned)).toBe(mode);
  });
});
