import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../../src/core/models/check-schema.ts';
import type { JsonObject } from '../../../src/core/types.ts';
import type { ModelClient } from '../../../src/ports.ts';
import { asking, hear, never, openClient, troubleIn } from '../model-client.ts';

/** A server and a model on it, which may say whatever it likes. */
export type Scenery = {
  readonly host: string;
  readonly model: string;
  /** It can be made to talk for long enough to be stopped. */
  readonly talkative: string;
};

const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    goal: { type: 'string', maxLength: 20 },
    steps: { type: 'array', minItems: 1, maxItems: 2, items: { enum: ['look', 'write'] } },
    isDone: { type: 'boolean' },
  },
  required: ['goal', 'steps', 'isDone'],
  additionalProperties: false,
};

/** The answer is cut after so many tokens: what is said is of no interest. */
const SHORT = { maxTokens: 24, temperature: 0.7, seed: 5 } as const;

/** What holds for any server that speaks the protocol, whatever the model says. */
export function describeServer(name: string, open: () => Promise<Scenery>, timeout = 30_000): void {
  describe(name, { timeout }, () => {
    const begin = async (): Promise<Scenery & { readonly client: ModelClient }> => {
      const scenery = await open();
      return { ...scenery, client: openClient(scenery.host, { usualContextTokens: 1024 }) };
    };

    it('lists the model with its size, its window and what it can do', async () => {
      const { client, model } = await begin();
      const cards = await client.list(never);
      const card = cards.ok ? cards.value.find((one) => one.name.startsWith(model)) : undefined;
      expect(card).toMatchObject({
        isRemote: false,
        abilities: expect.arrayContaining(['completion']),
      });
      expect(card?.digest).toMatch(/^[0-9a-f]{12,}$/);
      expect(card?.sizeBytes).toBeGreaterThan(1000);
      expect(card?.maxContextTokens).toBeGreaterThan(500);
      const shown = await client.show(model, never);
      expect(shown).toMatchObject({
        ok: true,
        value: { maxContextTokens: card?.maxContextTokens },
      });
      const [server] = await client.servers(never);
      expect(server).toMatchObject({ isHere: true, version: { ok: true } });
    });

    it('loads at the first request, and never again in the session', async () => {
      const { client, model } = await begin();
      expect(await client.unload(model, never)).toEqual({ ok: true, value: undefined });
      const request = asking('Say something.', { ...SHORT, model });
      const first = await hear(client, request);
      expect(first.kinds.slice(0, 2)).toEqual(['loading', 'reading']);
      expect(first.end).toMatchObject({ ok: true });
      const second = await hear(client, asking('And now?', { ...SHORT, model }));
      expect(second.kinds[0]).toBe('reading');
      const window = await client.window(model, never);
      const cards = await client.list(never);
      const card = cards.ok ? cards.value.find((one) => one.name.startsWith(model)) : undefined;
      expect(card?.loaded?.contextTokens).toBe(window.ok && window.value.tokens);
      expect(Date.parse(card?.loaded?.expiresAt ?? '')).toBeGreaterThan(Date.now());
    });

    it('counts what it read and what it wrote', async () => {
      const { client, model } = await begin();
      const heard = await hear(client, asking('Say something long.', { ...SHORT, model }));
      const { end } = heard;
      expect(end.ok && end.value.promptTokens).toBeGreaterThan(2);
      expect(end.ok && end.value.answerTokens).toBeGreaterThan(0);
      expect(end.ok && end.value.answerTokens).toBeLessThanOrEqual(24);
      expect(end.ok && end.value.text).toBe(heard.text);
      expect(end.ok && end.value.totalMs).toBeGreaterThan(0);
    });

    it('says the same for the same seed, and asks only once', async () => {
      const { host, model } = await begin();
      const request = asking('Tell me a story.', { ...SHORT, model });
      const one = openClient(host, { usualContextTokens: 1024 });
      const first = await hear(one, request);
      const again = await hear(one, request);
      const other = await hear(openClient(host, { usualContextTokens: 1024 }), request);
      expect(first.end.ok && first.end.value.isCached).toBe(false);
      expect(again.end.ok && again.end.value.isCached).toBe(true);
      expect(other.end.ok && other.end.value.isCached).toBe(false);
      expect([again.text, other.text]).toEqual([first.text, first.text]);
    });

    it('holds an answer to a schema', async () => {
      const { client, model } = await begin();
      const output = { kind: 'schema', schema: SCHEMA } as const;
      const request = asking('Plan.', { model, output, temperature: 0.7, seed: 5, maxTokens: 800 });
      const { end } = await hear(client, request);
      expect(end).toMatchObject({ ok: true });
      expect(end.ok && checkSchema(end.value.value ?? null, SCHEMA)).toEqual([]);
    });

    it('says so where an answer to a schema breaks off', async () => {
      const { client, model } = await begin();
      const output = { kind: 'schema', schema: SCHEMA } as const;
      const request = asking('Plan.', { model, output, temperature: 0.7, seed: 5, maxTokens: 3 });
      expect((await hear(client, request)).trouble).toBe('cut-json');
    });

    it('refuses what does not fit into the window, instead of leaving some of it out', async () => {
      const { client, model } = await begin();
      const text = '4711 0815. '.repeat(600);
      expect((await hear(client, asking(text, { model }))).trouble).toBe('window');
    });

    it('breaks off where the window is full, and says so', async () => {
      const { client, model, talkative } = await begin();
      const request = asking(talkative, { model, maxTokens: 4000, temperature: 0.9, seed: 3 });
      const { end, trouble } = await hear(client, request);
      // A model that says the same for ever is stopped before.
      if (end.ok) expect(['window', 'stop']).toContain(end.value.why);
      else expect(trouble).toBe('repetition');
    });

    it('stops at once, and the server is free again', async () => {
      const { client, model, talkative } = await begin();
      await client.warm(model, never);
      const controller = new AbortController();
      const request = asking(talkative, { model, maxTokens: 3000, temperature: 0.9, seed: 4 });
      let stoppedAt = 0;
      const heard = await hear(client, request, controller.signal, ({ kind }) => {
        if (kind !== 'text' || stoppedAt > 0) return;
        stoppedAt = performance.now();
        controller.abort();
      });
      expect(heard.trouble).toBe('cancelled');
      expect(performance.now() - stoppedAt).toBeLessThan(500);
      expect(await hear(client, asking('Hello?', { ...SHORT, model }))).toMatchObject({
        end: { ok: true },
      });
    });

    it('serves two at the same time', async () => {
      const { host, model } = await begin();
      const ends = await Promise.all(
        [1, 2].map(async (seed) => {
          const client = openClient(host, { usualContextTokens: 1024 });
          return (await hear(client, asking('Hello', { ...SHORT, model, seed }))).end;
        }),
      );
      expect(ends).toMatchObject([{ ok: true }, { ok: true }]);
    });

    it('makes vectors of length 1, and refuses what is too long', async () => {
      const { client, model } = await begin();
      const made = await client.embed({ model, texts: ['one', 'two', 'one'] }, never);
      const vectors = made.ok ? made.value.vectors : [];
      expect(vectors).toHaveLength(3);
      for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
      expect(vectors[0]).toEqual(vectors[2]);
      expect(vectors[0]).not.toEqual(vectors[1]);
      const long = await client.embed({ model, texts: ['4711 0815. '.repeat(3000)] }, never);
      expect(troubleIn(long)).toBe('window');
    });

    it('knows what is not there', async () => {
      const { client } = await begin();
      const heard = await hear(client, asking('Hello', { model: 'not-there:1b' }));
      expect(heard.trouble).toBe('no-model');
      expect(heard.end).toMatchObject({ error: { hint: 'ollama pull not-there:1b' } });
    });
  });
}
