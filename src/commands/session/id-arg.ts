export const ID_ARG = {
  kind: 'positional',
  type: 'text',
  isRequired: true,
  completes: 'session',
  valueName: 'ID',
  summary: 'The session, or the beginning of its id',
} as const;
