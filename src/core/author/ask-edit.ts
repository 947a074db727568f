import type { EditRefusal } from '../edit/types.ts';
import type { EditForm } from '../types.ts';
import { fenced, languageOf, longestFence } from './fenced.ts';
import { MANNERS, type Order } from './order.ts';
import { type Outline, type OutlineStep, sayStep } from './outline.ts';

/** One file that a step writes. */
export type Writing = {
  readonly step: OutlineStep;
  readonly path: string;
  /** Null: it is new. */
  readonly text: string | null;
  readonly form: EditForm;
  /** It is enough where the text stays: what was refused is out of it already. */
  readonly mayStay: boolean;
};

/** Something else that the model should see while it writes. */
export type Aside = { readonly title: string; readonly text: string; readonly info: string };

export type EditTask = {
  readonly order: Order;
  readonly outline: Outline;
  readonly writing: Writing;
  /** The text stands in the context already, as it is now. */
  readonly isShown: boolean;
  readonly asides: readonly Aside[];
};

/** What the model is told to do in the second movement, once for each file. */
export function editTask({ order, outline, writing, isShown, asides }: EditTask): string {
  const { path, text, step } = writing;
  return [
    ...asides.flatMap(({ title, text: aside, info }) => [`${title}:`, fenced(aside, info)]),
    ...(outline.steps.length > 1
      ? [
          'The plan:',
          ...outline.steps.map(
            (each) =>
              `${each.id}. ${sayStep(each)}${each.id === step.id ? '   <- this one now' : ''}`,
          ),
        ]
      : []),
    ...(text === null || isShown ? [] : [`${path} as it is now:`, fenced(text, languageOf(path))]),
    text === null
      ? `Write the new file ${path} now: ${step.why}`
      : `Change ${path} now: ${step.why}`,
    ...(MANNERS[order.kind] === '' ? [] : [MANNERS[order.kind]]),
    formOf(writing),
    ...(writing.mayStay && writing.form === 'whole' ? [STAYS] : []),
  ].join('\n');
}

const STAYS =
  'What was refused is out of it already. Where nothing has to take its place, the file stays.';

function formOf({ form, path, text }: Writing): string {
  switch (form) {
    case 'whole': {
      const marks = '`'.repeat(
        Math.max(/\.(md|mdx|markdown)$/i.test(path) ? 4 : 3, longestFence(text ?? '') + 1),
      );
      return [
        'Answer with the whole file in this form:',
        path,
        `${marks}${languageOf(path)}`,
        'every line of the file',
        marks,
        'Leave no line out and shorten nothing.',
      ].join('\n');
    }
    case 'search-replace':
      return [
        'Answer with blocks in this form, one for each place that changes:',
        path,
        '<<<<<<< SEARCH',
        'lines of the file, copied exactly',
        '=======',
        'the lines that take their place',
        '>>>>>>> REPLACE',
        'Copy so many lines that the place is the only one in the file, and no more.',
        'To put lines in, copy the line next to them and repeat it among the new ones.',
      ].join('\n');
    case 'udiff':
      return [
        'Answer with a unified diff in this form:',
        `--- a/${path}`,
        `+++ b/${path}`,
        '@@ @@',
        ' a line that stays',
        '-a line that goes',
        '+a line that comes',
        'Lines that stay or go are copied exactly from the file.',
      ].join('\n');
    case 'apply-patch':
      return [
        'Answer with a patch in this form:',
        '*** Begin Patch',
        `*** Update File: ${path}`,
        '@@',
        ' a line that stays',
        '-a line that goes',
        '+a line that comes',
        '*** End Patch',
        'Lines that stay or go are copied exactly from the file.',
      ].join('\n');
    default:
      return form satisfies never;
  }
}

/** What the model is told where its edit was refused; it has one more try. */
export function editAgain({ path, text }: Writing, refusal: EditRefusal): string {
  const around = text === null || refusal.line === undefined ? '' : linesAround(text, refusal.line);
  return [
    `That could not be used. ${refusal.message}`,
    ...(around === '' ? [] : ['There the file reads:', fenced(around, languageOf(path))]),
    `Answer again for ${path}, all of it, in the same form and with nothing else.`,
  ].join('\n');
}

const AROUND = 6;

function linesAround(text: string, line: number): string {
  const lines = text.split('\n');
  return lines.slice(Math.max(0, line - 1 - AROUND), line + AROUND).join('\n');
}
