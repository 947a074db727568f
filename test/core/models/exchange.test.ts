import { describe, expect, it } from 'vitest';
import { matchesRequest, type WireRequest } from '../../../src/core/models/exchange.ts';
import { findScene, readScript, type Script } from '../../../src/core/models/script.ts';

const request: WireRequest = {
  method: 'POST',
  path: '/api/chat',
  body: { model: 'm', messages: [{ role: 'user', content: 'say "hi"' }], options: { seed: 1 } },
};

describe('a request and a pattern', () => {
  it('fit where all of the pattern stands in the request', () => {
    expect(matchesRequest({ path: '/api/chat' }, request)).toBe(true);
    expect(matchesRequest(request, request)).toBe(true);
    expect(matchesRequest({ path: '/api/chat', body: { options: {} } }, request)).toBe(true);
    expect(matchesRequest({ path: '/api/chat', mentions: ['say "hi"'] }, request)).toBe(true);
  });

  it('do not fit where anything differs', () => {
    const body = (more: object) => ({ path: '/api/chat', body: more }) as WireRequest;
    expect(matchesRequest({ path: '/api/tags' }, request)).toBe(false);
    expect(matchesRequest({ path: '/api/chat', method: 'GET' }, request)).toBe(false);
    expect(matchesRequest(body({ model: 'n' }), request)).toBe(false);
    expect(matchesRequest(body({ options: { seed: 2 } }), request)).toBe(false);
    expect(matchesRequest(body({ messages: [] }), request)).toBe(false);
    expect(matchesRequest(body({ messages: {} }), request)).toBe(false);
    expect(matchesRequest(body({ model: ['m'] }), request)).toBe(false);
    expect(matchesRequest({ path: '/api/chat', mentions: ['ho'] }, request)).toBe(false);
  });
});

describe('a script', () => {
  const reply = { status: 200, lines: [], end: 'complete' } as const;
  const script: Script = [
    { request: { path: '/a' }, reply },
    { request: { path: '/a' }, reply, times: 2 },
    { request: { path: '/b' }, reply },
  ];

  it('is played in its order, each scene as often as it may be', () => {
    const played = new Map<number, number>();
    const places = [];
    for (const path of ['/a', '/b', '/a', '/a', '/a', '/b']) {
      const at = findScene(script, { method: 'GET', path }, played);
      places.push(at);
      if (at !== undefined) played.set(at, (played.get(at) ?? 0) + 1);
    }
    expect(places).toEqual([0, 2, 1, 1, undefined, undefined]);
  });

  it('is read from what a file holds, and is the same afterwards', () => {
    const whole: Script = [
      {
        request: { method: 'POST', path: '/a', body: { x: 1 }, mentions: ['y'] },
        reply: { status: 200, lines: [{ afterMs: 3, text: '{}' }], end: 'cut' },
        times: 2,
      },
    ];
    expect(readScript(JSON.parse(JSON.stringify(whole)))).toEqual({ ok: true, value: whole });
    expect(readScript([{ request: { path: '/a' }, reply: { lines: [] } }])).toEqual({
      ok: true,
      value: [{ request: { path: '/a' }, reply }],
    });
  });

  it.each<unknown>([
    null,
    {},
    [5],
    [{ request: { path: 5 }, reply }],
    [{ request: { path: '/a' } }],
    [{ request: { path: '/a' }, reply: { lines: [5] } }],
    [{ request: { path: '/a' }, reply: { lines: [{ text: 'x' }] } }],
    [{ request: { path: '/a' }, reply: { lines: [], end: 'soon' } }],
    [{ request: { path: '/a' }, reply: { lines: [], status: 'ok' } }],
    [{ request: { path: '/a', method: 'PUT' }, reply }],
    [{ request: { path: '/a', body: [] }, reply }],
    [{ request: { path: '/a', mentions: 'x' }, reply }],
    [{ request: { path: '/a' }, reply, times: -1 }],
  ])('is refused where it is %j', (value) => {
    expect(readScript(value)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });
});
