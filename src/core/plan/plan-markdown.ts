import type { PlanRecord, Step } from '../types.ts';
import { subjectOf, VERBS } from './describe-action.ts';

/** A plan to be read: by a reviewer, in a mail, in a ticket. Nothing of it can be imported. */
export function planMarkdown(
  { plan, status, findings, history }: PlanRecord,
  diffOf: (step: Step) => string,
): string {
  const parts = [
    `# Plan ${plan.id}: ${plan.goal}`,
    `Status: ${status}. Hash: \`${plan.hash}\`.`,
    ...plan.open.map((point) => `- Open: ${point}`),
    ...plan.steps.map((step) => sectionOf(step, diffOf(step))),
    ...(findings.length === 0
      ? []
      : [
          '## Findings',
          findings
            .map(
              ({ severity, step, message }) =>
                `- ${severity}${step ? `, step ${step}` : ''}: ${message}`,
            )
            .join('\n'),
        ]),
    '## History',
    history
      .map(({ at, what, by, reason }) => `- ${at} ${what} by ${by}${reason ? `: ${reason}` : ''}`)
      .join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionOf(step: Step, diff: string): string {
  const facts = [
    `- ${VERBS[step.action.kind]} ${code(subjectOf(step.action))}`,
    `- risk: ${step.risk}`,
    ...(step.dependsOn.length > 0 ? [`- after: ${step.dependsOn.join(', ')}`] : []),
    ...(step.check ? ['- a check: its failure fails the plan'] : []),
    ...(step.why === '' ? [] : [`- why: ${step.why}`]),
  ];
  const shown = diff === '' ? [] : [fenced(diff)];
  return [`## ${step.id}. ${step.title}`, facts.join('\n'), ...shown].join('\n\n');
}

const code = (text: string): string => {
  const fence = '`'.repeat(longestRun(text) + 1);
  return fence.length > 1 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
};

function fenced(diff: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(diff) + 1));
  return `${fence}diff\n${diff.replace(/\n?$/, '\n')}${fence}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
