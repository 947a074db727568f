import { explain } from '../../core/policy/decide.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Example, Rule } from '../../core/policy/rules/rule.ts';
import type { ParseShell } from '../../core/policy/shell-syntax.ts';
import { type Action, MODES, type Mode, type Situation } from '../../core/types.ts';
import type { ExampleReport } from '../../ports.ts';

/** The world that examples are written for. */
const EXAMPLE_WORLD: Situation = {
  workspace: '/home/dev/proj',
  home: '/home/dev',
  mode: 'execute',
  level: 'standard',
};

/** Runs every example of every rule through the whole engine. */
export function checkExamples(
  policy: Policy,
  parseShell: ParseShell,
  rules: readonly Rule[],
): ExampleReport {
  const failures: ExampleReport['failures'][number][] = [];
  let examples = 0;
  for (const rule of rules) {
    for (const kind of ['match', 'not'] as const) {
      for (const example of rule.examples[kind]) {
        examples += 1;
        const problem = problemOf(policy, parseShell, rule, example, kind === 'match');
        if (problem !== null) failures.push({ rule: rule.id, example: textOf(example), problem });
      }
    }
  }
  return { rules: rules.length, examples, failures };
}

const textOf = (example: Example): string =>
  typeof example === 'string' ? example : JSON.stringify(example);

function problemOf(
  policy: Policy,
  parseShell: ParseShell,
  rule: Rule,
  example: Example,
  isMatch: boolean,
): string | null {
  const read = readExample(example);
  if (read === null) return 'is neither a command nor an action';
  const { findings } = explain(policy, parseShell, read.situation, read.action);
  const isMatched = findings.some(({ matched }) => matched.some((each) => each.rule === rule.id));
  if (isMatched === isMatch) return null;
  return isMatch ? 'should match the rule and does not' : 'should not match the rule and does';
}

function readExample(example: Example): { action: Action; situation: Situation } | null {
  if (typeof example === 'string') {
    return { action: { kind: 'shell.run', command: example }, situation: EXAMPLE_WORLD };
  }
  const mode = MODES.find((each) => each === example.mode) as Mode | undefined;
  const situation = mode === undefined ? EXAMPLE_WORLD : { ...EXAMPLE_WORLD, mode };
  if (typeof example.command === 'string') {
    return { action: { kind: 'shell.run', command: example.command }, situation };
  }
  // Examples are ours or a person's own; a wrong shape shows as an example that fails.
  return typeof example.action === 'object' && example.action !== null
    ? { action: example.action as Action, situation }
    : null;
}
