import type { Coloring } from '../../core/display/paint.ts';
import { fail, ok } from '../../core/result.ts';
import type { CageReport, Mode, Result } from '../../core/types.ts';
import type { Key } from '../keys/key.ts';
import type { Look, Size } from '../live/view.ts';
import { createFullScreen } from './full-screen.ts';
import { layoutReview } from './layout-review.ts';
import type { ReviewEnd, ReviewSource } from './review-source.ts';
import {
  openReview,
  type ReviewEffect,
  type ReviewEvent,
  type ReviewState,
  type ReviewUpdate,
} from './review-state.ts';
import { filesOf } from './step-work.ts';
import { updateReview } from './update-review.ts';

/** What the screen needs of the terminal that it is shown in. */
export type ReviewHost = {
  readonly write: (data: string, onWritten: () => void) => void;
  readonly size: () => Size;
  readonly look: Look;
  readonly coloring: Coloring;
  readonly mode: Mode;
  readonly nowMs: () => number;
  /** Lets the person edit a text; the terminal is the editor's meanwhile. */
  readonly edit: (text: string, extension: string) => Promise<Result<string>>;
  readonly onEnd: (end: ReviewEnd) => void;
};

/** The review while it is open. Keys are handed to it; it draws by itself. */
export type ReviewScreen = {
  /** Takes the screen, also after it was given back for a while. */
  enter(): void;
  press(keys: readonly Key[]): void;
  resize(): void;
  /** What gives the former screen back. It may be written by an exit handler. */
  leave(): string;
  /** It ends undecided. */
  close(): void;
};

export function createReviewScreen(source: ReviewSource, host: ReviewHost): ReviewScreen {
  const screen = createFullScreen(host.write, host.coloring, host.mode);
  const stopping = new AbortController();
  const [opened, first] = openReview(source.record(), {
    size: host.size(),
    look: host.look,
    cannotSendBack: source.cannotSendBack(),
  });
  let state: ReviewState = opened;
  let loads = first;
  let isOver = false;
  /** Frames are numbered: one that was overtaken tells nothing of what stands there. */
  let frame = 0;

  const send = (event: ReviewEvent): void => apply(updateReview(state, event));

  function apply([next, effects]: ReviewUpdate): void {
    const isNew = next !== state;
    state = next;
    if (isNew && !isOver) draw();
    follow(effects);
  }

  function draw(): void {
    const mine = ++frame;
    screen.draw(layoutReview(state), () => {
      if (mine !== frame || isOver) return;
      // What is on the screen has not changed by being there.
      [state] = updateReview(state, { kind: 'drawn', atMs: host.nowMs() });
    });
  }

  function follow(effects: readonly ReviewEffect[]): void {
    const steps = effects.filter((effect) => effect.kind === 'load');
    if (steps.length > 0) void load(steps);
    for (const effect of effects) if (effect.kind !== 'load') void perform(effect);
  }

  /** One step after the other, the first one first: a person looks at that. */
  async function load(effects: readonly Extract<ReviewEffect, { kind: 'load' }>[]): Promise<void> {
    for (const { step, planHash } of effects) {
      const result = await settled(source.changes(step.id, stopping.signal));
      if (stopping.signal.aborted) return;
      send({ kind: 'changes', planHash, step: step.id, files: filesOf(step, result) });
    }
  }

  async function perform(effect: Exclude<ReviewEffect, { kind: 'load' }>): Promise<void> {
    switch (effect.kind) {
      case 'cage':
        return send({ kind: 'cage', result: await settled(askCage()) });
      case 'edit':
        return edit(effect);
      case 'amend': {
        const { amendment } = effect;
        const result = await settled(source.amend(amendment, stopping.signal));
        return send({ kind: 'amended', amendment, result });
      }
      case 'approve':
        return send({
          kind: 'approved',
          wish: effect.wish,
          result: await settled(source.approve(effect.wish)),
        });
      case 'reject':
        return send({
          kind: 'rejected',
          reason: effect.reason,
          result: await settled(source.reject(effect.reason)),
        });
      case 'end':
        return end(effect.end);
      default:
        return effect satisfies never;
    }
  }

  async function askCage(): Promise<Result<CageReport>> {
    return ok(await source.cage());
  }

  async function edit(effect: Extract<ReviewEffect, { kind: 'edit' }>): Promise<void> {
    const { step, before, text, extension } = effect;
    const written = await host.edit(text, extension);
    if (isOver) return;
    const isSame = written.ok && written.value === text;
    const result = isSame ? fail('cancelled', 'Nothing was changed.') : written;
    send({
      kind: 'edited',
      step,
      edit: result.ok
        ? ok({ text: result.value, hunks: source.hunks(before, result.value) })
        : result,
    });
  }

  function end(how: ReviewEnd): void {
    if (isOver) return;
    isOver = true;
    stopping.abort();
    host.onEnd(how);
  }

  return {
    enter() {
      screen.enter();
      state = { ...state, guard: { kind: 'undrawn' } };
      send({ kind: 'resized', size: host.size() });
      follow(loads);
      loads = [];
    },
    press(keys) {
      const atMs = host.nowMs();
      for (const key of keys) if (!isOver) send({ kind: 'key', key, atMs });
    },
    resize() {
      screen.forget();
      send({ kind: 'resized', size: host.size() });
    },
    leave: () => screen.leave(),
    close: () => end({ kind: 'closed' }),
  };
}

/** What is thrown by what was brought is a failure like any other. */
async function settled<T>(work: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work;
  } catch (cause) {
    return fail('failed', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
