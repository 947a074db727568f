import { describe, expect, it } from 'vitest';
import { pressKeys, show } from '../../support/press-keys.ts';

const UP = '\x1b[A';
const DOWN = '\x1b[B';
const history = ['/help', 'first\nsecond', '/audit verify'];

describe('the history', () => {
  it('comes with Up, newest first, and ends at the oldest', () => {
    expect(show(pressKeys(UP, { history }).editor)).toBe('/audit verify|');
    expect(show(pressKeys(`${UP}${UP}`, { history }).editor)).toBe('first\nsecond|');
    expect(show(pressKeys(UP.repeat(9), { history }).editor)).toBe('/help|');
  });

  it('gives the draft back below the newest line', () => {
    expect(show(pressKeys(`draft${UP}${UP}${DOWN}${DOWN}`, { history }).editor)).toBe('draft|');
  });

  it('is entered only from the first row', () => {
    expect(show(pressKeys(`a\nb${UP}`, { history }).editor)).toBe('a|\nb');
    expect(show(pressKeys(`a\nb${UP}${UP}`, { history }).editor)).toBe('/audit verify|');
  });
});

describe('the search', () => {
  it('finds the newest line with what is typed, and older ones with Ctrl+R', () => {
    expect(show(pressKeys('\x12e', { history }).editor)).toBe('/audit verify|');
    expect(show(pressKeys('\x12e\x12', { history }).editor)).toBe('first\nsecond|');
    expect(show(pressKeys('\x12e\x12\x12\x13', { history }).editor)).toBe('first\nsecond|');
  });

  it('takes what it found with Enter and does not submit it', () => {
    const { editor, asks } = pressKeys('\x12hel\r', { history });
    expect(asks).toEqual([]);
    expect(editor.search).toBeNull();
    expect(show(editor)).toBe('/help|');
  });

  it('goes on with any other key at what it found', () => {
    expect(show(pressKeys('\x12hel\x01x', { history }).editor)).toBe('x|/help');
  });

  it('gives the draft back with Esc', () => {
    expect(show(pressKeys('draft\x12hel\x1b', { history }).editor)).toBe('draft|');
  });

  it('says that nothing matches', () => {
    const { editor } = pressKeys('\x12nowhere', { history });
    expect(editor.search).toMatchObject({ query: 'nowhere', index: -1 });
  });
});
