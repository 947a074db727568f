import type { ModelHabit } from '../../src/core/types.ts';

/** What could have been learned of a model of this digest. */
export const habitOf = (digest: string, more: Partial<ModelHabit> = {}): ModelHabit => ({
  digest,
  name: 'tiny:latest',
  testedAt: '2026-02-03T04:05:06.000Z',
  toolMode: 'native',
  hasSchema: true,
  form: { wholeTokens: 700, beyond: 'search-replace' },
  contextTokens: 8192,
  readTokensPerSecond: 400,
  writeTokensPerSecond: 14.2,
  loadMs: 2100,
  forms: {
    whole: { right: 4, of: 4 },
    'search-replace': { right: 3, of: 4 },
    udiff: { right: 1, of: 4 },
    'apply-patch': { right: 0, of: 4 },
  },
  isWhole: true,
  ...more,
});
