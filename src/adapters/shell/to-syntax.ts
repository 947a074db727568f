import type * as Bash from 'unbash';
import type {
  Assignment,
  Node,
  Redirect,
  Script,
  SimpleCommand,
  Statement,
  Word,
} from '../../core/policy/shell-syntax.ts';
import { Refusal } from './refusal.ts';
import * as words from './to-word.ts';

const toWord = (word: Bash.Word): Word => words.toWord(word, toScript);
const toArithmetic = (expression: Bash.ArithmeticExpression | undefined) =>
  words.toArithmetic(expression, toScript);

export function toScript(script: Bash.ParsedScript): Script {
  const error = script.errors?.[0];
  if (error !== undefined) throw new Refusal(error.message);
  return { statements: script.commands.map(toStatement) };
}

const toStatement = (statement: Bash.Statement): Statement => ({
  command: toNode(statement.command),
  isBackground: statement.background === true,
});

const toList = (list: Bash.CompoundList): Script => ({
  statements: list.commands.map(toStatement),
});

function toNode(node: Bash.PipelineNode | Bash.AndOr | Bash.CompoundList): Node {
  switch (node.type) {
    case 'Command':
      return toCommand(node);
    case 'Pipeline':
      return { kind: 'pipeline', commands: node.commands.map(toNode) };
    case 'AndOr':
      return {
        kind: 'and-or',
        commands: node.commands.map(toNode),
        operators: node.operators,
      };
    case 'CompoundList':
      return { kind: 'group', body: toList(node) };
    case 'Coproc':
      return { kind: 'coproc', body: toNode(node.body) };
    case 'Redirected':
      return {
        kind: 'redirected',
        command: toNode(node.command),
        redirects: node.redirects.map(toRedirect),
      };
    case 'Function':
      return { kind: 'function', name: node.name.value, body: toNode(node.body) };
    default:
      return toCompound(node);
  }
}

function toCompound(node: Bash.CompoundCommand): Node {
  switch (node.type) {
    case 'BraceGroup':
      return { kind: 'group', body: toList(node.body) };
    case 'Subshell':
      return { kind: 'subshell', body: toList(node.body) };
    case 'If':
      return {
        kind: 'if',
        branches: [node, ...node.elif].map((branch) => ({
          condition: toList(branch.clause),
          body: toList(branch.then),
        })),
        otherwise: node.else === undefined ? null : toList(node.else),
      };
    case 'While':
      return { kind: 'while', condition: toList(node.clause), body: toList(node.body) };
    case 'For':
    case 'Select':
      return {
        kind: 'for',
        name: node.name.value,
        words: node.wordlist?.map(toWord) ?? null,
        body: toList(node.body),
      };
    case 'ArithmeticFor':
      return {
        kind: 'count',
        parts: [node.initialize, node.test, node.update].flatMap(toArithmetic),
        body: toList(node.body),
      };
    case 'Case':
      return {
        kind: 'case',
        word: toWord(node.word),
        items: node.items.map((item) => ({
          patterns: item.pattern.map(toWord),
          body: toList(item.body),
        })),
      };
    case 'TestCommand':
      return { kind: 'test', words: testWords(node.expression) };
    case 'ArithmeticCommand':
      return { kind: 'arithmetic', text: node.body, parts: toArithmetic(node.expression) };
    default:
      node satisfies never;
      throw new Refusal('unknown construct');
  }
}

function toCommand(node: Bash.Command): SimpleCommand {
  const assignments = node.prefix.filter((part) => part.type === 'Assignment');
  const words = node.args.map((part) =>
    part.type === 'Assignment' ? toAssignment(part) : toWord(part),
  );
  return {
    kind: 'command',
    assignments: assignments.map(toAssignment),
    words: node.name === undefined ? words : [toWord(node.name), ...words],
    redirects: node.redirects.map(toRedirect),
  };
}

function toAssignment(node: Bash.Assignment): Assignment {
  return {
    kind: 'assignment',
    name: node.name,
    isAppend: node.append === true,
    index: node.index === undefined ? null : toWord(node.index),
    value: node.value.type === 'ArrayValue' ? node.value.elements.map(toWord) : toWord(node.value),
  };
}

function toRedirect(node: Bash.Redirection): Redirect {
  if (node.type === 'HereDoc') {
    // The parser takes quotes inside of `${…}` for quotes; in a here-text they are letters.
    if (/\$\{[^}]*'[^']*(\$\(|`)/.test(node.body.text) && node.body.parts !== undefined)
      throw new Refusal('a quoted substitution in a here-text');
    const parts = node.body.parts;
    return parts === undefined
      ? { kind: 'here', parts: [{ kind: 'quoted', text: node.body.text }], isString: false }
      : { kind: 'here', parts: words.toParts(parts, toScript), isString: false };
  }
  if (node.target === undefined) throw new Refusal('a redirect has no target');
  const target = toWord(node.target);
  if (node.type === 'HereString') return { kind: 'here', parts: target.parts, isString: true };
  const descriptor = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : null;
  return { kind: 'file', operator: node.operator, descriptor, target };
}

function testWords(expression: Bash.TestExpression): readonly Word[] {
  switch (expression.type) {
    case 'TestUnary':
      return [toWord(expression.operand)];
    case 'TestBinary':
      return [toWord(expression.left), toWord(expression.right)];
    case 'TestLogical':
      return expression.operands.flatMap(testWords);
    case 'TestNot':
      return testWords(expression.operand);
    case 'TestGroup':
      return testWords(expression.expression);
    default:
      expression satisfies never;
      throw new Refusal('unknown test');
  }
}
