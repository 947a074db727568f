import type * as Bash from 'unbash';
import { parse } from 'unbash';
import type {
  Parameter,
  ParameterOperation,
  Word,
  WordPart,
} from '../../core/policy/shell-syntax.ts';
import { expandBraces } from './expand-braces.ts';
import { Refusal, toScript } from './to-syntax.ts';

const MOST_BRACE_WORDS = 256;

export function toWord(word: Bash.Word): Word {
  if (word.parts?.some((part) => part.type === 'BraceExpansion') === true) return toBraces(word);
  return { kind: 'word', text: word.text, parts: plainParts(word) };
}

function plainParts(word: Bash.Word): readonly WordPart[] {
  if (word.parts !== undefined) return toParts(word.parts);
  return [{ kind: 'literal', text: word.value, hasTilde: word.text.startsWith('~') }];
}

function toBraces(word: Bash.Word): Word {
  const sources = expandBraces(word.text, MOST_BRACE_WORDS);
  if (sources === null) throw new Refusal('too many words from braces');
  const words = sources.filter((source) => source !== '').map(reparse);
  return { kind: 'word', text: word.text, parts: [{ kind: 'braces', words }] };
}

/** One word's source on its own; a brace that is still there then stands for itself. */
function reparse(source: string): Word {
  const script = parse(`: ${source}`) as Bash.ParsedScript;
  const command = script.commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  const isOne = script.commands.length === 1 && command?.type === 'Command';
  if (script.errors !== undefined || !isOne || command.args.length !== 1 || word === undefined) {
    throw new Refusal('braces that do not give words');
  }
  if (word.type === 'Assignment') return literalWord(word.text);
  return { kind: 'word', text: word.text, parts: plainParts(word) };
}

const literalWord = (text: string): Word => ({
  kind: 'word',
  text,
  parts: [{ kind: 'quoted', text }],
});

export const toParts = (parts: readonly Bash.WordPart[]): readonly WordPart[] =>
  parts.map((part, index) => toPart(part, index === 0));

function toPart(part: Bash.WordPart, isFirst: boolean): WordPart {
  switch (part.type) {
    case 'Literal':
      return { kind: 'literal', text: part.value, hasTilde: isFirst && part.text.startsWith('~') };
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return { kind: 'quoted', text: part.value };
    case 'DoubleQuoted':
    case 'LocaleString':
      return { kind: 'double', parts: toParts(part.parts) };
    case 'Glob':
      return { kind: 'glob', glob: GLOBS[part.kind] };
    case 'ExtendedGlob':
      return { kind: 'glob', glob: 'extended' };
    case 'SimpleExpansion':
      return { ...BARE, name: part.text.slice(1) };
    case 'ParameterExpansion':
      return toParameter(part);
    case 'CommandExpansion':
      if (part.script === undefined) throw new Refusal('a substitution that cannot be read');
      return { kind: 'substitution', script: toScript(part.script) };
    case 'ProcessSubstitution':
      if (part.script === undefined) throw new Refusal('a substitution that cannot be read');
      return { kind: 'process', direction: part.operator, script: toScript(part.script) };
    case 'ArithmeticExpansion':
      return { kind: 'sum', parts: toArithmetic(part.expression) };
    case 'BraceExpansion':
      return { kind: 'quoted', text: part.text };
    default:
      part satisfies never;
      throw new Refusal('an unknown expansion');
  }
}

const GLOBS = { star: 'star', question: 'one', bracket: 'set' } as const;

const BARE = {
  kind: 'parameter',
  name: '',
  isIndirect: false,
  isLength: false,
  index: null,
  operation: null,
} as const;

function toParameter(part: Bash.ParameterExpansionPart): Parameter {
  return {
    kind: 'parameter',
    name: part.parameter,
    isIndirect: part.prefix === '!',
    isLength: part.prefix === '#',
    index: part.index === undefined ? null : toWord(part.index),
    operation: part.operation === undefined ? null : toOperation(part.operation),
  };
}

function toOperation(operation: Bash.ParameterOperation): ParameterOperation {
  switch (operation.type) {
    case 'Default':
      return {
        kind: 'default',
        operator: operation.operator,
        operand: toWord(operation.operand),
      };
    case 'Remove':
      return { kind: 'remove', operator: operation.operator, operand: toWord(operation.operand) };
    case 'Replace':
      return {
        kind: 'replace',
        operator: operation.operator,
        pattern: toWord(operation.pattern),
        replacement: toWord(operation.replacement),
      };
    case 'Slice':
      return {
        kind: 'slice',
        offset: toWord(operation.offset),
        length: operation.length === undefined ? null : toWord(operation.length),
      };
    case 'CaseModification':
      return operation.operand === undefined
        ? { kind: 'case', operator: operation.operator }
        : { kind: 'other', operator: operation.operator, words: [toWord(operation.operand)] };
    case 'Transform':
      return { kind: 'other', operator: `@${operation.operand.value}`, words: [] };
    case 'Names':
    case 'Unknown':
      return { kind: 'other', operator: operation.operator, words: [] };
    default:
      operation satisfies never;
      throw new Refusal('an unknown parameter operation');
  }
}

/** An arithmetic expression comes to a number; all that matters is what it runs on the way. */
export function toArithmetic(
  expression: Bash.ArithmeticExpression | undefined,
): readonly WordPart[] {
  if (expression === undefined) return [];
  switch (expression.type) {
    case 'ArithmeticBinary':
      return [...toArithmetic(expression.left), ...toArithmetic(expression.right)];
    case 'ArithmeticUnary':
      return toArithmetic(expression.operand);
    case 'ArithmeticTernary':
      return [expression.test, expression.consequent, expression.alternate].flatMap(toArithmetic);
    case 'ArithmeticGroup':
      return toArithmetic(expression.expression);
    case 'ArithmeticWord':
      return expression.parts === undefined
        ? [{ kind: 'quoted', text: expression.value }]
        : toParts(expression.parts);
    case 'ArithmeticCommandExpansion':
      if (expression.script === undefined) throw new Refusal('a substitution that cannot be read');
      return [{ kind: 'substitution', script: toScript(expression.script) }];
    default:
      expression satisfies never;
      throw new Refusal('unknown arithmetic');
  }
}
