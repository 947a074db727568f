export const MODEL_NAME = {
  kind: 'positional',
  type: 'text',
  isRequired: true,
  completes: 'model',
  valueName: 'NAME',
  summary: 'The model',
} as const;

/** Without it, the model that answers. */
export const MODEL_NAME_OR_USED = {
  kind: 'positional',
  type: 'text',
  completes: 'model',
  valueName: 'NAME',
  summary: 'The model; without it, the one that answers',
} as const;
