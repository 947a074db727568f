import { describe, expect, it } from 'vitest';
import { shareWindow } from '../../../src/core/prompt/share-window.ts';

describe('sharing a window', () => {
  it.each([512, 2_048, 4_096, 8_192, 32_768])(
    'leaves room for the answer in %i tokens',
    (window) => {
      for (const isThinking of [false, true]) {
        const { promptTokens, answerTokens } = shareWindow(window, isThinking);
        expect(promptTokens + answerTokens).toBeLessThanOrEqual(window);
        expect(answerTokens).toBeGreaterThanOrEqual(Math.min(256, window / 2));
        expect(promptTokens).toBeGreaterThan(window * 0.4);
      }
    },
  );

  it('gives more room to a model that thinks first', () => {
    expect(shareWindow(8_192, true).answerTokens).toBeGreaterThan(
      shareWindow(8_192, false).answerTokens,
    );
  });
});
