import { quoteWord } from '../../core/commands/words.ts';
import { findMixedWords } from '../../core/display/mixed-script.ts';
import { sayWhole, subjectOf, VERBS } from '../../core/plan/describe-action.ts';
import { groupDigits } from '../../core/text/group-digits.ts';
import type { Content, Image, Step, Tone } from '../../core/types.ts';

/** One line of text about a step; whoever draws it wraps it. `indent` is for what continues it. */
export type Note = { readonly text: string; readonly tone: Tone; readonly indent: number };

export const note = (text: string, tone: Tone = 'plain', indent = 0): Note => ({
  text,
  tone,
  indent,
});

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
  if (after?.kind !== 'file') return [];
  const old = before?.kind === 'file' ? before.mode : null;
  const isUsual = old === null ? (after.mode & 0o111) === 0 : old === after.mode;
  if (isUsual) return [];
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

function describeEffects({ effects }: Step): readonly Note[] {
  const say = (what: string, things: readonly string[], tone: Tone = 'plain') =>
    things.length === 0 ? [] : [note(`${what} ${things.map(quoteWord).join(' ')}`, tone, 2)];
  return [
    ...say('writes', effects.writes),
    ...say('deletes', effects.deletes, 'bad'),
    ...say('network:', effects.network, 'warn'),
    ...(effects.isReversible ? [] : [note('This cannot be taken back.', 'warn')]),
  ];
}

function describeImages(step: Step): readonly Note[] {
  const paths = [...new Set([...step.before, ...step.after].map(({ path }) => path))];
  const pairs = paths.map((path) => ({
    path,
    before: step.before.find((image) => image.path === path),
    after: step.after.find((image) => image.path === path),
  }));
  return [
    ...pairs.flatMap(({ path, before, after }) => [
      ...(paths.length > 1 ? [note(path, 'strong')] : []),
      note(`before  ${sayImage(before)}`, 'dim', 8),
      note(`after   ${sayImage(after)}`, 'dim', 8),
    ]),
    ...('content' in step.action ? describeBytes(step.action.content) : []),
    ...(step.effects.isReversible ? [] : [note('This cannot be taken back.', 'warn')]),
  ];
}

const describeBytes = (content: Content): readonly Note[] =>
  typeof content === 'string'
    ? []
    : [note('Its content is no text: only its size and hash can be shown.', 'warn')];

function sayImage(image: Image | undefined): string {
  switch (image?.kind) {
    case undefined:
    case 'absent':
      return 'nothing';
    case 'file':
      return `file, ${sayBytes(image.size)}, mode ${sayMode(image.mode)}, sha256 ${image.hash}`;
    case 'folder':
      return `folder, mode ${sayMode(image.mode)}${image.hash === undefined ? '' : `, all below sha256 ${image.hash}`}`;
    case 'link':
      return `link to ${quoteWord(image.target)}`;
    case 'other':
      return image.what;
    default:
      return image satisfies never;
  }
}

const sayMode = (mode: number): string => mode.toString(8).padStart(3, '0');
const sayBytes = (size: number): string => `${groupDigits(size)} ${size === 1 ? 'byte' : 'bytes'}`;

/** Words that look like others because they mix scripts. */
export const warnOfMixed = (text: string): readonly Note[] =>
  findMixedWords(text).map(({ word, scripts }) =>
    note(`! ${word} mixes ${scripts.join(' and ')} letters`, 'warn', 2),
  );
