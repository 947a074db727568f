export const PLAN_ARG = {
  kind: 'positional',
  type: 'text',
  isRequired: true,
  completes: 'plan',
  valueName: 'ID',
  summary: 'The plan, the beginning of its id, or latest',
} as const;

/** Of commands that change nothing: what one means is mostly the plan just made. */
export const PLAN_OR_NEWEST_ARG = {
  kind: 'positional',
  type: 'text',
  completes: 'plan',
  valueName: 'ID',
  summary: 'The plan, the beginning of its id, or latest; without it the newest one',
} as const;
export const NEWEST = 'latest';

export const REASON_ARG = {
  kind: 'option',
  type: 'text',
  valueName: 'TEXT',
  summary: 'Why; it is kept with the plan',
} as const;

/** Limits of commands that read a whole workspace or a large plan. */
export const LARGE = { timeoutMs: 600_000, outputBytes: 256_000_000 } as const;

/** The command itself only asks; programs have limits of their own. */
export const RUNS_PROGRAMS = { timeoutMs: 60_000, outputBytes: 256_000_000 } as const;

export const splitIds = (text: string): readonly string[] =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
