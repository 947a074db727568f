import { isSameModel } from '../../../core/models/names.ts';
import { ok } from '../../../core/result.ts';
import { nextWindow } from '../../../core/trial/learn-window.ts';
import { hideNeedle } from '../../../core/trial/needle.ts';
import type { WindowTrial } from '../../../core/trial/trials.ts';
import type { Result } from '../../../core/types.ts';
import type { Bench, Talker } from './open-bench.ts';

export type TriedWindows = {
  readonly windows: readonly WindowTrial[];
  /** The window that the model was loaded with last. */
  readonly lastTokens: number;
  readonly isWhole: boolean;
};

/** Larger windows as long as a fact at their beginning is still known at their end. */
export async function tryWindows(
  bench: Bench,
  first: Talker,
  sizes: { readonly startTokens: number; readonly mostTokens: number },
): Promise<Result<TriedWindows>> {
  const windows: WindowTrial[] = [];
  let lastTokens = sizes.startTokens;
  for (;;) {
    const tokens = nextWindow(windows, sizes);
    if (tokens === null) return ok({ windows, lastTokens, isWhole: true });
    const opened = tokens === sizes.startTokens ? ok(first) : await bench.open(tokens);
    if (!opened.ok) return opened;
    const before = bench.requests();
    const tried = await tryWindow(bench, opened.value, tokens);
    if (!tried.ok) return tried;
    if (bench.requests() > before) lastTokens = tokens;
    if (tried.value === null) return ok({ windows, lastTokens, isWhole: false });
    windows.push(tried.value);
  }
}

/** So much of a window is filled: its template and the answer need the rest. */
const FILLED = 0.82;
const ANSWER_TOKENS = 40;
/** A fact that was missed may be missed by chance. */
const TRIES = 2;

/** Null: there was no time for it. */
async function tryWindow(
  bench: Bench,
  talker: Talker,
  contextTokens: number,
): Promise<Result<WindowTrial | null>> {
  let seen: WindowTrial | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const estimate = (text: string) => bench.estimate(text, 'prose');
    const needle = hideNeedle(contextTokens * FILLED, estimate, tries);
    const answer = await bench.ask(talker, {
      messages: [{ role: 'user', text: needle.text }],
      output: { kind: 'text' },
      text: 'prose',
      maxTokens: ANSWER_TOKENS,
      expectedTokens: ANSWER_TOKENS,
      until: 1,
    });
    const trial = { contextTokens, promptTokens: 0, outcome: 'refused', isSpilled: false } as const;
    switch (answer.kind) {
      case 'no-time':
        return ok(null);
      case 'failed':
        // A window may be too much for the machine; but then its server still answers.
        return answer.error.code !== 'cancelled' && (await isThere(bench, talker))
          ? ok(trial)
          : { ok: false, error: answer.error };
      case 'wrong':
        seen = trial;
        break;
      case 'answered': {
        const { promptTokens, text } = answer.end;
        const isSpilled = await hasSpilled(bench, talker);
        const isFound = needle.isFound(text);
        seen = { contextTokens, promptTokens, outcome: isFound ? 'found' : 'lost', isSpilled };
        if (isFound) return ok(seen);
        break;
      }
      default:
        answer satisfies never;
    }
  }
  return ok(seen);
}

const isThere = async ({ context }: Bench, talker: Talker): Promise<boolean> =>
  (await talker.list(context.signal)).ok;

/** Where there is no graphics card nothing of it lies there, and nothing has to leave it. */
async function hasSpilled({ context, card }: Bench, talker: Talker): Promise<boolean> {
  const listed = await talker.list(context.signal);
  const cards = listed.ok ? listed.value : [];
  const loaded = cards.find(({ name }) => isSameModel(name, card.name))?.loaded ?? null;
  return loaded !== null && loaded.vramBytes > 0 && loaded.vramBytes < loaded.bytes;
}
