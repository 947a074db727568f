import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';

export const planList = defineCommand({
  name: 'plan list',
  aliases: ['plans'],
  family: 'plan',
  summary: 'Lists the plans of this workspace, the newest first',
  examples: ['plan list'],
  kind: 'look',
  args: {},
  async run(_, { readers, show }) {
    const found = readers.plans.list();
    if (!found.ok) return found;
    const rows = found.value.map(({ id, status, steps, updatedAt, goal }) => [
      id,
      status,
      `${steps}`,
      updatedAt.slice(0, 16).replace('T', ' '),
      goal,
    ]);
    show(
      rows.length === 0
        ? { kind: 'text', text: 'There are no plans yet. In mode propose, say what to change.' }
        : { kind: 'table', columns: ['plan', 'status', 'steps', 'changed', 'goal'], rows },
    );
    return ok({ kind: 'looked', data: found.value });
  },
});
