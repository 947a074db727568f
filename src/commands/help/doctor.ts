import { ok } from '../../core/result.ts';
import type { Item } from '../../core/types.ts';
import type { Check } from '../../ports.ts';
import { defineCommand } from '../command.ts';

export const doctor = defineCommand({
  name: 'doctor',
  family: 'help',
  summary: 'Looks at the machine and says what to do about each problem',
  examples: ['doctor'],
  kind: 'look',
  args: {},
  async run(_args, { readers, show, signal }) {
    const checks: Check[] = [];
    for await (const check of readers.examiner.examine(signal)) {
      checks.push(check);
      show({ kind: 'items', items: [itemOf(check)] });
    }
    show({ kind: 'text', text: sumUp(checks) });
    const hasFailed = checks.some(({ status }) => status === 'fail');
    const data = checks.map((check) => ({ ...check }));
    return ok({ kind: 'looked', data, exitCode: hasFailed ? 1 : 0 });
  },
});

const itemOf = ({ check, status, detail, remedy }: Check): Item => ({
  mark: status,
  text: check,
  detail,
  ...(remedy === undefined ? {} : { remedy }),
});

function sumUp(checks: readonly Check[]): string {
  const count = (status: Check['status']) => checks.filter((check) => check.status === status);
  const failed = count('fail').length;
  const warned = count('warn').length;
  if (failed > 0) return `${failed} to repair, ${warned} to look at.`;
  return warned > 0 ? `Nothing to repair, ${warned} to look at.` : 'All is well.';
}
