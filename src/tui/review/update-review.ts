import type { CageReport, Result } from '../../core/types.ts';
import { pressInLine } from '../editor/line-input.ts';
import { GUARD_MS } from '../guard.ts';
import { chordOf, type Key } from '../keys/key.ts';
import { answer, reading, takeAmended, takeApproved } from './confirm.ts';
import { takeHunk, withFile } from './decide-in-review.ts';
import type { SeenCage } from './describe-cage.ts';
import { edited } from './file-work.ts';
import { isTooSmall } from './geometry.ts';
import { scroll, settle } from './move-in-review.ts';
import { namesOf, pressReading } from './press-reading.ts';
import {
  type Edited,
  type ReviewEvent,
  type ReviewState,
  type ReviewUpdate,
  type Stage,
  say,
  withWork,
} from './review-state.ts';
import { search, searchAgain } from './search-in-review.ts';
import { barOf } from './send-back.ts';
import { rehearsalOf, softened } from './step-work.ts';

/** The review's whole behaviour: what an event makes of it, and what is to be done. */
export function updateReview(state: ReviewState, event: ReviewEvent): ReviewUpdate {
  if (state.stage.kind === 'over') return [state, []];
  const [next, effects] = take(state, event);
  return [settle(next), effects];
}

function take(state: ReviewState, event: ReviewEvent): ReviewUpdate {
  switch (event.kind) {
    case 'key':
      return takeKey(state, event.key, event.atMs);
    case 'drawn':
      return [markDrawn(state, event.atMs), []];
    case 'resized':
      return [{ ...state, size: event.size }, []];
    case 'changes':
      return [takeChanges(state, event), []];
    case 'cage':
      return [takeCage(state, event.result), []];
    case 'edited':
      return [takeEdited(state, event.step, event.edit), []];
    case 'amended':
      if (state.stage.kind !== 'busy') return [state, []];
      return event.result.ok
        ? takeAmended(state, event.amendment, event.result.value)
        : [reading(state, `Not approved: ${event.result.error.message}`), []];
    case 'approved':
      return takeApproved(state, event.wish, event.result.ok ? null : event.result.error.message);
    case 'rejected':
      return takeRejected(state, event.reason, event.result);
    default:
      return event satisfies never;
  }
}

function markDrawn(state: ReviewState, atMs: number): ReviewState {
  return state.guard.kind === 'undrawn' ? { ...state, guard: { kind: 'drawn', atMs } } : state;
}

function takeKey(state: ReviewState, key: Key, atMs: number): ReviewUpdate {
  // Going away is careful at any time.
  const isFinal = state.stage.kind === 'busy' && state.stage.isFinal;
  if (key.kind === 'key' && chordOf(key) === 'ctrl+c' && !isFinal) {
    return [{ ...state, stage: { kind: 'over' } }, [{ kind: 'end', end: { kind: 'closed' } }]];
  }
  const { guard } = state;
  if (guard.kind === 'undrawn') return [state, []];
  if (guard.kind === 'drawn' && atMs < guard.atMs + GUARD_MS) return [state, []];
  const open: ReviewState = {
    ...state,
    guard: { kind: 'open' },
    hint: null,
    asked: null,
  };
  if (isTooSmall(state.size)) {
    return namesOf(key).includes('q') ? pressReading(open, 'q') : [open, []];
  }
  switch (state.stage.kind) {
    case 'reading':
      return pressAll({ ...open, asked: state.asked }, key);
    case 'typing':
      return pressTyping(open, state.stage, key);
    case 'confirm':
      return pressConfirm(open, state.stage, key);
    case 'help':
      return [pressHelp(open, key), []];
    default:
      return [state, []];
  }
}

/** The letters of one read, until one of them asks something: the rest was typed unseen. */
function pressAll(state: ReviewState, key: Key): ReviewUpdate {
  let next = state;
  for (const name of namesOf(key)) {
    const { asked } = next;
    const [pressed, effects] = pressReading({ ...next, hint: null }, name);
    const isAskedNow = pressed.asked !== null && pressed.asked !== asked;
    next = settle(isAskedNow ? pressed : { ...pressed, asked: null });
    if (effects.length > 0 || isAskedNow || next.stage.kind !== 'reading') return [next, effects];
  }
  return [next, []];
}

function pressTyping(
  state: ReviewState,
  stage: Extract<Stage, { kind: 'typing' }>,
  key: Key,
): ReviewUpdate {
  const chord = key.kind === 'key' ? chordOf(key) : '';
  const back: ReviewState = { ...state, stage: { kind: 'reading' } };
  if (chord === 'escape') return [back, []];
  if (chord !== 'enter') {
    const draft = pressInLine(stage.draft, key) ?? stage.draft;
    return [{ ...state, stage: { ...stage, draft } }, []];
  }
  const text = stage.draft.text.trim();
  switch (stage.what) {
    case 'search':
      return [search(back, stage.draft.text), []];
    case 'leave-out':
      return [offerReturn(takeHunk(back, false, text), text), []];
    case 'reject':
      return [
        { ...state, stage: { kind: 'busy', what: 'Rejecting.', isFinal: true } },
        [{ kind: 'reject', reason: text }],
      ];
    default:
      return stage.what satisfies never;
  }
}

/** Said where the key does something, right when it begins to. */
function offerReturn(state: ReviewState, reason: string): ReviewState {
  if (reason === '' || state.hint !== null || barOf(state) !== null) return state;
  return say(
    state,
    'Left out. m sends it back to the model with your reason; a approves the rest.',
  );
}

const SCROLLS: Readonly<Record<string, number>> = { up: -1, down: 1, pageup: -10, pagedown: 10 };

/** A paste approves nothing. */
function pressConfirm(
  state: ReviewState,
  stage: Extract<Stage, { kind: 'confirm' }>,
  key: Key,
): ReviewUpdate {
  if (key.kind === 'paste') return [state, []];
  const chord = key.kind === 'key' ? chordOf(key) : '';
  if (chord === 'escape') return [reading(state, 'Not approved.'), []];
  if (chord === 'enter') return answer(state, stage);
  if (Object.hasOwn(SCROLLS, chord)) return [scroll(state, SCROLLS[chord] ?? 0), []];
  const draft = pressInLine(stage.draft, key) ?? stage.draft;
  return [{ ...state, stage: { ...stage, draft } }, []];
}

function pressHelp(state: ReviewState, key: Key): ReviewState {
  const chord = key.kind === 'key' ? chordOf(key) : '';
  if (Object.hasOwn(SCROLLS, chord)) return scroll(state, SCROLLS[chord] ?? 0);
  return { ...state, stage: { kind: 'reading' } };
}

function takeChanges(
  state: ReviewState,
  event: Extract<ReviewEvent, { kind: 'changes' }>,
): ReviewState {
  const work = state.steps.find(({ step }) => step.id === event.step);
  // Of a revision that is no longer shown, or of a step that has been read.
  const isOld = event.planHash !== state.record.plan.hash || work?.files.kind !== 'waiting';
  if (work === undefined || isOld) return state;
  const files = softened(work, event.files, rehearsalOf(state.record));
  return searchAgain(withWork(state, { ...work, files }));
}

function takeCage(state: ReviewState, result: Result<CageReport>): ReviewState {
  const cage: SeenCage = result.ok
    ? { kind: 'known', report: result.value }
    : { kind: 'failed', message: result.error.message };
  return { ...state, cage };
}

function takeEdited(state: ReviewState, step: string, edit: Result<Edited>): ReviewState {
  // The screen was the editor's, and is drawn anew.
  const back: ReviewState = { ...state, stage: { kind: 'reading' }, guard: { kind: 'undrawn' } };
  if (!edit.ok) return say(back, edit.error.message);
  const work = state.steps.find((one) => one.step.id === step);
  const file = work?.files.kind === 'ready' ? work.files.files[0] : undefined;
  if (work === undefined || file === undefined) return back;
  const { text, hunks } = edit.value;
  const next = withFile(work, 0, edited(file, text, hunks));
  return searchAgain(say(withWork(back, next), 'What you wrote is what the step would write.'));
}

function takeRejected(state: ReviewState, reason: string, result: Result<void>): ReviewUpdate {
  if (!result.ok) return [reading(state, `Not rejected: ${result.error.message}`), []];
  const end = { kind: 'rejected', reason } as const;
  return [{ ...state, stage: { kind: 'over' } }, [{ kind: 'end', end }]];
}
