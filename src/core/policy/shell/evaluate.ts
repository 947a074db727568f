import { runCommand } from '../programs/run-command.ts';
import type { Node, Script } from '../shell-syntax.ts';
import {
  addTrait,
  type Context,
  deeper,
  type Evaluator,
  runShellText,
  spend,
} from './evaluator.ts';
import { expandText, expandWord, expandWords, judgeSum } from './expand.ts';
import { judgeNames } from './hidden.ts';
import { MARK } from './marks.ts';
import { applyRedirects } from './redirects.ts';
import { runSimpleCommand } from './simple-command.ts';
import { atMost, forkState, uncertainly } from './state.ts';
import { joinStreams, NONE, type Stream } from './stream.ts';

/** Walks a parsed script the way a shell would run it, and collects what it would do. */
export const createEvaluator = (
  parts: Pick<Evaluator, 'situation' | 'table' | 'parseShell' | 'collector'>,
): Evaluator => ({
  ...parts,
  budget: { steps: MOST_STEPS },
  uncalled: new Map(),
  walkScript,
  walkNode,
  runCommand,
});

const MOST_STEPS = 3_000;

function walkScript(script: Script, context: Context): Stream {
  let output: Stream = NONE;
  for (const { command, isBackground } of script.statements) {
    const inner = isBackground
      ? { ...context, isForked: true, state: forkState(context.state) }
      : context;
    if (isBackground) {
      addTrait(context, 'background', 'runs on in the background');
      if (context.isEndless) addTrait(context, 'fork-bomb', 'starts processes without end');
    }
    output = joinStreams(output, walkNode(command, inner));
  }
  return output;
}

function walkNode(node: Node, context: Context): Stream {
  if (!spend(context)) return { kind: 'local' };
  switch (node.kind) {
    case 'command':
      return runSimpleCommand(node, context);
    case 'pipeline':
      return walkPipeline(node.commands, context);
    case 'and-or':
      return walkAndOr(node, context);
    case 'group':
      return walkScript(node.body, deeper(context));
    case 'subshell':
      return walkScript(node.body, { ...deeper(context), state: forkState(context.state) });
    case 'if':
      return walkIf(node, context);
    case 'while':
      return walkWhile(node, context);
    case 'for':
      return walkFor(node, context);
    case 'count':
      judgeSum(node.parts, context);
      return walkLoop(context, () => walkScript(node.body, deeper(context)));
    case 'case':
      return walkCase(node, context);
    case 'function':
      context.state.functions.set(node.name, node.body);
      context.evaluator.uncalled.set(node.body, () => judgeUncalled(node, context));
      return NONE;
    case 'test':
      for (const field of expandWords(node.words, context).flat()) judgeNames(field, context);
      return NONE;
    case 'arithmetic':
      judgeSum(node.parts, context);
      return walkDoubled(node.text, context);
    case 'coproc':
      addTrait(context, 'background', 'runs on in the background');
      return walkNode(node.body, { ...deeper(context), isForked: true });
    case 'redirected':
      return walkRedirected(node, context);
    default:
      node satisfies never;
      return NONE;
  }
}

/** Other shells than bash read `((` as two subshells: what begins with a program is judged. */
function walkDoubled(text: string, context: Context): Stream {
  const first = /^[\s(]*(?:\S*\/)?([\w.-]+)(?=\s|$)/.exec(text)?.[1];
  const isProgram =
    first !== undefined && !COMPARES.test(text) && context.evaluator.table.find(first) !== null;
  return isProgram ? runShellText(text, context) : NONE;
}

/** `(( n < 3 ))`: whatever shell reads it, no program that matters is called with this. */
const COMPARES = /^\s*\w+\s*[<>=!]=?\s*\d+\s*$/;

function walkPipeline(commands: readonly Node[], context: Context): Stream {
  if (commands.length === 1) return walkNode(commands[0] as Node, context);
  let stream = context.input;
  for (const command of commands) {
    const state = forkState(context.state);
    stream = walkNode(command, { ...context, state, input: stream, isForked: true });
  }
  return stream;
}

function walkAndOr(node: Node & { kind: 'and-or' }, context: Context): Stream {
  const folders = context.state.cwds;
  let output = walkNode(node.commands[0] as Node, context);
  node.operators.forEach((operator, i) => {
    const next = () => {
      output = joinStreams(output, walkNode(node.commands[i + 1] as Node, context));
    };
    // After `&&` what came before has worked; after `||` it may have failed half way.
    if (operator === '&&') next();
    else uncertainly(context.state, next);
  });
  // Had a `cd` failed, the rest of the script would go on where it was.
  context.state.cwds = [...new Set([...context.state.cwds, ...folders])];
  return output;
}

function walkIf(node: Node & { kind: 'if' }, context: Context): Stream {
  let output: Stream = NONE;
  for (const { condition, body } of node.branches) {
    walkScript(condition, deeper(context));
    uncertainly(context.state, () => {
      output = joinStreams(output, walkScript(body, deeper(context)));
    });
  }
  const { otherwise } = node;
  if (otherwise !== null) {
    uncertainly(context.state, () => {
      output = joinStreams(output, walkScript(otherwise, deeper(context)));
    });
  }
  return output;
}

function walkWhile(node: Node & { kind: 'while' }, context: Context): Stream {
  const isEndless = alwaysGoesOn(node) && !leaves(node.body);
  if (isEndless) addTrait(context, 'endless', 'a loop that nothing ends');
  const inner = { ...deeper(context), isEndless: context.isEndless || isEndless };
  // The condition runs at least once, whatever becomes of the loop.
  walkScript(node.condition, deeper(context));
  return walkLoop(context, () => {
    const output = walkScript(node.body, inner);
    walkScript(node.condition, deeper(context));
    return output;
  });
}

function alwaysGoesOn({ condition, body }: Node & { kind: 'while' }): boolean {
  const command = condition.statements[0]?.command;
  if (condition.statements.length !== 1 || command === undefined) return false;
  if (command.kind === 'arithmetic')
    return !hasExpansion(command) && !mayChange(command.text, body);
  const word = command.kind === 'command' ? command.words[0] : undefined;
  return word?.kind === 'word' && ALWAYS.test(word.text) && !hasExpansion(command);
}

/** A sum counts by itself, or by a name that the body sets, reads or counts. */
function mayChange(sum: string, body: Script): boolean {
  if (/\+\+|--|[-+*/%]=/.test(sum)) return true;
  if (/^\s*\w+\s*=\s*\d+\s*$/.test(sum)) return false;
  const text = JSON.stringify(body);
  return (sum.match(/[A-Za-z_]\w*/g) ?? []).some(
    (name) =>
      text.includes(`"kind":"assignment","name":"${name}"`) ||
      new RegExp(`"text":"[^"]*(?<![$\\w{])${name}\\b`).test(text),
  );
}

const ALWAYS = /^(true|:|\[|test|false)$/;
const hasExpansion = (node: Node): boolean =>
  /"kind":"(parameter|substitution)"/.test(JSON.stringify(node));

/** Whether some command in it ends the loop; where it stands does not matter. */
const leaves = (body: Script): boolean => /"text":"(break|exit|return)"/.test(JSON.stringify(body));

/** Twice, so that what the end of the body sets is seen by its beginning. */
function walkLoop(context: Context, body: () => Stream): Stream {
  let output: Stream = NONE;
  uncertainly(context.state, () => {
    output = body();
    body();
  });
  return output.kind === 'text' ? { kind: 'local' } : output;
}

function walkFor(node: Node & { kind: 'for' }, context: Context): Stream {
  const ways =
    node.words === null ? [context.state.positional ?? []] : expandWords(node.words, context, 0);
  const values = ways.flat();
  return walkLoop(context, () => {
    context.state.variables.set(
      node.name,
      atMost(values.length === 0 ? [''] : values, MARK.unknown),
    );
    return walkScript(node.body, deeper(context));
  });
}

function walkCase(node: Node & { kind: 'case' }, context: Context): Stream {
  expandWord(node.word, context);
  let output: Stream = NONE;
  for (const item of node.items) {
    for (const pattern of item.patterns) expandText(pattern.parts, context);
    uncertainly(context.state, () => {
      output = joinStreams(output, walkScript(item.body, deeper(context)));
    });
  }
  return output;
}

/** A function that is only written down may be called by a later shell, with whatever words. */
function judgeUncalled(node: Node & { kind: 'function' }, context: Context): void {
  const state = { ...forkState(context.state), positional: null };
  const callers = [...context.callers, node.body];
  walkNode(node.body, { ...deeper(context), state, callers, input: NONE });
}

function walkRedirected(node: Node & { kind: 'redirected' }, context: Context): Stream {
  const redirected = applyRedirects(node.redirects, context);
  const output = walkNode(node.command, { ...context, input: redirected.input });
  return redirected.finish(output);
}
