import { fail, ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';

export const auditPrune = defineCommand({
  name: 'audit prune',
  family: 'audit',
  summary: 'Drops the oldest records; what is kept still proves what was dropped',
  examples: ['audit prune 5000'],
  kind: 'steer',
  risk: 'high',
  modes: ['execute'],
  args: {
    keepFrom: {
      kind: 'positional',
      type: 'integer',
      min: 1,
      isRequired: true,
      valueName: 'SEQUENCE',
      summary: 'The oldest record to keep',
    },
  },
  async run({ keepFrom }, { readers, signal }) {
    const report = readers.audit.verify(signal);
    if (!report.ok) return report;
    const { state, problem = '' } = report.value;
    if (state !== 'intact') {
      return fail(`audit-${state}`, `The audit log is not pruned: ${problem}`, {
        hint: 'Run audit verify. What is left is evidence; keep a copy of it.',
      });
    }
    const newest = readers.audit.list({ last: 1 });
    if (!newest.ok) return newest;
    const last = newest.value[0]?.sequence ?? 0;
    if (keepFrom > last) {
      return fail('invalid', `There is no record ${keepFrom} to keep; the newest is ${last}.`, {
        hint: 'audit show lists the newest records.',
      });
    }
    return ok({
      kind: 'steered',
      changes: [{ kind: 'audit.prune', keepFrom }],
      done: {
        kind: 'text',
        text: `Dropped the records before ${keepFrom}. A signed checkpoint keeps the hash that record ${keepFrom} links to.`,
      },
      data: { keepFrom },
    });
  },
});
