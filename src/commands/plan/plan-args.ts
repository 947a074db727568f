export const PLAN_ARG = {
  kind: 'positional',
  type: 'text',
  isRequired: true,
  completes: 'plan',
  valueName: 'ID',
  summary: 'The plan, the beginning of its id, or latest',
} as const;

export const REASON_ARG = {
  kind: 'option',
  type: 'text',
  valueName: 'TEXT',
  summary: 'Why; it is kept with the plan',
} as const;

/** Limits of commands that read a whole workspace or a large plan. */
export const LARGE = { timeoutMs: 600_000, outputBytes: 256_000_000 } as const;

export const splitIds = (text: string): readonly string[] =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
