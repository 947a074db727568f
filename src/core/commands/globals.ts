import { fail, ok } from '../result.ts';
import {
  type ArgSpecs,
  type ArgValues,
  type CommandCard,
  LEVELS,
  MODES,
  type Result,
} from '../types.ts';
import { isVerbatimFrom, parseArgs } from './parse-args.ts';
import { resolveCommand } from './resolve.ts';
import { optionName } from './usage.ts';

/** Options that every command takes, wherever they stand in the command line. */
export const GLOBALS = {
  json: { kind: 'flag', type: 'text', summary: 'Prints JSON on standard output and nothing else' },
  mode: { kind: 'option', type: 'choice', choices: MODES, summary: 'The mode to run in' },
  level: { kind: 'option', type: 'choice', choices: LEVELS, summary: 'The safety level' },
  cwd: { kind: 'option', type: 'text', valueName: 'DIR', summary: 'The workspace' },
  continue: { kind: 'flag', type: 'text', summary: 'Goes on with the newest session' },
  resume: { kind: 'option', type: 'text', valueName: 'ID', summary: 'Goes on with a session' },
  plain: { kind: 'flag', type: 'text', summary: 'Prints line by line, for screen readers' },
  noColor: { kind: 'flag', type: 'text', summary: 'Without colours' },
  help: { kind: 'flag', type: 'text', summary: 'Explains the command' },
  version: { kind: 'flag', type: 'text', summary: 'Prints the version' },
} as const satisfies ArgSpecs;

export type CommandLine = {
  readonly globals: ArgValues;
  /** The words without the global options; empty when none was given. */
  readonly words: readonly string[];
};

/** Takes the global options out of an argv, from before and behind the command's name. */
export function readCommandLine(
  commands: readonly CommandCard[],
  argv: readonly string[],
): Result<CommandLine> {
  const leading = countLeading(argv);
  const behind = argv.slice(leading);
  const found = resolveCommand(commands, behind);
  const { taken, kept } = partition(behind, found.ok ? found.value.command : null);
  const globals = parseArgs(HOLDER, [...argv.slice(0, leading), ...taken]);
  return globals.ok ? ok({ globals: globals.value, words: kept }) : helpful(globals.error.message);
}

const HOLDER: CommandCard = {
  name: 'tinycode',
  aliases: [],
  family: 'help',
  summary: '',
  examples: [],
  kind: 'look',
  risk: 'none',
  modes: MODES,
  needs: [],
  wants: [],
  prints: 'document',
  args: GLOBALS,
  limits: { timeoutMs: 0, outputBytes: 0 },
};

const helpful = (message: string) => fail('usage', message, { hint: 'tinycode help lists all.' });

/** The options before the first word that is none, with their values. */
function countLeading(argv: readonly string[]): number {
  let at = 0;
  while (at < argv.length && argv[at]?.startsWith('-') && argv[at] !== '--') {
    at += takesNext(argv[at] as string, GLOBALS) ? 2 : 1;
  }
  return Math.min(at, argv.length);
}

function partition(words: readonly string[], command: CommandCard | null) {
  const taken: string[] = [];
  const kept: string[] = [];
  const verbatimFrom = command && isVerbatim(command) ? command.name.split(' ').length : Infinity;
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--' || isVerbatimFrom(operands, verbatimFrom)) {
      kept.push(...words.slice(at));
      break;
    }
    const isGlobal = word.startsWith('-') && specOf(word, GLOBALS) !== undefined;
    const into = isGlobal ? taken : kept;
    into.push(word);
    if (!word.startsWith('-')) operands.push(word);
    const specs = isGlobal ? GLOBALS : (command?.args ?? {});
    if (takesNext(word, specs) && at + 1 < words.length) into.push(words[++at] as string);
  }
  return { taken, kept };
}

const isVerbatim = (command: CommandCard) =>
  Object.values(command.args).some((spec) => spec.kind === 'rest' && spec.isVerbatim);

function specOf(word: string, specs: ArgSpecs) {
  const given = word.split('=', 1)[0];
  return Object.entries(specs).find(([name]) => optionName(name) === given)?.[1];
}

const takesNext = (word: string, specs: ArgSpecs) =>
  word.startsWith('-') && !word.includes('=') && specOf(word, specs)?.kind === 'option';
