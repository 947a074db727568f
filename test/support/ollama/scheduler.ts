import type { Connection } from './connection.ts';
import type { FakeModel } from './fake-model.ts';

/** What the server has in memory, and who waits for it. */
export type Scheduler = {
  readonly loads: readonly { readonly model: string; readonly contextTokens: number }[];
  readonly loaded: ReadonlyMap<string, Loaded>;
  /** False: there is no room in the queue. Waits for a load and for its turn. */
  enter(model: FakeModel, options: Options, client: Connection): Promise<boolean>;
  leave(): void;
  unload(model: FakeModel): void;
};
export type Loaded = {
  readonly model: FakeModel;
  readonly contextTokens: number;
  readonly expiresAt: number;
};
type Options = { readonly contextTokens: number; readonly keepAliveMs: number };

export function createScheduler(given: {
  readonly parallel: number;
  readonly maxQueue: number;
}): Scheduler {
  const loads: { model: string; contextTokens: number }[] = [];
  const loaded = new Map<string, Loaded>();
  const queue: (() => void)[] = [];
  let running = 0;
  const next = (): void => {
    while (running < given.parallel && queue.length > 0) {
      running += 1;
      queue.shift()?.();
    }
  };
  return {
    loads,
    loaded,
    async enter(model, options, client) {
      if (queue.length >= given.maxQueue) return false;
      await new Promise<void>((resolve) => {
        queue.push(resolve);
        next();
      });
      const there = loaded.get(model.name);
      if (!client.isGone && there?.contextTokens !== options.contextTokens) {
        loaded.delete(model.name);
        await client.wait(model.loadMs);
        if (!client.isGone) loads.push({ model: model.name, contextTokens: options.contextTokens });
      }
      const expiresAt = Date.now() + options.keepAliveMs;
      if (!client.isGone) {
        loaded.set(model.name, { model, contextTokens: options.contextTokens, expiresAt });
      }
      return true;
    },
    leave() {
      running -= 1;
      next();
    },
    unload: (model) => void loaded.delete(model.name),
  };
}
