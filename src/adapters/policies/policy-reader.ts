import { decide, explain } from '../../core/policy/decide.ts';
import { createPolicy, type Policy, ruleVerdicts } from '../../core/policy/policy.ts';
import type { PolicyData } from '../../core/policy/rules/rule.ts';
import { RISK_OF } from '../../core/policy/rules/verdicts.ts';
import type { ParseShell } from '../../core/policy/shell-syntax.ts';
import { ok } from '../../core/result.ts';
import type { Json, Result } from '../../core/types.ts';
import type { Hashing, PolicyReader } from '../../ports.ts';
import { checkExamples } from './check-examples.ts';
import { loadPolicy, type RuleText, type Sources } from './load-policy.ts';
import { readIfThere, readRuleFiles } from './read-rule-files.ts';

export type { RuleText };

/** Reads the rules at the first question, and keeps them for the run. */
export function createPolicyReader(
  parts: Omit<Sources, 'builtIn' | 'compiled' | 'added'> & {
    /** The folder `policies/` that TinyCode comes with. */
    readonly builtInFolder: string;
    /** What the build made of it, where it did. */
    readonly compiledFile: string | null;
    /** The person's and the workspace's rule files; asked for once, when rules are first needed. */
    readonly added: () => Result<readonly RuleText[]>;
    readonly parseShell: ParseShell;
    readonly hashing: Pick<Hashing, 'sha256' | 'canonical'>;
  },
): PolicyReader {
  const { parseShell, hashing } = parts;
  let loaded: Result<Loaded> | null = null;
  const load = (): Result<Loaded> => {
    loaded ??= open();
    return loaded;
  };
  const open = (): Result<Loaded> => {
    const builtIn = readRuleFiles(parts.builtInFolder);
    if (!builtIn.ok) return builtIn;
    const compiled = parts.compiledFile === null ? null : readIfThere(parts.compiledFile);
    const added = parts.added();
    // A rule file that is there and cannot be read may hold what denies.
    if (!added.ok) return added;
    return ready(loadPolicy({ ...parts, builtIn: builtIn.value, compiled, added: added.value }));
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
          isAdded: data.added?.includes(rule.id) ?? false,
        })),
      ),
    cage: (level) => withPolicy(({ data }) => data.levels[level].cage),
    test: () => withPolicy(({ policy, data }) => checkExamples(policy, parseShell, data.rules)),
  };
}

type Loaded = { readonly policy: Policy; readonly data: PolicyData };

const ready = (data: Result<PolicyData>): Result<Loaded> =>
  data.ok ? ok({ data: data.value, policy: createPolicy(data.value) }) : data;
