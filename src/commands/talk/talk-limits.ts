import type { ArgSpec, Limits } from '../../core/types.ts';

/** A cold model on a slow disk, a long prompt without a GPU: the person stops it, no clock does. */
export const TALK_LIMITS: Limits = { timeoutMs: 6 * 3_600_000, outputBytes: 10_000_000 };

export const NO_TOOLS_ARG = {
  kind: 'flag',
  type: 'text',
  summary: 'Gathers beforehand, and lets the model look at nothing by itself',
} as const satisfies ArgSpec;
