import { ok } from '../../core/result.ts';
import { LEVEL_SUMMARIES } from '../../core/session/modes.ts';
import { LEVELS } from '../../core/types.ts';
import { defineCommand } from '../command.ts';

export const level = defineCommand({
  name: 'level',
  family: 'mode',
  summary: 'Shows the safety level, or changes it for this session',
  examples: ['level', 'level strict'],
  kind: 'steer',
  risk: 'medium',
  args: {
    to: {
      kind: 'positional',
      type: 'choice',
      choices: LEVELS,
      valueName: 'LEVEL',
      summary: 'The level to go to',
    },
  },
  async run({ to }, { situation, show }) {
    if (to === undefined) {
      const fields = LEVELS.map((name) => ({
        name,
        value: LEVEL_SUMMARIES[name],
        ...(name === situation.level ? { note: 'now' } : {}),
      }));
      show({ kind: 'fields', fields });
      return ok({ kind: 'looked', data: { level: situation.level } });
    }
    return ok({
      kind: 'steered',
      changes: [{ kind: 'level.set', level: to }],
      done: { kind: 'text', text: `Level ${to}: ${LEVEL_SUMMARIES[to]}.` },
      data: { level: to },
    });
  },
});
