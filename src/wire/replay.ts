import { createTextRetriever } from '../adapters/retrieval/text-retriever.ts';
import type { TalkHead } from '../core/models/talk.ts';
import { ok } from '../core/result.ts';
import type { Clock, ConfigReader, Replayer } from '../ports.ts';
import type { LookingDeps } from '../runtime/deps.ts';
import { createReplayer } from '../runtime/replay-session.ts';

/** Plays sessions again: the same readers, but time, chance and models are those of the record. */
export const openReplayer = (workspace: string, deps: () => LookingDeps): Replayer =>
  createReplayer({
    deps,
    workspace,
    async open(record, hosts) {
      const { openReplayClient } = await import('../adapters/ollama/replay-client.ts');
      let head: TalkHead | null = null;
      let id: string | null = null;
      const now = () => new Date(head?.at ?? 0);
      // Time stands still while a talk is played: no bound of time cuts anything off.
      const clock: Clock = { now, monotonicMs: () => now().getTime() };
      const opened = openReplayClient({ record, hosts, clock });
      if (!opened.ok) return opened;
      const { client, enter, tally } = opened.value;
      const { readers, ...rest } = deps();
      const pinned = pin(readers.config, () => head?.chosen ?? '');
      return ok({
        deps: {
          ...rest,
          readers: {
            ...readers,
            talker: client,
            models: client,
            config: pinned,
            retriever: createTextRetriever({ files: readers.files, clock }),
          },
          clock,
          newId: () => id ?? 'replay',
          input: null,
        },
        enter(talk, next, planId, speed) {
          head = next;
          id = planId;
          enter(talk, speed);
        },
        tally,
      });
    },
  });

/** The configuration of today, with the model that was chosen then. */
const pin = (config: ConfigReader, model: () => string): ConfigReader => ({
  schema: config.schema,
  load() {
    const loaded = config.load();
    if (!loaded.ok) return loaded;
    const settings = { ...loaded.value.settings, model: model() };
    return ok({ ...loaded.value, settings });
  },
});
