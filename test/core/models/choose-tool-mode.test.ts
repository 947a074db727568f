import { describe, expect, it } from 'vitest';
import { chooseToolMode } from '../../../src/core/models/choose-tool-mode.ts';

describe('how a model is asked to call tools', () => {
  it('is its server’s way where it has the ability and nothing else was learned', () => {
    expect(chooseToolMode(['completion', 'tools'], null)).toBe('native');
    expect(chooseToolMode(['completion', 'tools'], { toolMode: null })).toBe('native');
    expect(chooseToolMode(['completion', 'tools'], { toolMode: 'none' })).toBe('none');
  });

  it('is as text only where that was seen to work', () => {
    expect(chooseToolMode(['completion'], null)).toBe('none');
    expect(chooseToolMode([], { toolMode: null })).toBe('none');
    expect(chooseToolMode(['completion'], { toolMode: 'text' })).toBe('text');
    expect(chooseToolMode(['completion', 'tools'], { toolMode: 'text' })).toBe('text');
  });

  it('is never a way that the server refuses', () => {
    expect(chooseToolMode(['completion'], { toolMode: 'native' })).toBe('none');
    expect(chooseToolMode([], { toolMode: 'native' })).toBe('native');
  });
});
