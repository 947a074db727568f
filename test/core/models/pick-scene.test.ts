import { describe, expect, it } from 'vitest';
import type { WireRequest } from '../../../src/core/models/exchange.ts';
import { type PlacedScene, pickScene } from '../../../src/core/models/pick-scene.ts';

const tags: WireRequest = { method: 'GET', path: '/api/tags' };
const chat = (text: string, more: object = {}): WireRequest => ({
  method: 'POST',
  path: '/api/chat',
  body: {
    model: 'm',
    messages: text === '' ? [] : [{ role: 'user', content: text }],
    options: { num_ctx: 8192, num_predict: text.length },
    ...more,
  },
});
const scene = (talk: number, request: WireRequest, host = 'a:1'): PlacedScene => ({
  talk,
  request,
  host,
  reply: { status: 200, lines: [], end: 'complete' },
});

const pick = (
  record: readonly PlacedScene[],
  request: WireRequest,
  { talk = 0, host = 'a:1', played = [] as readonly number[] } = {},
) => pickScene(record, request, { talk, host }, new Map(played.map((at) => [at, 1])));

describe('what a request is answered with when a talk is played again', () => {
  it('is what the same request was answered with in the same talk, each time once', () => {
    const record = [scene(0, chat('b')), scene(0, chat('a')), scene(0, chat('a'))];
    expect(pick(record, chat('a'))).toEqual({ at: 1, fit: 'same' });
    expect(pick(record, chat('a'), { played: [1] })).toEqual({ at: 2, fit: 'same' });
  });

  it('is the next in order where only the words and the room for the answer are others', () => {
    const record = [scene(0, chat('')), scene(0, chat('one')), scene(0, chat('two'))];
    expect(pick(record, chat('other'))).toEqual({ at: 1, fit: 'other-words' });
    expect(pick(record, chat('other'), { played: [1] })).toEqual({ at: 2, fit: 'other-words' });
  });

  it('is nothing where another model, another form or another talk was asked', () => {
    const record = [scene(0, chat('one')), scene(1, chat('two'))];
    expect(pick(record, chat('x', { model: 'n' }))).toBeUndefined();
    expect(pick(record, chat('x', { format: {} }))).toBeUndefined();
    expect(pick(record, chat('two'), { played: [0] })).toBeUndefined();
    expect(pick(record, chat(''))).toBeUndefined();
  });

  it('comes from another talk of the process where it only says what the server has', () => {
    const record = [scene(0, tags), scene(1, chat('x')), scene(3, tags)];
    expect(pick(record, tags, { talk: 1, played: [0] })).toEqual({ at: 0, fit: 'looked-up' });
    expect(pick([scene(3, tags)], tags, { talk: 1 })).toEqual({ at: 0, fit: 'looked-up' });
  });

  it('comes from the server that was asked', () => {
    const record = [scene(0, tags, 'a:1'), scene(0, tags, 'b:2')];
    expect(pick(record, tags, { host: 'b:2' })).toEqual({ at: 1, fit: 'same' });
    expect(pick(record, tags, { host: 'c:3' })).toBeUndefined();
  });
});
