import { type DiffRow, layoutDiffRows } from '../../core/diff/diff-rows.ts';
import { isWhiteSpaceOnly } from '../../core/diff/white-space.ts';
import type { Hunk, Risk, Tone } from '../../core/types.ts';
import { describeCage, type SeenCage } from './describe-cage.ts';
import { describeRehearsed } from './describe-rehearsal.ts';
import { describeAction, targetOf, warnOfMixed, wordOf } from './describe-step.ts';
import type { FileWork } from './file-work.ts';
import { type Note, note } from './note.ts';
import { isHunkwise, type StepWork } from './step-work.ts';

/** A row of the right pane before it is drawn: it may take more than one line. */
export type PaneRow =
  | { readonly kind: 'note'; readonly note: Note }
  /** Lines of a program's output that are not shown now. */
  | { readonly kind: 'folded'; readonly lines: number }
  | { readonly kind: 'diff'; readonly file: number; readonly row: DiffRow };

const known = new WeakMap<StepWork, Map<string, readonly PaneRow[]>>();

type Look = {
  readonly isSideBySide: boolean;
  readonly isAscii: boolean;
  readonly cage: SeenCage;
};

/** All that there is to see of a step: what it is for, what it acts on, what it changes. */
export function paneRowsOf(
  work: StepWork,
  { isSideBySide, isAscii, cage }: Look,
): readonly PaneRow[] {
  const memory = known.get(work) ?? new Map<string, readonly PaneRow[]>();
  known.set(work, memory);
  // It is asked for once, so it is never one thing and then another.
  const key = `${isSideBySide} ${isAscii} ${cage.kind}`;
  const rows = memory.get(key) ?? [
    ...headOf(work, cage).map((one): PaneRow => ({ kind: 'note', note: one })),
    ...describeRehearsed(work).map(
      (one): PaneRow => ('lines' in one ? { kind: 'folded', ...one } : { kind: 'note', note: one }),
    ),
    ...changesOf(work, isSideBySide, isAscii),
  ];
  memory.set(key, rows);
  return rows;
}

const RISK_TONES: Readonly<Record<Risk, Tone>> = {
  none: 'dim',
  low: 'dim',
  medium: 'plain',
  high: 'warn',
  critical: 'bad',
};
export const toneOfRisk = (risk: Risk): Tone => RISK_TONES[risk];

const FINDING_TONES = { info: 'dim', warn: 'warn', error: 'bad' } as const;

function headOf({ step, findings, status }: StepWork, cage: SeenCage): readonly Note[] {
  const target = targetOf(step);
  return [
    note(`${step.id}  ${wordOf(step)}  ${target}`, 'strong', 2),
    ...warnOfMixed(target),
    note(step.title),
    ...(step.why === '' ? [] : [note(`why: ${step.why}`, 'dim')]),
    note(`${step.risk} risk${step.check ? ', only a check' : ''}`, toneOfRisk(step.risk)),
    ...(status === 'waiting' ? [] : [note(`this step: ${status}`, 'dim')]),
    ...(step.dependsOn.length === 0
      ? []
      : [note(`needs step ${step.dependsOn.join(', ')}`, 'dim')]),
    ...findings.flatMap((finding) => [
      note(`${finding.severity}: ${finding.message}`, FINDING_TONES[finding.severity], 2),
      ...(finding.remedy === undefined ? [] : [note(finding.remedy, 'plain', 2)]),
    ]),
    ...describeAction(step),
    ...describeCage(
      step,
      cage,
      findings.map(({ code }) => code),
    ),
  ];
}

function changesOf(work: StepWork, isSideBySide: boolean, isAscii: boolean): readonly PaneRow[] {
  const { files, step } = work;
  const say = (one: Note): PaneRow => ({ kind: 'note', note: one });
  switch (files.kind) {
    case 'waiting':
      return [say(note('Reading what it changes.', 'dim'))];
    case 'failed':
      return [say(note(`This cannot be approved: ${files.message}`, 'bad'))];
    case 'unseen':
      return [say(note(files.message, 'warn'))];
    case 'ready':
      return files.files.flatMap((file, at) => [
        say(note('')),
        ...headOfFile(file, isHunkwise(step), isAscii).map(say),
        ...diffOf(file, isSideBySide).map((row): PaneRow => ({ kind: 'diff', file: at, row })),
      ]);
    default:
      return files satisfies never;
  }
}

function headOfFile(
  { review, hunks, isEdited, beforeLines, afterLines }: FileWork,
  isWhole: boolean,
  isAscii: boolean,
): readonly Note[] {
  const { path, movedFrom, before, after } = review;
  const from = movedFrom === undefined ? '' : ` (was ${movedFrom})`;
  const isText = [before, after].every((side) => side === null || typeof side === 'string');
  const state = before === null ? 'new' : after === null ? 'goes' : isEdited ? 'edited by you' : '';
  const minus = isAscii ? '-' : '−';
  const added = hunks.reduce((sum, { hunk }) => sum + hunk.afterLines.length, 0);
  const removed = hunks.reduce((sum, { hunk }) => sum + hunk.beforeLines.length, 0);
  const lines = isText ? `  +${added} ${minus}${removed}` : '';
  const ends = endsOf(beforeLines.length > 0 ? beforeLines : afterLines);
  return [
    note(`${path}${from}${lines}${state === '' ? '' : `  ${state}`}${ends}`, 'accent', 2),
    ...warnOfMixed(path),
    ...(isText ? [] : [note('Not a text.', 'dim')]),
    ...(isText && hunks.length === 0 ? [note('No line changes.', 'dim')] : []),
    ...(isWhole || hunks.length < 2 ? [] : [note('This step goes as a whole.', 'dim')]),
  ];
}

const endsOf = (lines: readonly string[]): string =>
  lines.some((line) => line.endsWith('\r\n')) ? '  lines end with CRLF' : '';

const diffOf = (file: FileWork, isSideBySide: boolean): readonly DiffRow[] =>
  layoutDiffRows({
    hunks: file.hunks.map(({ hunk }) => hunk),
    pairs: file.pairs,
    beforeCount: file.beforeLines.length,
    isSideBySide,
    openFolds: file.openFolds,
  });

const blankOnly = new WeakMap<Hunk, boolean>();

/** `hunk 2 of 4, line 41, +3 −1, white space only`. */
export function sayHunk(file: FileWork, at: number, isAscii: boolean): string {
  const { hunk } = file.hunks[at] ?? {};
  if (hunk === undefined) return '';
  const minus = isAscii ? '-' : '−';
  const line = hunk.afterLines.length > 0 ? hunk.afterStart : hunk.beforeStart;
  const counts = `+${hunk.afterLines.length} ${minus}${hunk.beforeLines.length}`;
  const isBlank = blankOnly.get(hunk) ?? isWhiteSpaceOnly(hunk);
  blankOnly.set(hunk, isBlank);
  const blank = isBlank ? ', white space only' : '';
  return `hunk ${at + 1} of ${file.hunks.length}, line ${line}, ${counts}${blank}`;
}
