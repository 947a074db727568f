import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';

export const quit = defineCommand({
  name: 'quit',
  aliases: ['exit'],
  family: 'session',
  summary: 'Leaves; the session is kept',
  examples: ['quit'],
  kind: 'steer',
  needs: ['terminal'],
  args: {},
  async run() {
    return ok({
      kind: 'steered',
      changes: [{ kind: 'session.leave' }],
      done: { kind: 'text', text: 'tinycode --continue comes back to this session.', tone: 'dim' },
      data: null,
    });
  },
});
