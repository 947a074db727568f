import { kindOfChange } from '../../core/run/kind-of-change.ts';
import type { RehearsedStep, Step } from '../../core/types.ts';
import { usesNetwork } from './describe-cage.ts';
import { describeUnseen } from './describe-images.ts';
import type { FileWork } from './file-work.ts';
import { counted, type Note, note, quoteLines } from './note.ts';
import type { Files, StepWork } from './step-work.ts';

/** What a rehearsal saw of a step, but for its diffs. */
type Seen = Note | Folded;
/** Lines of its output that are not shown now. */
type Folded = { readonly lines: number };

export function describeRehearsed(work: StepWork): readonly Seen[] {
  const { step, rehearsed, isOutputOpen } = work;
  if (rehearsed === null || isUnremarkable(rehearsed)) return [];
  if (rehearsed.ran === null) {
    const { code, message } = rehearsed.error ?? { code: 'failed', message: 'It failed.' };
    return [note(''), note(`rehearsal: ${message}`, code === 'cancelled' ? 'dim' : 'bad', 2)];
  }
  const { ok, ran, error } = rehearsed;
  return [
    note(''),
    note(sayRun(step, rehearsed), ok ? 'good' : 'bad', 2),
    // Where its end was a good one, it failed by what it changed.
    ...(error !== undefined && endedWell(ran) ? [note(error.message, 'bad', 2)] : []),
    ...quoteEnd('said', ran.stdout, ok, isOutputOpen),
    ...quoteEnd('said on standard error', ran.stderr, ok, isOutputOpen),
    ...describeChanges(work, rehearsed),
  ];
}

/** Its own diff tells all of a change of files that came out as planned. */
const isUnremarkable = ({ ok, ran }: RehearsedStep): boolean => ok && ran === null;

/** `rehearsed: exit 0, 1.8 s, rung L3`. */
function sayRun({ action }: Step, { ran, rung }: RehearsedStep): string {
  const end = ran?.signal != null ? `ended by ${ran.signal}` : `exit ${ran?.exitCode}`;
  const limits = ran?.limits ?? [];
  const parts = [
    end,
    sayTime(ran?.tookMs ?? 0),
    `rung ${rung}`,
    ...(limits.length === 0 ? [] : [`ran into its limits: ${limits.join(', ')}`]),
    // A rehearsal sends nothing.
    ...(usesNetwork({ action }) ? ['without the network'] : []),
  ];
  return `rehearsed: ${parts.join(', ')}`;
}

const endedWell = ({ exitCode, limits }: NonNullable<RehearsedStep['ran']>): boolean =>
  exitCode === 0 && limits.every((limit) => limit === 'output');

const sayTime = (ms: number): string =>
  ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

const LINES_OF_SUCCESS = 5;
const LINES_OF_FAILURE = 20;

function quoteEnd(what: string, text: string, isOk: boolean, isOpen: boolean): readonly Seen[] {
  if (text.trim() === '') return [];
  const lines = text.trimEnd().split('\n');
  const most = isOk ? LINES_OF_SUCCESS : LINES_OF_FAILURE;
  const shown = isOpen ? lines : lines.slice(-most);
  const left = lines.length - shown.length;
  return [
    note(`what it ${what}, the end of it:`, 'dim'),
    ...(left === 0 ? [] : [{ lines: left }]),
    ...quoteLines(shown),
  ];
}

function describeChanges({ step, files }: StepWork, seen: RehearsedStep): readonly Note[] {
  const { changes, ok } = seen;
  const paths = counted(changes.length, 'path');
  if (changes.length === 0) return [note('it changed nothing', 'dim')];
  if (!ok) {
    const names = changes
      .slice(0, MOST_NAMED)
      .map((change) => note(`${kindOfChange(change)}  ${change.after.path}`, 'dim', 2));
    const left = changes.length - names.length;
    return [
      note(`before it failed it changed ${paths}; nothing of that is kept:`, 'dim', 2),
      ...names,
      ...(left === 0 ? [] : [note(`and ${counted(left, 'more path')}`, 'dim')]),
    ];
  }
  if (step.check) {
    return [note(`it changed ${paths}, as a check: that is thrown away`, 'dim', 2)];
  }
  return [
    note(`it changed ${paths}:`),
    ...describeUnseen(changes, (path) => isToldByDiff(files, path)),
  ];
}

function isToldByDiff(files: Files, path: string): boolean {
  if (files.kind !== 'ready') return files.kind === 'waiting';
  const told = textPaths.get(files) ?? new Set(files.files.filter(isText).map(pathOf));
  textPaths.set(files, told);
  return told.has(path);
}

const textPaths = new WeakMap<Files, ReadonlySet<string>>();
const pathOf = ({ review }: FileWork): string => review.path;
const isText = ({ review: { before, after } }: FileWork): boolean =>
  [before, after].every((side) => side === null || typeof side === 'string');

/** Nothing of these can be approved, so not all of them have to be named. */
const MOST_NAMED = 20;
