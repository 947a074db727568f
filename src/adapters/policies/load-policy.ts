import { createPolicy } from '../../core/policy/policy.ts';
import type { LevelSpec, PolicyData, Rule } from '../../core/policy/rules/rule.ts';
import type { ParseShell } from '../../core/policy/shell-syntax.ts';
import { fail, ok } from '../../core/result.ts';
import { LEVELS, type Level, type Result } from '../../core/types.ts';
import type { Hashing } from '../../ports.ts';
import { checkExamples } from './check-examples.ts';
import { type PolicyFile, readPolicyFile } from './rule-file.ts';

/** A rule file as text. Of an untrusted one only what tightens counts. */
export type RuleText = {
  readonly path: string;
  readonly text: string;
  readonly isTrusted: boolean;
};

export type Sources = {
  /** TinyCode's own rules. */
  readonly builtIn: readonly { readonly path: string; readonly text: string }[];
  /** What `compilePolicies` made of them, if the build wrote it. */
  readonly compiled?: string | null;
  /** The person's and the workspace's rules. */
  readonly added?: readonly RuleText[];
  readonly parseYaml: (text: string) => unknown;
  readonly parseShell: ParseShell;
  readonly hashing: Pick<Hashing, 'sha256'>;
};

export function loadPolicy(sources: Sources): Result<PolicyData> {
  const base = readCompiled(sources) ?? readBuiltIn(sources);
  if (!base.ok || (sources.added ?? []).length === 0) return base;
  return addRules(base.value, sources);
}

type Compiled = { readonly hash: string; readonly data: PolicyData };

/** Parses and checks the built-in rules once, for the build to keep. */
export function compilePolicies(sources: Sources): Result<string> {
  const data = readBuiltIn(sources);
  if (!data.ok) return data;
  return ok(JSON.stringify({ hash: hashOf(sources), data: data.value } satisfies Compiled));
}

const hashOf = ({ builtIn, hashing }: Sources): string =>
  hashing.sha256(JSON.stringify(builtIn.map(({ path, text }) => [path, text])));

/** Null unless it was made from these very texts. */
function readCompiled(sources: Sources): Result<PolicyData> | null {
  const { compiled } = sources;
  if (compiled === undefined || compiled === null) return null;
  try {
    const { hash, data } = JSON.parse(compiled) as Compiled;
    return hash === hashOf(sources) ? ok(data) : null;
  } catch {
    return null;
  }
}

function readBuiltIn(sources: Sources): Result<PolicyData> {
  const problems: string[] = [];
  const files = sources.builtIn.map(({ path, text }) => readText(path, text, sources, problems));
  const levels = files.flatMap(({ level }) => (level === null ? [] : [level]));
  const data: PolicyData = {
    rules: files.flatMap((file) => file.rules),
    programs: Object.assign({}, ...files.map((file) => file.programs)),
    levels: Object.fromEntries(levels.map((level) => [level.level, level])) as Record<
      Level,
      LevelSpec
    >,
  };
  for (const level of LEVELS) {
    if (data.levels[level] === undefined) problems.push(`no file describes the level ${level}`);
  }
  problems.push(...repeated(data.rules));
  return checked(data, data.rules, sources, problems);
}

function readText(path: string, text: string, sources: Sources, problems: string[]): PolicyFile {
  let document: unknown = null;
  try {
    document = sources.parseYaml(text);
  } catch (error) {
    problems.push(
      `${path}: is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
    );
    return { rules: [], programs: {}, level: null };
  }
  return readPolicyFile(path, document, problems);
}

function repeated(rules: readonly Rule[]): readonly string[] {
  const seen = new Set<string>();
  return rules.flatMap(({ id, file }) => {
    if (seen.has(id)) return [`${file}: rule ${id} is there twice`];
    seen.add(id);
    return [];
  });
}

/** Others' files add rules, never programs or levels; and only trusted ones may allow. */
function addRules(base: PolicyData, sources: Sources): Result<PolicyData> {
  const problems: string[] = [];
  const added = (sources.added ?? []).flatMap(({ path, text, isTrusted }) => {
    const file = readText(path, text, sources, problems);
    if (Object.keys(file.programs).length > 0 || file.level !== null) {
      problems.push(`${path}: may hold rules only; programs and levels are TinyCode's own`);
    }
    return file.rules.filter((rule) => isTrusted || rule.verdict !== 'allow');
  });
  const rules = [...base.rules, ...added];
  const data: PolicyData =
    added.length === 0 ? base : { ...base, rules, added: added.map(({ id }) => id) };
  problems.push(...repeated(data.rules));
  return checked(data, added, sources, problems);
}

function checked(
  data: PolicyData,
  rules: readonly Rule[],
  sources: Sources,
  problems: readonly string[],
): Result<PolicyData> {
  if (problems.length > 0) return broken(problems);
  const { failures } = checkExamples(createPolicy(data), sources.parseShell, rules);
  if (failures.length === 0) return ok(data);
  return broken(
    failures.map(({ rule, example, problem }) => `rule ${rule}: ${example}: ${problem}`),
  );
}

const MOST_SHOWN = 200;

const broken = (problems: readonly string[]) =>
  fail('invalid', `The policy has ${problems.length} mistakes; the first: ${problems[0]}`, {
    hint: 'Until they are mended nothing is allowed; `tinycode policy test` says more.',
    data: problems.slice(0, MOST_SHOWN),
  });
