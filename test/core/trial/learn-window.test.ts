import { describe, expect, it } from 'vitest';
import { learnWindow, nextWindow } from '../../../src/core/trial/learn-window.ts';
import type { WindowTrial } from '../../../src/core/trial/trials.ts';

const trial = (
  contextTokens: number,
  outcome: WindowTrial['outcome'] = 'found',
  more: Partial<WindowTrial> = {},
): WindowTrial => ({
  contextTokens,
  promptTokens: contextTokens * 0.8,
  outcome,
  isSpilled: false,
  ...more,
});

describe('the window that is learned', () => {
  it('is the largest up to the first that did not work', () => {
    expect(learnWindow([])).toBeNull();
    expect(learnWindow([trial(8192)])).toBe(8192);
    expect(learnWindow([trial(8192), trial(16_384), trial(32_768, 'lost')])).toBe(16_384);
    expect(learnWindow([trial(8192, 'lost'), trial(4096)])).toBe(4096);
    expect(learnWindow([trial(8192, 'refused')])).toBeNull();
  });

  it('goes by no prompt that filled little of it', () => {
    expect(learnWindow([trial(8192), trial(16_384, 'found', { promptTokens: 900 })])).toBe(8192);
  });

  it('is not made larger for the price of the fast memory, and the first one stays all the same', () => {
    const spilled = { isSpilled: true };
    expect(learnWindow([trial(8192), trial(16_384, 'found', spilled)])).toBe(8192);
    expect(learnWindow([trial(8192, 'found', spilled)])).toBe(8192);
  });
});

describe('the next window to try', () => {
  const sizes = { startTokens: 8192, mostTokens: 40_000 };
  const follow = (outcomeOf: (tokens: number) => WindowTrial['outcome'], given = sizes) => {
    const trials: WindowTrial[] = [];
    for (;;) {
      const tokens = nextWindow(trials, given);
      if (tokens === null) return trials.map(({ contextTokens }) => contextTokens);
      expect(trials.length).toBeLessThan(10);
      trials.push(trial(tokens, outcomeOf(tokens)));
    }
  };

  it('doubles while all is well, to a bound and to what the model was made for', () => {
    expect(follow(() => 'found')).toEqual([8192, 16_384, 32_768]);
    expect(follow(() => 'found', { startTokens: 8192, mostTokens: 10_000 })).toEqual([
      8192, 10_000,
    ]);
    expect(follow(() => 'found', { startTokens: 5000, mostTokens: 5000 })).toEqual([5000]);
  });

  it('ends at the first that fails', () => {
    expect(follow((tokens) => (tokens > 8192 ? 'lost' : 'found'))).toEqual([8192, 16_384]);
  });

  it('halves where the first is too much already, and does not grow again', () => {
    expect(follow((tokens) => (tokens > 5000 ? 'refused' : 'found'))).toEqual([8192, 4096]);
    expect(follow(() => 'lost')).toEqual([8192, 4096, 2048]);
  });
});
