import type * as Bash from 'unbash';
import { parse } from 'unbash';
import type {
  Parameter,
  ParameterOperation,
  Script,
  Word,
  WordPart,
} from '../../core/policy/shell-syntax.ts';
import { expandBraces } from './expand-braces.ts';
import { Refusal } from './refusal.ts';

/** Words hold scripts and scripts hold words: the one is handed to the other. */
export type ToScript = (script: Bash.ParsedScript) => Script;

/** At the beginning, or after a name and `=` as bash has it for every word. */
const TILDE = /^(\w+=)?~/;

const MOST_BRACE_WORDS = 256;

export function toWord(word: Bash.Word, toScript: ToScript): Word {
  if (word.parts?.some((part) => part.type === 'BraceExpansion') === true)
    return toBraces(word, toScript);
  return { kind: 'word', text: word.text, parts: plainParts(word, toScript) };
}

function plainParts(word: Bash.Word, toScript: ToScript): readonly WordPart[] {
  if (word.parts !== undefined) return toParts(word.parts, toScript);
  return [{ kind: 'literal', text: word.value, hasTilde: TILDE.test(word.text) }];
}

function toBraces(word: Bash.Word, toScript: ToScript): Word {
  const sources = expandBraces(word.text, MOST_BRACE_WORDS);
  if (sources === null) throw new Refusal('too many words from braces');
  const words = sources
    .filter((source) => source !== '')
    .map((source) => reparse(source, toScript));
  return { kind: 'word', text: word.text, parts: [{ kind: 'braces', words }] };
}

/** One word's source on its own; a brace that is still there then stands for itself. */
function reparse(source: string, toScript: ToScript): Word {
  const script = parse(`: ${source}`) as Bash.ParsedScript;
  const command = script.commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  const isOne = script.commands.length === 1 && command?.type === 'Command';
  if (script.errors !== undefined || !isOne || command.args.length !== 1 || word === undefined) {
    throw new Refusal('braces that do not give words');
  }
  if (word.type === 'Assignment') return literalWord(word.text);
  return { kind: 'word', text: word.text, parts: plainParts(word, toScript) };
}

const literalWord = (text: string): Word => ({
  kind: 'word',
  text,
  parts: [{ kind: 'quoted', text }],
});

export const toParts = (parts: readonly Bash.WordPart[], toScript: ToScript): readonly WordPart[] =>
  parts.map((part, index) => toPart(part, index === 0, toScript));

function toPart(part: Bash.WordPart, isFirst: boolean, toScript: ToScript): WordPart {
  switch (part.type) {
    case 'Literal':
      return { kind: 'literal', text: part.value, hasTilde: isFirst && TILDE.test(part.text) };
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return { kind: 'quoted', text: part.value };
    case 'DoubleQuoted':
    case 'LocaleString':
      return { kind: 'double', parts: toParts(part.parts, toScript) };
    case 'Glob':
      // `[fd00::1]` in an address is no set of letters that anyone means.
      if (part.kind === 'bracket' && part.text.includes('::')) {
        return { kind: 'quoted', text: part.text };
      }
      return {
        kind: 'glob',
        // All letters but some are nearly any letter.
        glob: /^\[[!^]/.test(part.text) ? 'one' : GLOBS[part.kind],
        inner: toParts(part.parts ?? [], toScript),
      };
    case 'ExtendedGlob':
      return {
        kind: 'glob',
        // Names that begin with a dot are found only where the dot is written.
        glob: part.operator === '!' || !/[.$`]/.test(part.pattern) ? 'star' : 'extended',
        inner: toParts(part.parts ?? [], toScript),
      };
    case 'SimpleExpansion':
      return { ...BARE, name: part.text.slice(1) };
    case 'ParameterExpansion':
      return toParameter(part, toScript);
    case 'CommandExpansion':
      // A slash inside of it ends the pattern of `${name/pattern/}` for the parser, not for bash.
      if (part.script === undefined || !/[)`]$/.test(part.text))
        throw new Refusal('a substitution that cannot be read');
      return { kind: 'substitution', script: toScript(part.script) };
    case 'ProcessSubstitution':
      if (part.script === undefined) throw new Refusal('a substitution that cannot be read');
      return { kind: 'process', direction: part.operator, script: toScript(part.script) };
    case 'ArithmeticExpansion':
      return { kind: 'sum', parts: toArithmetic(part.expression, toScript) };
    case 'BraceExpansion':
      // Braces that give no words are text, in which the rest is still expanded.
      return part.parts === undefined
        ? { kind: 'quoted', text: part.text }
        : { kind: 'double', parts: toParts(part.parts, toScript) };
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

function toParameter(part: Bash.ParameterExpansionPart, toScript: ToScript): Parameter {
  const kind = part.operation?.type;
  if (kind !== undefined && UNTOLD[kind]?.test(part.text) === true)
    throw new Refusal('an unknown parameter operation');
  return {
    kind: 'parameter',
    name: part.parameter,
    isIndirect: part.prefix === '!',
    isLength: part.prefix === '#',
    index: part.index === undefined ? null : toWord(part.index, toScript),
    operation: part.operation === undefined ? null : toOperation(part.operation, toScript),
  };
}

/** What the parser does not take apart in an operation. */
const UNTOLD: Readonly<Record<string, RegExp>> = {
  Transform: /[$<>]\(|`/,
  Names: /[$<>]\(|`/,
  Unknown: /[$<>]\(|`/,
  Replace: /[<>]\(/,
};

function toOperation(operation: Bash.ParameterOperation, toScript: ToScript): ParameterOperation {
  switch (operation.type) {
    case 'Default':
      return {
        kind: 'default',
        operator: operation.operator,
        operand: toWord(operation.operand, toScript),
      };
    case 'Remove':
      return {
        kind: 'remove',
        operator: operation.operator,
        operand: toWord(operation.operand, toScript),
      };
    case 'Replace':
      return {
        kind: 'replace',
        operator: operation.operator,
        pattern: toWord(operation.pattern, toScript),
        replacement: toWord(operation.replacement, toScript),
      };
    case 'Slice':
      return {
        kind: 'slice',
        offset: toWord(operation.offset, toScript),
        length: operation.length === undefined ? null : toWord(operation.length, toScript),
      };
    case 'CaseModification':
      return operation.operand === undefined
        ? { kind: 'case', operator: operation.operator }
        : {
            kind: 'other',
            operator: operation.operator,
            words: [toWord(operation.operand, toScript)],
          };
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

/** Names side by side are two. */
const apart = (operands: readonly (readonly WordPart[])[]): readonly WordPart[] =>
  operands.flatMap((parts, i) => (i === 0 ? parts : [{ kind: 'quoted', text: ' ' }, ...parts]));

/** An arithmetic expression comes to a number; all that matters is what it runs on the way. */
export function toArithmetic(
  expression: Bash.ArithmeticExpression | undefined,
  toScript: ToScript,
): readonly WordPart[] {
  if (expression === undefined) return [];
  const inner = (each: Bash.ArithmeticExpression) => toArithmetic(each, toScript);
  switch (expression.type) {
    case 'ArithmeticBinary':
      return apart([expression.left, expression.right].map(inner));
    case 'ArithmeticUnary':
      return inner(expression.operand);
    case 'ArithmeticTernary':
      return apart([expression.test, expression.consequent, expression.alternate].map(inner));
    case 'ArithmeticGroup':
      return inner(expression.expression);
    case 'ArithmeticWord':
      return expression.parts === undefined
        ? [{ kind: 'quoted', text: expression.value }]
        : toParts(expression.parts, toScript);
    case 'ArithmeticCommandExpansion':
      if (expression.script === undefined) throw new Refusal('a substitution that cannot be read');
      return [{ kind: 'substitution', script: toScript(expression.script) }];
    default:
      expression satisfies never;
      throw new Refusal('unknown arithmetic');
  }
}
