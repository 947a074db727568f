import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';

export const rename = defineCommand({
  name: 'rename',
  family: 'session',
  summary: 'Gives this session a title',
  examples: ['rename the rounding bug'],
  kind: 'steer',
  risk: 'low',
  args: { title: { kind: 'rest', type: 'text', isRequired: true, summary: 'The title' } },
  async run({ title: words }) {
    const title = words.join(' ').slice(0, MAX_TITLE);
    return ok({
      kind: 'steered',
      changes: [{ kind: 'session.rename', title }],
      done: { kind: 'text', text: `This session is now called “${title}”.` },
      data: { title },
    });
  },
});

const MAX_TITLE = 200;
