import { decide, explain, type ParseShell } from '../../core/policy/decide.ts';
import { createPolicy, type Policy, ruleVerdicts } from '../../core/policy/policy.ts';
import type { PolicyData } from '../../core/policy/rules/rule.ts';
import { RISK_OF } from '../../core/policy/rules/verdicts.ts';
import { ok } from '../../core/result.ts';
import type { Json, Result } from '../../core/types.ts';
import type { Hashing, PolicyReader } from '../../ports.ts';
import { checkExamples } from './check-examples.ts';
import { loadPolicy, type RuleText, type Sources } from './load-policy.ts';

export type { RuleText };

/** Reads the rules at the first question, and keeps them for the run. */
export function createPolicyReader(
  sources: Sources & { readonly parseShell: ParseShell; readonly hashing: Hashing },
): PolicyReader {
  const { parseShell, hashing } = sources;
  let loaded: Result<Loaded> | null = null;
  const load = (): Result<Loaded> => {
    loaded ??= ready(loadPolicy(sources));
    return loaded;
  };
  const withPolicy = <T>(read: (loaded: Loaded) => T): Result<T> => {
    const result = load();
    return result.ok ? ok(read(result.value)) : result;
  };
  return {
    version: () =>
      withPolicy(({ data }) => hashing.sha256(hashing.canonical(data as unknown as Json))),
    decide: (action, situation) =>
      withPolicy(({ policy }) => decide(policy, parseShell, situation, action)),
    explain: (action, situation) =>
      withPolicy(({ policy }) => explain(policy, parseShell, situation, action)),
    rules: (level) =>
      withPolicy(({ data }) =>
        ruleVerdicts(data, level).map(([rule, verdict]) => ({
          id: rule.id,
          file: rule.file,
          verdict,
          risk: rule.risk ?? RISK_OF[verdict],
          reason: rule.reason,
          when: rule.when as Json,
        })),
      ),
    test: () => withPolicy(({ policy, data }) => checkExamples(policy, parseShell, data.rules)),
  };
}

type Loaded = { readonly policy: Policy; readonly data: PolicyData };

const ready = (data: Result<PolicyData>): Result<Loaded> =>
  data.ok ? ok({ data: data.value, policy: createPolicy(data.value) }) : data;
