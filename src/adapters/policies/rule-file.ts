import type { ProgramSpec } from '../../core/policy/programs/program-spec.ts';
import { problemsOf } from '../../core/policy/programs/program-table.ts';
import { subjectsOf } from '../../core/policy/rules/match.ts';
import type { Condition, Examples, LevelSpec, Rule, Turn } from '../../core/policy/rules/rule.ts';
import { LEVELS, RISKS, VERDICTS } from '../../core/types.ts';
import { readCageRules } from './cage-rules.ts';
import { CONDITION_KEYS, isRecord, listOf, type Problems, pick, textOf } from './check-shape.ts';

export type PolicyFile = {
  readonly rules: readonly Rule[];
  readonly programs: Readonly<Record<string, ProgramSpec>>;
  readonly level: LevelSpec | null;
};

/** Reads what a policy file's YAML came to; whatever is wrong with it is added to `problems`. */
export function readPolicyFile(name: string, document: unknown, problems: Problems): PolicyFile {
  if (!isRecord(document)) {
    problems.push(`${name}: is not a map of rules, programs or a level`);
    return { rules: [], programs: {}, level: null };
  }
  pick(document, ['rules', 'programs', 'level', 'summary', 'turns', 'cage'], name, problems);
  return {
    rules: listOf(document.rules, `${name}: rules`, problems).flatMap((entry, i) =>
      readRule(name, entry, i, problems),
    ),
    programs: readPrograms(name, document.programs, problems),
    level: document.level === undefined ? null : readLevel(name, document, problems),
  };
}

const RULE_KEYS = ['id', 'verdict', 'risk', 'reason', 'when', 'unless', 'examples'];

function readRule(
  file: string,
  entry: unknown,
  index: number,
  problems: Problems,
): readonly Rule[] {
  const at =
    isRecord(entry) && typeof entry.id === 'string'
      ? `${file}: rule ${entry.id}`
      : `${file}: rule number ${index + 1}`;
  if (!isRecord(entry)) {
    problems.push(`${at}: is not a map`);
    return [];
  }
  const before = problems.length;
  pick(entry, RULE_KEYS, at, problems);
  const id = textOf(entry.id, `${at}: id`, problems);
  if (!/^[a-z0-9-]+$/.test(id))
    problems.push(`${at}: id: may hold small letters, digits and dashes`);
  const verdict = oneOf(entry.verdict, VERDICTS, `${at}: verdict`, problems);
  const risk =
    entry.risk === undefined ? undefined : oneOf(entry.risk, RISKS, `${at}: risk`, problems);
  const reason = textOf(entry.reason, `${at}: reason`, problems);
  const when = readCondition(entry.when, `${at}: when`, problems);
  const unless = readExceptions(entry.unless, `${at}: unless`, problems);
  const examples = readExamples(entry.examples, `${at}: examples`, problems);
  if (problems.length > before || verdict === null) return [];
  const subject = file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
  const rule = { id: `${subject}/${id}`, file, verdict, reason, when, examples };
  return [
    {
      ...rule,
      ...(unless === undefined ? {} : { unless }),
      ...(risk === undefined || risk === null ? {} : { risk }),
    },
  ];
}

function oneOf<T extends string>(
  value: unknown,
  choices: readonly T[],
  at: string,
  problems: Problems,
): T | null {
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    problems.push(`${at}: is ${JSON.stringify(value)}, not one of ${choices.join(', ')}`);
  return found ?? null;
}

function readCondition(value: unknown, at: string, problems: Problems): Condition {
  if (!isRecord(value) || Object.keys(value).length === 0) {
    problems.push(`${at}: names nothing that it could match`);
    return {};
  }
  pick(value, CONDITION_KEYS, at, problems);
  for (const [key, entry] of Object.entries(value)) {
    if (key === 'tree') {
      if (typeof entry !== 'boolean') problems.push(`${at}: tree: is true or false`);
    } else
      for (const text of listOf(entry, `${at}: ${key}`, problems).filter(
        (each) => key !== 'value' || typeof each !== 'string',
      ))
        textOf(text, `${at}: ${key}`, problems);
  }
  const subjects = subjectsOf(value as Condition);
  if (subjects.length > 1)
    problems.push(
      `${at}: speaks of ${subjects.join(' and ')} at once, which never meet in one fact`,
    );
  return value as Condition;
}

/** One condition or several, of which one is enough. */
function readExceptions(value: unknown, at: string, problems: Problems): Rule['unless'] {
  if (value === undefined) return undefined;
  return Array.isArray(value)
    ? value.map((each, index) => readCondition(each, `${at} ${index + 1}`, problems))
    : readCondition(value, at, problems);
}

function readExamples(value: unknown, at: string, problems: Problems): Examples {
  if (!isRecord(value)) {
    problems.push(`${at}: a rule shows with \`match\` and \`not\` what it means`);
    return { match: [], not: [] };
  }
  pick(value, ['match', 'not'], at, problems);
  const read = (key: 'match' | 'not') => {
    const list = listOf(value[key], `${at}: ${key}`, problems);
    if (list.length === 0) problems.push(`${at}: ${key}: needs at least one example`);
    return list.filter((entry): entry is string => typeof entry === 'string' || isRecord(entry));
  };
  return { match: read('match'), not: read('not') };
}

function readPrograms(
  file: string,
  value: unknown,
  problems: Problems,
): Readonly<Record<string, ProgramSpec>> {
  if (value === undefined) return {};
  if (!isRecord(value)) {
    problems.push(`${file}: programs: is not a map`);
    return {};
  }
  for (const [name, spec] of Object.entries(value))
    readProgram(`${file}: program ${name}`, name, spec, problems);
  return value as Record<string, ProgramSpec>;
}

const PROGRAM_KEYS = [
  'group',
  'alone',
  'like',
  'flags',
  'operands',
  'firstUnless',
  'endsAfter',
  'namesWith',
  'asks',
  'style',
  'stops',
  'looks',
  'tree',
  'output',
  'wraps',
  'language',
  'special',
  'subcommands',
];

function readProgram(at: string, name: string, spec: unknown, problems: Problems): void {
  if (!isRecord(spec)) {
    problems.push(`${at}: is not a map`);
    return;
  }
  pick(spec, PROGRAM_KEYS, at, problems);
  if (isRecord(spec.subcommands)) {
    for (const [sub, inner] of Object.entries(spec.subcommands))
      readProgram(`${at} ${sub}`, sub, inner, problems);
  }
  for (const problem of problemsOf(name, spec as ProgramSpec)) problems.push(`${at}: ${problem}`);
}

const TURNS = [...VERDICTS, 'keep'] as const;

function readLevel(
  file: string,
  document: Record<string, unknown>,
  problems: Problems,
): LevelSpec | null {
  const level = oneOf(document.level, LEVELS, `${file}: level`, problems);
  const summary = textOf(document.summary, `${file}: summary`, problems);
  const turns = listOf(document.turns, `${file}: turns`, problems).flatMap(
    (entry): readonly Turn[] => {
      if (!isRecord(entry)) return [];
      pick(entry, ['rules', 'to'], `${file}: turns`, problems);
      const to = oneOf(entry.to, TURNS, `${file}: turns: to`, problems);
      const rules = listOf(entry.rules, `${file}: turns: rules`, problems).map((text) =>
        textOf(text, `${file}: turns: rules`, problems),
      );
      return to === null ? [] : [{ rules, to }];
    },
  );
  const cage = readCageRules(document.cage, `${file}: cage`, problems);
  return level === null || cage === null ? null : { level, summary, turns, cage };
}
