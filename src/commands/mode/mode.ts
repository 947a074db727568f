import { ok } from '../../core/result.ts';
import { checkTransition, MODE_SUMMARIES } from '../../core/session/modes.ts';
import { MODES } from '../../core/types.ts';
import { defineCommand } from '../command.ts';

export const mode = defineCommand({
  name: 'mode',
  family: 'mode',
  summary: 'Shows the mode, or changes it: chat looks, propose plans, execute runs approved plans',
  examples: ['mode', 'mode propose'],
  kind: 'steer',
  risk: 'low',
  args: {
    to: {
      kind: 'positional',
      type: 'choice',
      choices: MODES,
      valueName: 'MODE',
      summary: 'The mode to go to',
    },
  },
  async run({ to }, { situation, show }) {
    if (to === undefined) {
      const names = MODES.map((name) => ({
        name,
        value: MODE_SUMMARIES[name],
        ...(name === situation.mode ? { note: 'now' } : {}),
      }));
      show({ kind: 'fields', fields: names });
      return ok({ kind: 'looked', data: { mode: situation.mode } });
    }
    const checked = checkTransition(situation.mode, to, situation.level);
    if (!checked.ok) return checked;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'mode.set', mode: to }],
      done: { kind: 'text', text: `Mode ${to}: ${MODE_SUMMARIES[to]}.` },
      data: { mode: to },
    });
  },
});
