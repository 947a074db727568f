import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { compilePolicies, loadPolicy } from '../../src/adapters/policies/load-policy.ts';
import { readRuleFiles } from '../../src/adapters/policies/read-rule-files.ts';
import { parseShell } from '../../src/adapters/shell/parse.ts';
import { decide } from '../../src/core/policy/decide.ts';
import { createPolicy } from '../../src/core/policy/policy.ts';
import type { PolicyData } from '../../src/core/policy/rules/rule.ts';
import type { Action, Decision, Situation, Verdict } from '../../src/core/types.ts';

export const WORLD: Situation = {
  workspace: '/home/dev/proj',
  home: '/home/dev',
  mode: 'execute',
  level: 'standard',
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Everything that loading needs, with the rules that TinyCode comes with. */
export function policySources() {
  const builtIn = readRuleFiles('policies');
  if (!builtIn.ok) throw new Error(builtIn.error.message);
  return {
    builtIn: builtIn.value,
    parseYaml: (text: string): unknown => parse(text),
    parseShell,
    hashing: { sha256 },
  };
}

let compiled: string | null = null;
let data: PolicyData | null = null;

/** Loaded, with all examples checked, once for a test file. */
export function policyData(): PolicyData {
  if (data !== null) return data;
  const sources = policySources();
  const made = compilePolicies(sources);
  if (!made.ok) throw new Error(JSON.stringify(made.error.data, null, 1));
  compiled = made.value;
  const loaded = loadPolicy({ ...sources, compiled });
  if (!loaded.ok) throw new Error(loaded.error.message);
  data = loaded.value;
  return data;
}

export const compiledPolicy = (): string => {
  policyData();
  return compiled ?? '';
};

/** Judges commands and actions with the given rules, or those that TinyCode comes with. */
export function judgeWith(rules: PolicyData = policyData(), world: Partial<Situation> = {}) {
  const policy = createPolicy(rules);
  const situation = { ...WORLD, ...world };
  return (what: string | Action): Decision =>
    decide(
      policy,
      parseShell,
      situation,
      typeof what === 'string' ? { kind: 'shell.run', command: what } : what,
    );
}

export const RANK: Readonly<Record<Verdict, number>> = { allow: 0, ask: 1, deny: 2 };
