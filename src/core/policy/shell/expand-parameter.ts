import type { Parameter, ParameterOperation, Word } from '../shell-syntax.ts';
import { addFact, addTrait, type Context } from './evaluator.ts';
import { judgeNames, judgeSumText, LATER } from './hidden.ts';
import { hasUnknown, isStatic, MARK } from './marks.ts';
import { nameBehind, setVariable } from './state.ts';

type ExpandWord = (word: Word) => readonly string[];

/** The texts that a parameter may stand for. */
export function expandParameter(
  part: Parameter,
  context: Context,
  expandWord: ExpandWord,
): readonly string[] {
  if (part.index !== null) for (const text of expandWord(part.index)) judgeSumText(text, context);
  // `${!a[@]}` gives the keys of an array.
  const isAll = isWhole(part);
  if (part.isIndirect && isAll) return [MARK.unknown];
  const base = part.isIndirect ? indirect(part, context) : lookUp(part.name, context);
  if (part.isLength) return ['1'];
  if (part.operation === null) return selected(base, part);
  return distinct(base.flatMap((value) => apply(value, part, context, expandWord)));
}

/** `$@`, `${a[@]}`: all of an array. */
function isWhole({ name, index }: Parameter): boolean {
  if (name === '@' || name === '*') return true;
  const only = index?.parts.length === 1 ? index.parts[0] : undefined;
  return (only?.kind === 'literal' || only?.kind === 'quoted') && /^[@*]$/.test(only.text);
}

/** Of an array all, one, or without an index the first. */
function selected(values: readonly string[], part: Parameter): readonly string[] {
  if (part.name === '@' || part.name === '*') return values;
  const only = part.index?.parts.length === 1 ? part.index.parts[0] : undefined;
  const index = only?.kind === 'literal' || only?.kind === 'quoted' ? only.text : null;
  if (part.index !== null && (index === '@' || index === '*')) return values;
  if (part.index !== null && (index === null || !/^\d+$/.test(index))) {
    return distinct(values.flatMap((value) => value.split(MARK.between)));
  }
  return values.map((value) => value.split(MARK.between)[Number(index ?? 0)] ?? '');
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

function lookUp(given: string, context: Context): readonly string[] {
  const { state } = context;
  const name = nameBehind(state, given);
  if (name === '@' || name === '*') return [state.positional?.join(MARK.between) ?? MARK.unknown];
  if (/^[1-9]\d*$/.test(name)) {
    return [state.positional === null ? MARK.unknown : (state.positional[Number(name) - 1] ?? '')];
  }
  if (name === 'PWD') return state.cwds;
  if (name === 'OLDPWD') return state.previous;
  const values = state.variables.get(name);
  if (values !== undefined) return values;
  addFact(context, { about: 'variable', name });
  return [SECRET_NAME.test(name) ? MARK.secret : MARK.unknown];
}

/** Only how far a value may travel depends on this; which names ask is a rule. */
const SECRET_NAME = /TOKEN|SECRET|PASSW|API_?KEY|PRIVATE|CREDENTIAL|ACCESS_KEY/i;

const indirect = (part: Parameter, context: Context): readonly string[] =>
  distinct(
    lookUp(part.name, context).flatMap((name) => {
      judgeNames(name, context);
      if (isStatic(name)) return lookUp(name, context);
      // A name made at run time may be that of any variable, and so of any secret.
      addTrait(context, 'dumps-environment', `\${!${part.name}}`);
      return [MARK.secret];
    }),
  );

function apply(
  value: string,
  part: Parameter,
  context: Context,
  expandWord: ExpandWord,
): readonly string[] {
  const operation = part.operation as ParameterOperation;
  switch (operation.kind) {
    case 'default':
      return applyDefault(value, operation, part.name, context, expandWord);
    case 'remove':
      return expandWord(operation.operand).map((pattern) =>
        removePart(value, pattern, operation.operator),
      );
    case 'replace':
      return replacePart(value, operation, expandWord);
    case 'slice':
      for (const word of [
        operation.offset,
        ...(operation.length === null ? [] : [operation.length]),
      ])
        for (const text of expandWord(word)) judgeSumText(text, context);
      return [
        isWhole(part)
          ? sliceArray(value, part.name, expandWord, operation)
          : slicePart(value, expandWord, operation.offset, operation.length),
      ];
    case 'case':
      return [changeCase(value, operation.operator)];
    case 'other':
      for (const word of operation.words) expandWord(word);
      // `${x@P}` runs what the value says, as a prompt would.
      if (operation.operator === '@P') {
        addTrait(context, LATER.test(value) ? 'hidden-command' : 'dynamic-shell', value);
      }
      return [MARK.unknown];
    default:
      operation satisfies never;
      return [MARK.unknown];
  }
}

function applyDefault(
  value: string,
  operation: ParameterOperation & { kind: 'default' },
  name: string,
  context: Context,
  expandWord: ExpandWord,
): readonly string[] {
  const others = expandWord(operation.operand);
  const isKnown = !hasUnknown(value);
  switch (operation.operator.replace(':', '')) {
    case '+':
      return isKnown && value === '' ? [''] : isKnown ? others : [...others, ''];
    case '?':
      return [value];
    case '=':
      if (value === '' || !isKnown) setVariable(context.state, name, others);
      return value === '' ? others : isKnown ? [value] : [...others, value];
    default:
      return value === '' ? others : isKnown ? [value] : [...others, value];
  }
}

function removePart(value: string, pattern: string, operator: string): string {
  if (value === '' || hasUnknown(value)) return value;
  const isAll = pattern === '*' || pattern === MARK.star;
  if (isAll) return operator.length === 2 ? '' : value;
  const plain = pattern.replaceAll('*', MARK.star);
  if (!isStatic(plain)) return removeAtMark(value, plain, operator);
  if (operator.startsWith('#'))
    return value.startsWith(pattern) ? value.slice(pattern.length) : value;
  return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) : value;
}

/** The usual ways to cut a path or an ending: a star at the far end of a literal. */
function removeAtMark(value: string, pattern: string, operator: string): string {
  const isFront = operator.startsWith('#');
  const literal = isFront ? pattern.slice(1) : pattern.slice(0, -1);
  const star = isFront ? pattern[0] : pattern[pattern.length - 1];
  if (star !== MARK.star || !isStatic(literal) || literal === '') return MARK.unknown;
  const isLongest = operator.length === 2;
  const at = isFront === isLongest ? value.lastIndexOf(literal) : value.indexOf(literal);
  if (at < 0) return value;
  return isFront ? value.slice(at + literal.length) : value.slice(0, at);
}

function replacePart(
  value: string,
  operation: ParameterOperation & { kind: 'replace' },
  expandWord: ExpandWord,
): readonly string[] {
  const patterns = expandWord(operation.pattern);
  const replacements = expandWord(operation.replacement);
  return patterns.flatMap((pattern) =>
    replacements.map((replacement) => {
      if (!isStatic(value) || !isStatic(pattern) || /[*?[]/.test(pattern)) return MARK.unknown;
      if (pattern === '') return value;
      switch (operation.operator) {
        case '//':
          return value.split(pattern).join(replacement);
        case '/#':
          return value.startsWith(pattern) ? replacement + value.slice(pattern.length) : value;
        case '/%':
          return value.endsWith(pattern) ? value.slice(0, -pattern.length) + replacement : value;
        default:
          return value.split(pattern).length > 1
            ? value.slice(0, value.indexOf(pattern)) +
                replacement +
                value.slice(value.indexOf(pattern) + pattern.length)
            : value;
      }
    }),
  );
}

function sliceArray(
  value: string,
  name: string,
  expandWord: ExpandWord,
  operation: ParameterOperation & { kind: 'slice' },
): string {
  const offset = Number(expandWord(operation.offset)[0] ?? '');
  const count = operation.length === null ? null : Number(expandWord(operation.length)[0] ?? '');
  if (!Number.isInteger(offset) || (count !== null && !Number.isInteger(count)))
    return MARK.unknown;
  // The positional parameters begin at one.
  const start = name === '@' || name === '*' ? Math.max(0, offset - 1) : offset;
  const items = value.split(MARK.between).slice(start);
  return items.slice(0, count ?? items.length).join(MARK.between);
}

function slicePart(value: string, expandWord: ExpandWord, from: Word, length: Word | null): string {
  const offset = Number(expandWord(from)[0] ?? '');
  const count = length === null ? undefined : Number(expandWord(length)[0] ?? '');
  if (!isStatic(value) || !Number.isInteger(offset)) return MARK.unknown;
  if (count !== undefined && !Number.isInteger(count)) return MARK.unknown;
  const start = offset < 0 ? Math.max(0, value.length + offset) : offset;
  if (count === undefined) return value.slice(start);
  return count < 0 ? value.slice(start, value.length + count) : value.slice(start, start + count);
}

function changeCase(value: string, operator: string): string {
  if (!isStatic(value)) return value;
  const change = (text: string) =>
    operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase();
  return operator.length === 2 ? change(value) : change(value.slice(0, 1)) + value.slice(1);
}
