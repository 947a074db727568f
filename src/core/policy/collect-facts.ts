import type { Action, Situation } from '../types.ts';
import { type Collector, createCollector, type Fact } from './facts.ts';
import { resolvePath } from './paths/normalise.ts';
import { accessPath } from './programs/access.ts';
import type { ProgramTable } from './programs/program-table.ts';
import { createEvaluator } from './shell/evaluate.ts';
import { addFact, addTrait, type Context, runShellText } from './shell/evaluator.ts';
import { createState } from './shell/state.ts';
import type { ParseShell } from './shell-syntax.ts';

/** Takes an action apart. What the analysis cannot carry through becomes a fact that asks. */
export function collectFacts(
  table: ProgramTable,
  parseShell: ParseShell,
  situation: Situation,
  action: Action,
): readonly Fact[] {
  const collector = createCollector();
  collector.add({ about: 'action', kind: action.kind, detail: detailOf(action) });
  try {
    const context = createContext(
      table,
      parseShell,
      situation,
      collector,
      cwdOf(action, situation),
    );
    collectAction(action, context);
    judgeUncalled(context);
  } catch (error) {
    // A fault in the analysis must not decide in anyone's favour: no rule answers for this one.
    const detail = error instanceof Error ? error.message : 'unknown';
    return [...collector.facts, { about: 'trait', name: 'analysis-failed', detail }];
  }
  return collector.facts;
}

function createContext(
  table: ProgramTable,
  parseShell: ParseShell,
  situation: Situation,
  collector: Collector,
  cwd: string,
): Context {
  return {
    evaluator: createEvaluator({ situation, table, parseShell, collector }),
    state: createState({ cwd, home: situation.home }),
    input: { kind: 'none' },
    depth: 0,
    callers: [],
    scripts: [],
    isForked: false,
    isEndless: false,
  };
}

/** Judging one may write down others. */
function judgeUncalled({ evaluator: { uncalled } }: Context): void {
  for (const [body, judge] of uncalled) {
    uncalled.delete(body);
    judge();
  }
}

const cwdOf = (action: Action, situation: Situation): string =>
  action.kind === 'shell.run' && action.cwd !== undefined
    ? resolvePath(situation.workspace, action.cwd)
    : situation.workspace;

function collectAction(action: Action, context: Context): void {
  switch (action.kind) {
    case 'file.read':
      touch(context, 'read', action.path);
      return;
    case 'file.write':
    case 'file.edit':
      touch(context, 'write', action.path);
      return;
    case 'folder.create':
      touch(context, 'write', action.path);
      return;
    case 'file.delete':
      touch(context, 'delete', action.path);
      return;
    case 'file.move':
      touch(context, 'read', action.from);
      touch(context, 'move', action.from);
      touch(context, 'write', action.to);
      return;
    case 'git.run':
      context.evaluator.runCommand(['git', ...action.argv.map(plain)], context);
      return;
    case 'shell.run':
      collectRun(action, context);
      return;
    case 'plugin.call':
      return;
    default:
      action satisfies never;
  }
}

function touch(context: Context, access: 'read' | 'write' | 'move' | 'delete', path: string): void {
  if (UNREADABLE.test(path)) {
    addTrait(context, 'unreadable-path', JSON.stringify(path));
    return;
  }
  accessPath(context, access, path, 'the action', access === 'delete' || access === 'move');
}

/** NUL and the private-use characters that stand for unknown text here. */
const UNREADABLE = /[\u0000\uE000-\uE00F]/;

function collectRun(action: Action & { kind: 'shell.run' }, context: Context): void {
  if (action.cwd !== undefined) accessPath(context, 'list', context.state.cwds[0] ?? '/', 'cwd');
  for (const [name, value] of Object.entries(action.env ?? {})) {
    addFact(context, { about: 'assignment', name, value, scope: 'program' });
    context.state.variables.set(name, [plain(value)]);
  }
  if ('command' in action) {
    runShellText(action.command, context);
    return;
  }
  const argv = action.argv;
  if (argv.length === 0) addTrait(context, 'unparsed', 'an empty argv');
  else if (argv.some((word) => UNREADABLE.test(word))) {
    addTrait(context, 'unparsed', 'an argv with characters that hide');
  } else context.evaluator.runCommand(argv, context);
}

const plain = (text: string): string => text.replace(/[\u0000\uE000-\uE00F]/g, '\uE000');

function detailOf(action: Action): string {
  switch (action.kind) {
    case 'file.move':
      return `${action.from} → ${action.to}`;
    case 'git.run':
      return action.argv.join(' ');
    case 'shell.run':
      return 'command' in action ? action.command : action.argv.join(' ');
    case 'plugin.call':
      return `${action.plugin} ${action.method}`;
    default:
      return action.path;
  }
}
