import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../src/core/models/estimate-tokens.ts';
import { LOOKING_SYSTEM } from '../../../src/core/prompt/system-text.ts';

describe('the system text', () => {
  it('is at most 300 tokens, of which a small window would miss every one', () => {
    expect(estimateTokens(LOOKING_SYSTEM)).toBeLessThanOrEqual(300);
  });
});
