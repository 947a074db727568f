import { EMPTY } from '../editor/draft.ts';
import { chordOf, type Key } from '../keys/key.ts';
import { startConfirm } from './confirm.ts';
import { editStep, splitHunkHere, takeHunk, toggleStep } from './decide-in-review.ts';
import { toggleFolds } from './fold-in-review.ts';
import { fitsSideBySide } from './geometry.ts';
import { leave, rehearse, sendBack } from './go-away.ts';
import { goToFile, goToHunk, scroll } from './move-in-review.ts';
import { type ReviewState, type ReviewUpdate, type Stage, say } from './review-state.ts';
import { viewOf } from './review-view.ts';
import { goToMatch } from './search-in-review.ts';

/** One key while a person reads. A key that decides never scrolls. */
export function pressReading(state: ReviewState, name: string): ReviewUpdate {
  if (!Object.hasOwn(KEYS, name)) return [state, []];
  return KEYS[name as keyof typeof KEYS](state);
}

type Press = (state: ReviewState) => ReviewUpdate;

const still =
  (change: (state: ReviewState) => ReviewState): Press =>
  (state) => [change(state), []];

const asking = (what: 'search' | 'leave-out' | 'reject'): Stage => ({
  kind: 'typing',
  what,
  draft: EMPTY,
});

const page = (state: ReviewState): number => Math.max(1, viewOf(state).geometry.pane.rows - 2);
const END = 1e9;

const KEYS = {
  y: still((state) => takeHunk(state, true, '')),
  n: still((state) =>
    canLeaveOut(state) ? { ...state, stage: asking('leave-out') } : takeHunk(state, false, ''),
  ),
  s: still(splitHunkHere),
  e: editStep,
  ' ': still(toggleStep),
  j: still((state) => goToHunk(state, 1)),
  k: still((state) => goToHunk(state, -1)),
  J: still((state) => goToFile(state, 1)),
  K: still((state) => goToFile(state, -1)),
  up: still((state) => scroll(state, -1)),
  down: still((state) => scroll(state, 1)),
  pageup: still((state) => scroll(state, -page(state))),
  pagedown: still((state) => scroll(state, page(state))),
  home: still((state) => scroll(state, -END)),
  end: still((state) => scroll(state, END)),
  '/': still((state) => ({ ...state, stage: asking('search') })),
  ']': still((state) => goToMatch(state, 1)),
  enter: still((state) => goToMatch(state, 1)),
  '[': still((state) => goToMatch(state, -1)),
  u: still(toggleSides),
  w: still((state) => ({ ...state, hasBlanks: !state.hasBlanks })),
  z: still(toggleFolds),
  '?': still((state) => ({ ...state, stage: { kind: 'help', top: { row: 0, sub: 0 } } })),
  r: rehearse,
  m: sendBack,
  a: still(startConfirm),
  // Enter ends the review here: a key that was typed for something else must not.
  x: still((state) => ({ ...state, stage: asking('reject'), guard: { kind: 'undrawn' } })),
  q: leave,
  escape: (state) => (state.search === null ? leave(state) : [{ ...state, search: null }, []]),
} satisfies Readonly<Record<string, Press>>;

/** `takeHunk` says why where a hunk cannot be left out. */
const canLeaveOut = (state: ReviewState): boolean => takeHunk(state, false, '').hint === null;

function toggleSides(state: ReviewState): ReviewState {
  if (!state.isSideBySide && !fitsSideBySide(viewOf(state).geometry)) {
    return say(state, 'Side by side needs a wider window.');
  }
  return { ...state, isSideBySide: !state.isSideBySide, top: { row: state.top.row, sub: 0 } };
}

/** The names of what was pressed, one for each letter. */
export function namesOf(key: Key): readonly string[] {
  if (key.kind === 'text') return [...key.text];
  return key.kind === 'key' ? [chordOf(key)] : [];
}
