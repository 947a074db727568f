import { fail, ok } from '../../core/result.ts';
import { type Block, type Json, VERDICTS } from '../../core/types.ts';
import type { RuleSummary } from '../../ports.ts';
import { defineCommand } from '../command.ts';

export const policyShow = defineCommand({
  name: 'policy show',
  family: 'policy',
  summary: 'Shows the rules of the current level',
  examples: [
    'policy show',
    'policy show --verdict deny',
    'policy show --rule paths/outside-workspace',
  ],
  kind: 'look',
  args: {
    verdict: {
      kind: 'option',
      type: 'choice',
      choices: VERDICTS,
      valueName: 'VERDICT',
      summary: 'Only rules with this verdict',
    },
    rule: { kind: 'option', type: 'text', valueName: 'ID', summary: 'Only this rule, in full' },
  },
  async run({ verdict, rule }, context) {
    const { level } = context.situation;
    const all = context.readers.policy.rules(level);
    if (!all.ok) return all;
    const rules = all.value.filter(
      (each) =>
        (verdict === undefined || each.verdict === verdict) &&
        (rule === undefined || each.id === rule),
    );
    if (rule !== undefined && rules.length === 0) {
      return fail('not-found', `There is no rule ${rule} at the level ${level}.`, {
        hint: 'policy show lists them',
      });
    }
    for (const block of rule === undefined ? tableOf(rules, level) : detailsOf(rules)) {
      context.show(block);
    }
    return ok({ kind: 'looked', data: { level, rules: rules as unknown as Json } });
  },
});

const tableOf = (rules: readonly RuleSummary[], level: string): readonly Block[] => [
  { kind: 'heading', text: `${rules.length} rules at the level ${level}` },
  {
    kind: 'table',
    columns: ['verdict', 'rule', 'reason'],
    rows: rules.map(({ verdict, id, reason }) => [verdict, id, reason]),
  },
];

const detailsOf = (rules: readonly RuleSummary[]): readonly Block[] =>
  rules.map(({ id, file, verdict, risk, reason, when }) => ({
    kind: 'fields',
    fields: [
      { name: 'rule', value: id },
      { name: 'file', value: file },
      { name: 'verdict', value: verdict },
      { name: 'risk', value: risk },
      { name: 'reason', value: reason },
      { name: 'when', value: JSON.stringify(when) },
    ],
  }));
