import { decide, type FileWork, resultOf, splitAt, takeAll } from './file-work.ts';
import { currentWork, type ReviewState, type ReviewUpdate, say, withWork } from './review-state.ts';
import { standingsOf } from './standing.ts';
import { isEmptied, isHunkwise, type StepWork } from './step-work.ts';

/** Takes the hunk in sight, or leaves it out; says why where that cannot be. */
export function takeHunk(state: ReviewState, isTaken: boolean, reason: string): ReviewState {
  return changeHunk(state, (file, at) => decide(file, at, isTaken, reason));
}

export function splitHunkHere(state: ReviewState): ReviewState {
  return changeHunk(state, (file, at) => splitAt(file, at) ?? 'This hunk has no seam to split at.');
}

function changeHunk(
  state: ReviewState,
  change: (file: FileWork, at: number) => FileWork | string,
): ReviewState {
  const work = currentWork(state);
  if (work?.files.kind !== 'ready') return say(state, 'There is no hunk here.');
  if (work.status === 'done') return say(state, 'This step is done already.');
  if (!isHunkwise(work.step)) {
    return say(state, 'This step goes as a whole: space takes it or leaves it out.');
  }
  const { hunk } = state;
  const file = hunk === null ? undefined : work.files.files[hunk.file];
  if (hunk === null || file === undefined) {
    return say(state, 'No hunk is in sight: j goes to the next one.');
  }
  const changed = change(file, hunk.hunk);
  return typeof changed === 'string'
    ? say(state, changed)
    : withWork(state, withFile(work, hunk.file, changed));
}

export function withFile(work: StepWork, at: number, file: FileWork): StepWork {
  if (work.files.kind !== 'ready') return work;
  return { ...work, files: { kind: 'ready', files: work.files.files.with(at, file) } };
}

export function toggleStep(state: ReviewState): ReviewState {
  const work = currentWork(state);
  if (work === null) return state;
  const { id } = work.step;
  const standing = standingsOf(state.steps).get(id);
  switch (standing?.kind) {
    case 'done':
      return say(state, `Step ${id} is done already.`);
    case 'barred':
      return say(state, `Step ${id} cannot be taken: ${standing.why}`);
    case 'orphan':
      return say(state, `Step ${id} needs step ${standing.needs}, which is left out.`);
    case 'taken':
    case 'waiting':
      return withWork(state, { ...work, isWanted: false });
    default:
      return withWork(state, want(work));
  }
}

/** Where all its hunks were left out, wanting the step is wanting them. */
function want(work: StepWork): StepWork {
  const isBack = isEmptied(work) && work.files.kind === 'ready';
  return {
    ...work,
    isWanted: true,
    files: isBack ? { kind: 'ready', files: work.files.files.map(takeAll) } : work.files,
  };
}

/** Opens what the file would hold now in the person's editor. */
export function editStep(state: ReviewState): ReviewUpdate {
  const work = currentWork(state);
  const file = work?.files.kind === 'ready' ? work.files.files[0] : undefined;
  if (work === null || file === undefined || !isHunkwise(work.step) || work.status === 'done') {
    return [say(state, 'Only the text of one file can be edited here.'), []];
  }
  const { path, before } = file.review;
  return [
    { ...state, stage: { kind: 'busy', what: 'Your editor has the file.', isFinal: false } },
    [
      {
        kind: 'edit',
        step: work.step.id,
        before: typeof before === 'string' ? before : '',
        text: resultOf(file),
        extension: /\.[A-Za-z0-9]{1,16}$/.exec(path)?.[0] ?? '.txt',
      },
    ],
  ];
}
