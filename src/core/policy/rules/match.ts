import type { ActionKind, Mode, Situation } from '../../types.ts';
import type { Fact } from '../facts.ts';
import type { Certainty, SplitPath } from '../paths/pattern.ts';
import { createPatternSet, type PatternSet } from '../paths/pattern-set.ts';
import { compileWords } from './code-words.ts';
import { compileGlobs } from './glob.ts';
import type { Condition, Rule } from './rule.ts';

export type Matching = {
  readonly fact: Fact;
  readonly action: ActionKind;
  readonly mode: Mode;
  readonly path: SplitPath | null;
};
/** A rule made ready for one workspace and home. */
export type ReadyRule = {
  readonly rule: Rule;
  readonly about: Fact['about'];
  /** False where the kind of the fact already says no; facts of one `kindOf` share the answer. */
  readonly concerns: (fact: Fact) => boolean;
  readonly matches: (matching: Matching) => boolean;
};

type Test = (matching: Matching) => boolean;

/** Its tests are made at the first fact that it could match: most rules never meet one. */
export function prepareRule(rule: Rule, situation: Situation): ReadyRule {
  let matches: ReadyRule['matches'] | null = null;
  return {
    rule,
    about: aboutOf(rule.when),
    concerns: concernOf(rule.when),
    matches: (matching) => {
      matches ??= matchesOf(rule, situation);
      return matches(matching);
    },
  };
}

function matchesOf(rule: Rule, situation: Situation): ReadyRule['matches'] {
  const folders = { workspace: situation.workspace, home: situation.home };
  // A rule that loosens must be sure; one that tightens need only be possible.
  const isSure = rule.verdict === 'allow';
  const isDenial = rule.verdict === 'deny';
  const when = testsOf(rule.when, folders, isSure, isDenial);
  const exceptions = [rule.unless ?? []]
    .flat()
    .map((condition) => testsOf(condition, folders, !isSure, false));
  return (matching) =>
    when.every((test) => test(matching)) &&
    !exceptions.some((tests) => tests.every((test) => test(matching)));
}

/** All that `concerns` looks at. There are no more kinds than programs and groups in the tables. */
export function kindOf(fact: Fact): string {
  switch (fact.about) {
    case 'program':
      return `program ${mainOf(fact.name)} ${fact.group}`;
    case 'access':
      return `access ${fact.access}`;
    case 'trait':
      return `trait ${fact.name}`;
    default:
      return fact.about;
  }
}

function concernOf({ program, group, access, trait }: Condition): (fact: Fact) => boolean {
  const mains = program && new Set(program.map(mainOf));
  const isGroup = group && compileGlobs(group);
  const isAccess = access && compileGlobs(access);
  const isTrait = trait && compileGlobs(trait);
  return (fact) => {
    if (fact.about === 'program')
      return (mains?.has(mainOf(fact.name)) ?? true) && (isGroup?.(fact.group) ?? true);
    if (fact.about === 'access') return isAccess?.(fact.access) ?? true;
    return fact.about !== 'trait' || (isTrait?.(fact.name) ?? true);
  };
}

/** `git` of `git push`. */
const mainOf = (name: string): string => name.split(' ', 1)[0] as string;

const SUBJECTS: readonly (readonly [keyof Condition, Fact['about']])[] = [
  ['access', 'access'],
  ['path', 'access'],
  ['program', 'program'],
  ['group', 'program'],
  ['flags', 'program'],
  ['operand', 'program'],
  ['assigns', 'assignment'],
  ['scope', 'assignment'],
  ['reads', 'variable'],
  ['sets', 'setting'],
  ['address', 'address'],
  ['code', 'code'],
  ['contains', 'code'],
  ['trait', 'trait'],
];

/** Which kind of fact a condition speaks of; those of a rule must agree. */
const aboutOf = (condition: Condition): Fact['about'] =>
  SUBJECTS.find(([key]) => condition[key] !== undefined)?.[1] ?? 'action';

/** More than one subject in one condition could never hold. */
export const subjectsOf = (condition: Condition): readonly string[] => [
  ...new Set(SUBJECTS.filter(([key]) => condition[key] !== undefined).map(([, about]) => about)),
];

function testsOf(
  condition: Condition,
  folders: Readonly<Record<string, string>>,
  isSure: boolean,
  isDenial: boolean,
): readonly Test[] {
  const tests: Test[] = [];
  const { action, mode, path, tree } = condition;
  if (action !== undefined) tests.push((m) => action.includes(m.action));
  if (mode !== undefined) tests.push((m) => mode.includes(m.mode));
  if (tree !== undefined) tests.push(({ fact }) => fact.about === 'access' && fact.isTree === tree);
  if (condition.program !== undefined) tests.push(testProgram(condition.program));
  if (condition.flags !== undefined) tests.push(testFlags(condition.flags));
  for (const [key, read] of TEXTS) {
    const patterns = condition[key];
    if (patterns === undefined) continue;
    const glob = compileGlobs(patterns as readonly string[]);
    tests.push(({ fact }) => read(fact).some(glob));
  }
  // The dearest test comes last.
  if (path !== undefined) {
    tests.push(testPath(createPatternSet(path, folders), isSure, isDenial));
  }
  if (condition.contains !== undefined) tests.push(testContains(condition.contains));
  return tests;
}

const NO: readonly string[] = [];

/** Conditions that are globs over texts of the fact. */
const TEXTS: readonly (readonly [keyof Condition, (fact: Fact) => readonly string[]])[] = [
  ['access', (fact) => (fact.about === 'access' ? [fact.access] : NO)],
  [
    'by',
    (fact) =>
      fact.about === 'access' ? [fact.by] : fact.about === 'address' ? [fact.program] : NO,
  ],
  ['group', (fact) => (fact.about === 'program' ? [fact.group] : NO)],
  ['operand', (fact) => (fact.about === 'program' ? fact.operands : NO)],
  ['assigns', (fact) => (fact.about === 'assignment' ? [fact.name] : NO)],
  ['scope', (fact) => (fact.about === 'assignment' ? [fact.scope] : NO)],
  [
    'value',
    (fact) => (fact.about === 'assignment' || fact.about === 'setting' ? [fact.value] : NO),
  ],
  ['reads', (fact) => (fact.about === 'variable' ? [fact.name] : NO)],
  ['sets', (fact) => (fact.about === 'setting' ? [fact.name] : NO)],
  ['address', (fact) => (fact.about === 'address' ? [fact.value] : NO)],
  ['code', (fact) => (fact.about === 'code' ? [fact.language] : NO)],
  ['trait', (fact) => (fact.about === 'trait' ? [fact.name] : NO)],
];

/**
 * A change that is refused for good must be meant, and so must a look that asks: `jq .name *.json` is
 * not about the one `credentials.json`. For the rest it is enough that it could be; but `ls -d .*` is
 * not about a `.netrc` that could lie anywhere.
 */
function testPath(patterns: PatternSet, isSure: boolean, isDenial: boolean): Test {
  return ({ fact, path }) => {
    if (fact.about !== 'access' || path === null) return false;
    const isChange = fact.access !== 'read' && fact.access !== 'list';
    const certainty = isSure ? 'must' : certaintyFor(isDenial, isChange);
    if (patterns.matches(path, certainty)) return true;
    // Deleting or moving a folder takes along what lies in it.
    const takesAll = (fact.access === 'delete' || fact.access === 'move') && fact.isTree;
    return !isSure && takesAll && patterns.holds(path);
  };
}

function certaintyFor(isDenial: boolean, isChange: boolean): Certainty {
  if (isDenial === isChange) return 'meant';
  return isDenial ? 'likely' : 'may';
}

function testProgram(names: readonly string[]): Test {
  const exact = new Set(names);
  return ({ fact }) => {
    if (fact.about !== 'program') return false;
    if (exact.has(fact.name)) return true;
    for (let at = fact.name.lastIndexOf(' '); at > 0; at = fact.name.lastIndexOf(' ', at - 1)) {
      if (exact.has(fact.name.slice(0, at))) return true;
    }
    return false;
  };
}

/** Letter case counts (`-c` is not `-C`), but not in globs: `--afterHook` and `--after-run-hook`. */
function testFlags(flags: readonly string[]): Test {
  const exact = new Set(flags);
  const glob = compileGlobs(flags.filter((flag) => /[*?]/.test(flag)));
  return ({ fact }) =>
    fact.about === 'program' && fact.flags.some((flag) => exact.has(flag) || glob(flag));
}

function testContains(texts: readonly string[]): Test {
  const holds = compileWords(texts);
  return ({ fact }) => fact.about === 'code' && holds(fact.text);
}
