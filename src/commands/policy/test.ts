import { ok } from '../../core/result.ts';
import type { Block, Json } from '../../core/types.ts';
import type { ExampleReport } from '../../ports.ts';
import { defineCommand } from '../command.ts';

export const policyTest = defineCommand({
  name: 'policy test',
  family: 'policy',
  summary: 'Runs the examples of all rules in force through the whole engine',
  examples: ['policy test', 'policy test --json'],
  kind: 'look',
  args: {},
  async run(_args, context) {
    const report = context.readers.policy.test();
    if (!report.ok) return report;
    for (const block of blocksOf(report.value)) context.show(block);
    const hasFailed = report.value.failures.length > 0;
    return ok({
      kind: 'looked',
      exitCode: hasFailed ? 1 : 0,
      data: report.value as unknown as Json,
    });
  },
});

function blocksOf({ rules, examples, failures }: ExampleReport): readonly Block[] {
  if (failures.length === 0) {
    return [{ kind: 'text', tone: 'good', text: `${examples} examples of ${rules} rules hold.` }];
  }
  return [
    {
      kind: 'text',
      tone: 'bad',
      text: `${failures.length} of ${examples} examples do not hold.`,
    },
    {
      kind: 'items',
      items: failures.map(({ rule, example, problem }) => ({
        mark: 'fail',
        text: `${rule}: ${example}`,
        detail: problem,
      })),
    },
  ];
}
