import stringWidth from 'string-width';
import { textOf } from '../../src/core/display/line.ts';
import { ok } from '../../src/core/result.ts';
import type { PlanRecord } from '../../src/core/types.ts';
import { createDecoder } from '../../src/tui/keys/decoder.ts';
import { layoutReview } from '../../src/tui/review/layout-review.ts';
import {
  openReview,
  type ReviewEffect,
  type ReviewEvent,
  type ReviewState,
} from '../../src/tui/review/review-state.ts';
import { filesOf } from '../../src/tui/review/step-work.ts';
import { updateReview } from '../../src/tui/review/update-review.ts';
import type { MemoryReview } from './memory-review.ts';

/** A review without a screen: keys in, what it wants done and what it would show out. */
export type PressedReview = {
  /** Types bytes, each once what was before stands on the screen long enough to be read. */
  press(bytes: string): void;
  /** All bytes in one read, without waiting for anything to be drawn. */
  burst(bytes: string): void;
  /** The same, once the screen is drawn and so many milliseconds have gone by. */
  pressAfter(ms: number, bytes: string): void;
  send(event: ReviewEvent): void;
  /** Carries out what is wanted of the source, until nothing is. */
  settle(): Promise<void>;
  state(): ReviewState;
  effects(): readonly ReviewEffect[];
  show(): readonly string[];
};

const LONG_MS = 10_000;

export function pressReview(
  source: MemoryReview,
  {
    columns = 100,
    rows = 40,
    record = source.record(),
    isAscii = false,
  }: { columns?: number; rows?: number; record?: PlanRecord; isAscii?: boolean } = {},
): PressedReview {
  const width = (text: string) => stringWidth(text);
  const look = { width, isAscii, isReflowed: true };
  let now = 0;
  let [state, effects] = openReview(record, {
    size: { columns, rows },
    look,
    cannotSendBack: source.cannotSendBack(),
  });
  let wanted: ReviewEffect[] = [...effects];
  const seen: ReviewEffect[] = [];

  function send(event: ReviewEvent): void {
    [state, effects] = updateReview(state, event);
    wanted.push(...effects);
    seen.push(...effects);
  }

  function type(bytes: string): void {
    const decoder = createDecoder();
    const keys = [...decoder.push(new TextEncoder().encode(bytes)), ...decoder.flush()];
    for (const key of keys) send({ kind: 'key', key, atMs: now });
  }

  async function perform(effect: ReviewEffect): Promise<void> {
    const { signal } = new AbortController();
    if (effect.kind === 'load') {
      const { step, planHash } = effect;
      const files = filesOf(step, await source.changes(step.id, signal));
      send({ kind: 'changes', planHash, step: step.id, files });
    } else if (effect.kind === 'cage') {
      send({ kind: 'cage', result: ok(await source.cage()) });
    } else if (effect.kind === 'amend') {
      const { amendment } = effect;
      send({ kind: 'amended', amendment, result: await source.amend(amendment, signal) });
    } else if (effect.kind === 'approve') {
      send({ kind: 'approved', wish: effect.wish, result: await source.approve(effect.wish) });
    } else if (effect.kind === 'reject') {
      const result = await source.reject(effect.reason);
      send({ kind: 'rejected', reason: effect.reason, result });
    }
  }

  return {
    press(bytes) {
      // An escape sequence is one key.
      for (const key of bytes.match(/\x1b\[[0-9;]*[A-Za-z~]|./gs) ?? []) {
        send({ kind: 'drawn', atMs: now });
        now += LONG_MS;
        type(key);
      }
    },
    burst: type,
    pressAfter(ms, bytes) {
      send({ kind: 'drawn', atMs: now });
      now += ms;
      type(bytes);
    },
    send,
    async settle() {
      for (let effect = wanted.shift(); effect !== undefined; effect = wanted.shift()) {
        await perform(effect);
      }
      wanted = [];
    },
    state: () => state,
    effects: () => seen,
    show: () => layoutReview(state).lines.map((line) => textOf(line).trimEnd()),
  };
}
