import { fullName } from '../../core/models/names.ts';
import { failModel } from '../../core/models/trouble.ts';
import { USUAL_CONTEXT_TOKENS } from '../../core/models/usual-window.ts';
import { ok } from '../../core/result.ts';
import type { ModelDetails, ModelWindow, Result } from '../../core/types.ts';

/**
 * One window for each model as long as the session lasts: a request with another one makes the
 * server load the model anew, which takes seconds to minutes.
 */
export type Windows = {
  /** The one that was decided, if one was. */
  known(model: string): ModelWindow | undefined;
  /**
   * Decided at the first request: what is loaded, else what was learned, else what its makers
   * chose, else the usual. With 0 for what is not there.
   */
  get(details: ModelDetails, loadedTokens: number, learnedTokens: number): ModelWindow;
  /** A request goes out with it: from now on it only grows. */
  use(window: ModelWindow): void;
  set(details: ModelDetails, tokens: number): Result<ModelWindow>;
};

/** Less than this is not worth keeping only because it is loaded. */
const LEAST_LOADED_TOKENS = 2048;
const LEAST_TOKENS = 256;
const MOST_CHANGES = 4;

export function createWindows(usualTokens = USUAL_CONTEXT_TOKENS): Windows {
  const windows = new Map<string, ModelWindow>();
  const used = new Set<string>();
  const changes = new Map<string, number>();
  const keep = (window: ModelWindow): ModelWindow => {
    windows.set(fullName(window.model), window);
    return window;
  };
  return {
    known: (model) => windows.get(fullName(model)),
    get(details, loadedTokens, learnedTokens) {
      const known = windows.get(fullName(details.name));
      if (known) return known;
      const max = details.maxContextTokens || Number.MAX_SAFE_INTEGER;
      const base = { model: details.name, maxTokens: max };
      if (loadedTokens >= LEAST_LOADED_TOKENS || loadedTokens === max) {
        return keep({ ...base, tokens: loadedTokens, from: 'loaded' });
      }
      if (learnedTokens >= LEAST_TOKENS) {
        return keep({ ...base, tokens: Math.min(learnedTokens, max), from: 'learned' });
      }
      const chosen = details.chosenContextTokens;
      if (chosen > 0) return keep({ ...base, tokens: Math.min(chosen, max), from: 'model' });
      return keep({ ...base, tokens: Math.min(usualTokens, max), from: 'default' });
    },
    use: ({ model }) => void used.add(fullName(model)),
    set(details, tokens) {
      const name = fullName(details.name);
      const max = details.maxContextTokens || Number.MAX_SAFE_INTEGER;
      const wanted = Math.min(Math.max(Math.floor(tokens), LEAST_TOKENS), max);
      const known = windows.get(name);
      const isUsed = used.has(name);
      if (known && isUsed && known.tokens >= wanted) return ok(known);
      const changed = isUsed ? (changes.get(name) ?? 0) + 1 : 0;
      if (changed > MOST_CHANGES) {
        return failModel('window', `The window of ${details.name} was changed too often.`, {
          hint: 'Every change loads the model anew. Start a session with the window that you need.',
        });
      }
      changes.set(name, changed);
      return ok(keep({ model: details.name, tokens: wanted, maxTokens: max, from: 'chosen' }));
    },
  };
}
