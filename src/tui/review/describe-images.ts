import { quoteWord } from '../../core/commands/words.ts';
import { groupDigits } from '../../core/text/group-digits.ts';
import type { CheckpointEntry, Content, Image, Step } from '../../core/types.ts';
import { type Note, note } from './note.ts';

/** What lies at every path of a step before and after it. */
export function describeImages(step: Step): readonly Note[] {
  const paths = [...new Set([...step.before, ...step.after].map(({ path }) => path))];
  return [
    ...paths.flatMap((path) => [
      ...(paths.length > 1 ? [note(path, 'strong')] : []),
      ...describeChange(
        step.before.find((image) => image.path === path),
        step.after.find((image) => image.path === path),
      ),
    ]),
    ...('content' in step.action ? describeBytes(step.action.content) : []),
    ...(step.effects.isReversible ? [] : [note('This cannot be taken back.', 'warn')]),
  ];
}

const describeChange = (
  before: Image | undefined,
  after: Image | undefined,
): readonly [Note, Note] => [
  note(`before  ${sayImage(before)}`, 'dim', 8),
  note(`after   ${sayImage(after)}`, 'dim', 8),
];

/** The changes of which a diff of texts would not say all: modes, links, folders, bytes. */
export function describeUnseen(
  changes: readonly CheckpointEntry[],
  isText: (path: string) => boolean,
): readonly Note[] {
  return changes
    .filter((change) => !isToldByDiff(change, isText))
    .flatMap(({ before, after }) => [
      note(after.path, 'accent', 2),
      ...describeChange(before, after),
    ]);
}

function isToldByDiff(
  { before, after }: CheckpointEntry,
  isText: (path: string) => boolean,
): boolean {
  const isFileOrNothing = [before, after].every(({ kind }) => kind === 'file' || kind === 'absent');
  return isFileOrNothing && isText(after.path) && hasUsualMode(before, after);
}

/** A file that was there keeps its mode, and a new one does not run. */
export function hasUsualMode(before: Image | undefined, after: Image | undefined): boolean {
  if (after?.kind !== 'file') return true;
  return before?.kind === 'file' ? before.mode === after.mode : (after.mode & 0o111) === 0;
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

export const sayMode = (mode: number): string => mode.toString(8).padStart(3, '0');
const sayBytes = (size: number): string => `${groupDigits(size)} ${size === 1 ? 'byte' : 'bytes'}`;
