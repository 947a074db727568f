import type { Level, Situation, Verdict } from '../types.ts';
import type { Fact } from './facts.ts';
import { createProgramTable, type ProgramTable } from './programs/program-table.ts';
import { compileGlobs } from './rules/glob.ts';
import { kindOf, prepareRule, type ReadyRule } from './rules/match.ts';
import type { LevelSpec, PolicyData, Rule } from './rules/rule.ts';

/** Rules and tables in force, ready to decide. */
export type Policy = {
  readonly data: PolicyData;
  readonly table: ProgramTable;
  readonly ready: (situation: Situation) => ReadyPolicy;
};
export type ReadyPolicy = {
  /** Those that could match the fact, in the order of all. */
  readonly rulesAbout: (fact: Fact) => readonly ReadyRule[];
  readonly verdictOf: (rule: Rule) => Verdict;
};

export function createPolicy(data: PolicyData): Policy {
  let last: { readonly key: string; readonly ready: ReadyPolicy } | null = null;
  return {
    data,
    table: createProgramTable(data.programs),
    ready: (situation) => {
      const key = [situation.workspace, situation.home, situation.level].join('\0');
      if (last?.key !== key) last = { key, ready: makeReady(data, situation) };
      return last.ready;
    },
  };
}

function makeReady(data: PolicyData, situation: Situation): ReadyPolicy {
  const byAbout = new Map<string, ReadyRule[]>();
  for (const rule of data.rules) {
    const ready = prepareRule(rule, situation);
    byAbout.set(ready.about, [...(byAbout.get(ready.about) ?? []), ready]);
  }
  const verdicts = new Map(
    data.rules.map((rule) => [rule.id, verdictAt(rule, data.levels[situation.level])]),
  );
  const byKind = new Map<string, readonly ReadyRule[]>();
  return {
    rulesAbout: (fact) => {
      const kind = kindOf(fact);
      const known = byKind.get(kind);
      if (known) return known;
      const rules = (byAbout.get(fact.about) ?? []).filter(({ concerns }) => concerns(fact));
      byKind.set(kind, rules);
      return rules;
    },
    verdictOf: (rule) => verdicts.get(rule.id) ?? rule.verdict,
  };
}

/** A level may turn what a rule says, but what a rule denies stays denied at every level. */
function verdictAt(rule: Rule, level: LevelSpec): Verdict {
  if (rule.verdict === 'deny') return 'deny';
  const turn = level.turns.find(({ rules }) => compileGlobs(rules)(rule.id));
  return turn === undefined || turn.to === 'keep' ? rule.verdict : turn.to;
}

export const ruleVerdicts = (
  data: PolicyData,
  level: Level,
): readonly (readonly [Rule, Verdict])[] =>
  data.rules.map((rule) => [rule, verdictAt(rule, data.levels[level])]);
