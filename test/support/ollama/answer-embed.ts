import type { WireRequest } from '../../../src/core/models/exchange.ts';
import { contextOf } from './answer-chat.ts';
import type { Connection } from './connection.ts';
import { vectorOf } from './fake-model.ts';
import type { Stage } from './scripted-server.ts';
import { split } from './spoken.ts';

export async function answerEmbed(
  stage: Stage,
  { body = {} }: WireRequest,
  client: Connection,
): Promise<void> {
  const model = stage.find(body.model);
  if (!model) {
    return client.json(404, { error: `model "${body.model}" not found, try pulling it first` });
  }
  const contextTokens = contextOf(stage, model, body);
  await stage.scheduler.enter(model, { contextTokens, keepAliveMs: 300_000 }, client);
  stage.scheduler.leave();
  if (client.isGone) return;
  const input = typeof body.input === 'string' ? [body.input] : ((body.input ?? []) as string[]);
  const counts = input.map((text) => split(text).length);
  if (body.truncate === false && counts.some((count) => count > contextTokens)) {
    return client.json(400, { error: 'the input length exceeds the context length' });
  }
  client.json(200, {
    model: body.model,
    embeddings: input.map((text) => vectorOf(text, model.dimension)),
    total_duration: 1_000_000,
    load_duration: 1_000_000,
    prompt_eval_count: counts.reduce((sum, count) => sum + count, 0),
  });
}
