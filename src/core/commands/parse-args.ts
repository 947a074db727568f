import { fail, ok } from '../result.ts';
import { nearest } from '../text/nearest.ts';
import type { ArgSpec, ArgValue, ArgValues, CommandCard, Result } from '../types.ts';
import { optionName, usageOf } from './usage.ts';

/** Words to the values that a command's `args` declare. What does not fit is a usage failure. */
export function parseArgs(card: CommandCard, words: readonly string[]): Result<ArgValues> {
  const taken = takeOptions(card, words);
  if (!taken.ok) return taken;
  const { values, operands } = taken.value;
  const placed = placeOperands(card, operands, values);
  if (!placed.ok) return placed;
  for (const [name, spec] of Object.entries(card.args)) {
    if (spec.kind === 'flag') values[name] ??= false;
    if (spec.kind === 'rest') values[name] ??= [];
    const isMissing = values[name] === undefined || (spec.kind === 'rest' && operands.length === 0);
    if (!spec.isRequired || !isMissing) continue;
    const hint = spec.completes === 'plan' ? 'The newest plan is latest.' : undefined;
    return misuse(card, `${labelOf(name, spec)} is missing.`, hint);
  }
  return ok(values);
}

type Values = Record<string, ArgValue>;
type Taken = { readonly values: Values; readonly operands: readonly string[] };

function takeOptions(card: CommandCard, words: readonly string[]): Result<Taken> {
  const values: Values = {};
  const operands: string[] = [];
  const verbatimFrom = verbatimStart(card);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '--' || isVerbatimFrom(operands, verbatimFrom)) {
      operands.push(...words.slice(word === '--' ? i + 1 : i));
      break;
    }
    if (!isOption(word)) {
      operands.push(word);
      continue;
    }
    const [given, inline] = splitAtEquals(word.replace(/^--?/, ''));
    const name = findOption(card, given);
    const spec = name === undefined ? undefined : card.args[name];
    if (name === undefined || spec === undefined) return unknownOption(card, word);
    if (spec.kind === 'flag') {
      if (inline !== undefined) return misuse(card, `--${given} takes no value.`);
      values[name] = true;
      continue;
    }
    const text = inline ?? words[++i];
    if (text === undefined) return misuse(card, `--${given} wants a value.`);
    const value = convert(card, `--${given}`, spec, text);
    if (!value.ok) return value;
    values[name] = value.value;
  }
  return ok({ values, operands });
}

function placeOperands(
  card: CommandCard,
  operands: readonly string[],
  values: Values,
): Result<void> {
  let next = 0;
  for (const [name, spec] of Object.entries(card.args)) {
    if (spec.kind === 'rest') {
      values[name] = operands.slice(next);
      next = operands.length;
    } else if (spec.kind === 'positional' && next < operands.length) {
      const value = convert(card, labelOf(name, spec), spec, operands[next++] as string);
      if (!value.ok) return value;
      values[name] = value.value;
    }
  }
  const extra = operands[next];
  return extra === undefined ? ok(undefined) : misuse(card, `“${extra}” is one word too many.`);
}

function convert(
  card: CommandCard,
  label: string,
  spec: ArgSpec,
  text: string,
): Result<string | number> {
  if (spec.type === 'choice') {
    const choices = spec.choices ?? [];
    if (choices.includes(text)) return ok(text);
    const near = nearest(text, choices);
    return misuse(
      card,
      `${label} is one of ${choices.join(', ')}, not “${text}”.`,
      near && `Did you mean ${near}?`,
    );
  }
  if (spec.type === 'text') return ok(text);
  const number = Number(text);
  const isInteger = /^-?\d+$/.test(text) && Number.isSafeInteger(number);
  if (!isInteger) return misuse(card, `${label} is a whole number, not “${text}”.`);
  if (spec.min !== undefined && number < spec.min)
    return misuse(card, `${label} is ${spec.min} or more, not ${text}.`);
  if (spec.max !== undefined && number > spec.max)
    return misuse(card, `${label} is ${spec.max} or less, not ${text}.`);
  return ok(number);
}

function unknownOption(card: CommandCard, word: string) {
  const known = Object.entries(card.args)
    .filter(([, spec]) => spec.kind === 'option' || spec.kind === 'flag')
    .map(([name]) => optionName(name));
  const near = nearest(word, known);
  return misuse(card, `${card.name} knows no ${word}.`, near ? `Did you mean ${near}?` : undefined);
}

function misuse(card: CommandCard, message: string, hint?: string) {
  const usage = `Usage: ${usageOf(card)}`;
  return fail('usage', message, { hint: hint ? `${hint} ${usage}` : usage });
}

const isOption = (word: string) => /^--?[A-Za-z]/.test(word);

/**
 * `policy check rm -rf x` is a command word by word, and all that follows belongs to it. In
 * `policy check 'rm -rf x' --json` the first word is the whole command already.
 */
export function isVerbatimFrom(operands: readonly string[], start: number): boolean {
  const first = operands[start];
  return first !== undefined && !/\s/.test(first);
}

/** How many operands stand before a verbatim rest: `policy check rm -rf x` has none. */
function verbatimStart(card: CommandCard): number {
  const specs = Object.values(card.args);
  const isVerbatim = specs.some((spec) => spec.kind === 'rest' && spec.isVerbatim);
  return isVerbatim
    ? specs.filter((spec) => spec.kind === 'positional').length
    : Number.POSITIVE_INFINITY;
}

function findOption(card: CommandCard, given: string): string | undefined {
  return Object.entries(card.args).find(
    ([name, spec]) =>
      (spec.kind === 'option' || spec.kind === 'flag') &&
      optionName(name).replace(/^--?/, '') === given,
  )?.[0];
}

const labelOf = (name: string, spec: ArgSpec) => spec.valueName ?? name.toUpperCase();

function splitAtEquals(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
