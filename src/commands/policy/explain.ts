import type { Explanation, Finding } from '../../core/policy/decide.ts';
import { describeFact } from '../../core/policy/describe-fact.ts';
import { fail, ok } from '../../core/result.ts';
import type { Block, Json } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { decisionBlocks, MARKS } from './decision-blocks.ts';
import { commandText, MODE_ARG } from './shared-args.ts';

export const policyExplain = defineCommand({
  name: 'policy explain',
  family: 'policy',
  summary: 'Shows how a command is taken apart, and every rule that speaks of each part',
  examples: ["policy explain 'cd /tmp && rm -rf x'", 'policy explain sudo ls'],
  kind: 'look',
  args: {
    command: {
      kind: 'rest',
      isVerbatim: true,
      type: 'text',
      valueName: 'COMMAND',
      summary: 'The command, as a shell would read it',
    },
    'as-mode': MODE_ARG,
  },
  async run(args, context) {
    const command = commandText(args.command);
    if (command === '') {
      return fail('usage', 'There is no command to explain.', { hint: 'policy explain COMMAND' });
    }
    const situation = { ...context.situation, mode: args['as-mode'] ?? 'execute' };
    const explained = context.readers.policy.explain({ kind: 'shell.run', command }, situation);
    if (!explained.ok) return explained;
    for (const block of blocksOf(command, explained.value)) context.show(block);
    return ok({ kind: 'looked', data: asJson(explained.value) });
  },
});

function blocksOf(command: string, { decision, findings }: Explanation): readonly Block[] {
  return [
    ...decisionBlocks(command, decision),
    { kind: 'heading', text: 'Parts' },
    { kind: 'items', items: findings.filter(isPart).map(itemOf) },
  ];
}

const isPart = ({ fact }: Finding): boolean => fact.about !== 'action';

const itemOf = (finding: Finding) => ({
  mark: MARKS[finding.verdict],
  text: `${finding.fact.about}: ${describeFact(finding.fact)}`,
  detail: finding.matched.map(({ rule, verdict }) => `${rule} (${verdict})`).join(', '),
});

const asJson = ({ decision, findings }: Explanation): Json => ({
  verdict: decision.verdict,
  risk: decision.risk,
  because: decision.because as unknown as Json,
  parts: findings.map(({ fact, verdict, matched }) => ({
    about: fact.about,
    text: describeFact(fact),
    verdict,
    rules: matched.map((each) => ({ rule: each.rule, verdict: each.verdict })),
  })),
});
