import { fail, ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { ID_ARG } from './id-arg.ts';

export const sessionsDelete = defineCommand({
  name: 'sessions delete',
  family: 'session',
  summary: 'Forgets a session; what it did stays in the audit log',
  examples: ['sessions delete 3f2a'],
  kind: 'steer',
  risk: 'medium',
  args: { id: ID_ARG },
  async run({ id }, { readers, session }) {
    const found = readers.sessions.find(id);
    if (!found.ok) return found;
    const { id: full, isHeld } = found.value;
    if (full === session || isHeld) {
      return fail('busy', `Session ${full} is open${full === session ? ' here' : ' elsewhere'}.`, {
        hint: 'Leave it first.',
      });
    }
    return ok({
      kind: 'steered',
      changes: [{ kind: 'session.delete', id: full }],
      done: { kind: 'text', text: `Session ${full} is forgotten.` },
      data: { deleted: full },
    });
  },
});
