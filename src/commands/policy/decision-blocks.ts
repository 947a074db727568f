import type { Block, Decision, Mark, Verdict } from '../../core/types.ts';

/** A decision for a person: the verdict first, then each rule and its reason. */
export function decisionBlocks(text: string, decision: Decision): readonly Block[] {
  return [
    { kind: 'code', text, language: 'shell' },
    {
      kind: 'items',
      items: [
        { mark: MARKS[decision.verdict], text: `${decision.verdict} (risk: ${decision.risk})` },
        ...decision.because.map(({ rule, reason }) => ({
          mark: 'none' as const,
          text: rule,
          detail: reason,
        })),
      ],
    },
  ];
}

export const MARKS: Readonly<Record<Verdict, Mark>> = { allow: 'ok', ask: 'warn', deny: 'fail' };
