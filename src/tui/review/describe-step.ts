import { quoteWord } from '../../core/commands/words.ts';
import { findMixedWords } from '../../core/display/mixed-script.ts';
import { sayWhole, subjectOf, VERBS } from '../../core/plan/describe-action.ts';
import { isProgram } from '../../core/run/resolve-cage.ts';
import type { Step, Tone } from '../../core/types.ts';
import { describeImages, hasUsualMode, sayMode } from './describe-images.ts';
import { type Note, note, quoteLines } from './note.ts';

/** The word that stands for what a step does: on screen, and to be typed where it is critical. */
export const wordOf = ({ action }: Step): string => VERBS[action.kind];

/** What a critical step wants typed. */
export const phraseOf = (step: Step): string => `${step.id} ${wordOf(step)}`;

/** What a step acts on, in one line: a path, or a command. */
export const targetOf = ({ action }: Step): string => subjectOf(action);

/** What a step would do besides what its diff shows, completely. */
export function describeAction(step: Step): readonly Note[] {
  const { action } = step;
  switch (action.kind) {
    case 'shell.run':
      return [
        ...('argv' in action ? describeArgv(action.argv) : describeShell(action.command)),
        note(`in folder ${sayWhole(action.cwd ?? '.')}`, 'dim'),
        ...Object.entries(action.env ?? {}).map(([name, value]) =>
          note(`with ${name}=${quoteWord(value)}`, 'plain', 2),
        ),
        ...describeInput(action.input),
        ...describeEffects(step),
      ];
    case 'git.run':
      return [...describeArgv(['git', ...action.argv]), ...describeEffects(step)];
    case 'plugin.call':
      return [
        note(`plugin ${action.plugin}, method ${action.method}`),
        ...JSON.stringify(action.args, null, 2)
          .split('\n')
          .map((line) => note(line, 'plain', 2)),
        ...describeEffects(step),
      ];
    case 'file.write':
    case 'file.edit':
      return typeof action.content === 'string' ? describeMode(step) : describeImages(step);
    default:
      return describeImages(step);
  }
}

/** Where the diff says what changes, only what it cannot say. */
function describeMode({ before: [before], after: [after] }: Step): readonly Note[] {
  if (after?.kind !== 'file' || hasUsualMode(before, after)) return [];
  const old = before?.kind === 'file' ? before.mode : null;
  const from = old === null ? '' : `, was ${sayMode(old)}`;
  return [note(`mode ${sayMode(after.mode)}${from}`, 'warn')];
}

/** One argument a line where quotes could hide where one ends. */
function describeArgv(argv: readonly string[]): readonly Note[] {
  const isPlain = argv.every((word) => /^[\w./:@%+=,~-]+$/.test(word));
  if (isPlain) return [note(argv.join(' '), 'strong', 2)];
  return [
    note(`${argv.length} arguments, without a shell:`, 'dim'),
    ...argv.map((word, at) =>
      note(`${at}  ${word === '' ? '(empty)' : sayWhole(word)}`, 'strong', 3),
    ),
  ];
}

const describeShell = (command: string): readonly Note[] => [
  note('in a shell:', 'dim'),
  ...command.split('\n').map((line) => note(`  ${line}`, 'strong')),
];

function describeEffects({ action, effects }: Step): readonly Note[] {
  const say = (what: string, things: readonly string[], tone: Tone = 'plain') =>
    things.length === 0 ? [] : [note(`${what} ${things.map(quoteWord).join(' ')}`, tone, 2)];
  return [
    ...say('writes', effects.writes),
    ...say('deletes', effects.deletes, 'bad'),
    ...say('network:', effects.network, 'warn'),
    // Of a program its cage tells that.
    ...(isProgram(action) || effects.isReversible
      ? []
      : [note('This cannot be taken back.', 'warn')]),
  ];
}

/** Whole, as it is a part of what runs. */
function describeInput(input: string | undefined): readonly Note[] {
  if (input === undefined) return [];
  if (input === '') return [note('reads an empty standard input', 'dim')];
  const isEnded = input.endsWith('\n');
  const lines = (isEnded ? input.slice(0, -1) : input).split('\n');
  const end = isEnded ? '' : ', without a newline at its end';
  return [note(`reads this from its standard input${end}:`, 'dim'), ...quoteLines(lines)];
}

/** Words that look like others because they mix scripts. */
export const warnOfMixed = (text: string): readonly Note[] =>
  findMixedWords(text).map(({ word, scripts }) =>
    note(`! ${word} mixes ${scripts.join(' and ')} letters`, 'warn', 2),
  );
