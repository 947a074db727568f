import { describe, expect, it } from 'vitest';
import { parseOllamaHost } from '../../src/adapters/ollama/host.ts';
import { httpWire } from '../../src/adapters/ollama/http-wire.ts';
import { listInstalled } from '../../src/adapters/ollama/installed.ts';
import { isSameModel } from '../../src/core/models/names.ts';
import { asking, hear, never, openClient } from '../support/model-client.ts';
import { describeServer } from '../support/ollama/scenarios.ts';

/**
 * The scenarios of the scripted server against a real one: where OLLAMA_HOST answers, with the
 * small model that TINYCODE_LIVE_MODEL names. Whatever it says is right.
 */
const host = process.env.OLLAMA_HOST ?? '127.0.0.1:11434';
const model = process.env.TINYCODE_LIVE_MODEL ?? '';
/** A processor without help writes a few tokens a second. */
const PATIENCE_MS = 600_000;
const isThere = model !== '' && (await isInstalled(model));

async function isInstalled(name: string): Promise<boolean> {
  const parsed = parseOllamaHost(host);
  const models = parsed.ok ? await listInstalled(httpWire, parsed.value, never) : parsed;
  return models.ok && models.value.some((one) => isSameModel(one.name, name));
}

describe.skipIf(!isThere)('with a real Ollama', () => {
  const open = async () => ({
    host,
    model,
    talkative: 'Count from one to ten thousand, every number on a line of its own.',
  });
  describeServer('the live server', open, PATIENCE_MS);

  it('loads with the very options of a chat, so that the chat loads nothing anew', async () => {
    const client = openClient(host, { usualContextTokens: 1536 });
    await client.warm(model, never);
    const heard = await hear(client, asking('Hello', { model, maxTokens: 8 }));
    expect(heard.kinds[0]).toBe('reading');
    expect(heard.end.ok && heard.end.value.loadMs).toBeLessThan(1000);
  });
});
