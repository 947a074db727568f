/** What the commands that edit a config file have in common. */
export const KEY = {
  kind: 'positional',
  type: 'text',
  isRequired: true,
  completes: 'setting',
  valueName: 'KEY',
  summary: 'The setting',
} as const;

export const SCOPE = {
  kind: 'option',
  type: 'choice',
  choices: ['user', 'workspace'],
  valueName: 'SCOPE',
  summary: 'Whose file: your own, or this workspace’s (user)',
} as const;
