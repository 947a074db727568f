import { estimateTokens } from '../core/models/estimate-tokens.ts';
import type { Result } from '../core/types.ts';
import type { Clock, ModelClient, ModelReader, ModelTalker, Settings } from '../ports.ts';

/** The client of models, loaded with the first question. */
export function openModels(
  { ollamaHost }: Settings,
  clock: Pick<Clock, 'monotonicMs'>,
): ModelTalker & ModelReader {
  let opening: Promise<Result<ModelClient>> | undefined;
  let client: ModelClient | undefined;
  const open = async (): Promise<Result<ModelClient>> => {
    opening ??= import('../adapters/ollama/client.ts').then(({ createModelClient }) =>
      // A host of another machine is named by the person alone: a workspace's own file that names
      // one waits until it is trusted.
      createModelClient({ hosts: ollamaHost, mayLeaveMachine: true, clock }),
    );
    const opened = await opening;
    if (opened.ok) client = opened.value;
    return opened;
  };
  return {
    async list(signal) {
      const opened = await open();
      return opened.ok ? opened.value.list(signal) : opened;
    },
    async show(model, signal) {
      const opened = await open();
      return opened.ok ? opened.value.show(model, signal) : opened;
    },
    async servers(signal) {
      const opened = await open();
      return opened.ok ? opened.value.servers(signal) : [];
    },
    async *chat(request, signal) {
      const opened = await open();
      if (opened.ok) yield* opened.value.chat(request, signal);
      else yield { kind: 'end', result: opened };
    },
    async embed(request, signal) {
      const opened = await open();
      return opened.ok ? opened.value.embed(request, signal) : opened;
    },
    async window(model, signal) {
      const opened = await open();
      return opened.ok ? opened.value.window(model, signal) : opened;
    },
    async setWindow(model, tokens, signal) {
      const opened = await open();
      return opened.ok ? opened.value.setWindow(model, tokens, signal) : opened;
    },
    estimate: (model, text) => client?.estimate(model, text) ?? estimateTokens(text),
  };
}
