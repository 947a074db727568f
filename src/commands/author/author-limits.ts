import { LARGE } from '../plan/plan-args.ts';
import { TALK_LIMITS } from '../talk/talk-limits.ts';

/** A model may take its time, and a plan may be large. */
export const AUTHOR_LIMITS = { ...TALK_LIMITS, outputBytes: LARGE.outputBytes };
