import type { Action, Because, Decision, Risk, Situation, Verdict } from '../types.ts';
import { collectFacts } from './collect-facts.ts';
import { describeFact } from './describe-fact.ts';
import type { Fact } from './facts.ts';
import { splitPath } from './paths/pattern.ts';
import type { Policy } from './policy.ts';
import { RISK_OF, riskier, strictest } from './rules/verdicts.ts';
import type { ParseShell } from './shell-syntax.ts';

/** One piece of an action, and every rule that speaks of it. */
export type Finding = {
  readonly fact: Fact;
  readonly verdict: Verdict;
  readonly matched: readonly (Because & { readonly verdict: Verdict; readonly risk: Risk })[];
};
export type Explanation = { readonly decision: Decision; readonly findings: readonly Finding[] };

/** The strictest verdict over everything that the action would do. Never throws. */
export const decide = (
  policy: Policy,
  parseShell: ParseShell,
  situation: Situation,
  action: Action,
): Decision => explain(policy, parseShell, situation, action).decision;

export function explain(
  policy: Policy,
  parseShell: ParseShell,
  situation: Situation,
  action: Action,
): Explanation {
  const facts = collectFacts(policy.table, parseShell, situation, action);
  const findings = facts.map((fact) => judgeFact(policy, situation, action, fact));
  return { decision: weigh(findings), findings };
}

function judgeFact(policy: Policy, situation: Situation, action: Action, fact: Fact): Finding {
  const ready = policy.ready(situation);
  const path = fact.about === 'access' ? splitPath(fact.path) : null;
  const matching = { fact, action: action.kind, mode: situation.mode, path };
  const matched = ready
    .rulesAbout(fact)
    .filter((rule) => rule.matches(matching))
    .map(({ rule }) => {
      const verdict = ready.verdictOf(rule);
      const risk = rule.risk ?? RISK_OF[verdict];
      return { rule: rule.id, reason: `${rule.reason}: ${describeFact(fact)}`, verdict, risk };
    });
  if (matched.length > 0) {
    return { fact, matched, verdict: strictest(matched.map(({ verdict }) => verdict)) };
  }
  const reason = `No rule allows this: ${describeFact(fact)}`;
  const fallback = { rule: 'default/no-rule', reason, verdict: 'ask', risk: 'medium' } as const;
  return { fact, matched: [fallback], verdict: 'ask' };
}

/** So many reasons are read; the verdict is taken over all of them. */
const MOST_REASONS = 8;

function weigh(findings: readonly Finding[]): Decision {
  const verdict = strictest(findings.map((finding) => finding.verdict));
  const matched = findings.flatMap((finding) => finding.matched);
  const deciding = matched.filter((each) => each.verdict === verdict);
  const seen = new Set<string>();
  const because = deciding.flatMap(({ rule, reason }) => {
    if (seen.has(rule) || seen.size >= MOST_REASONS) return [];
    seen.add(rule);
    return [{ rule, reason }];
  });
  const risk = deciding.reduce<Risk>((most, each) => riskier(most, each.risk), 'none');
  return { verdict, risk, because };
}
