import { describe, expect, it } from 'vitest';
import { seeLook } from '../../../src/core/tools/look.ts';
import {
  ANSWER_NOW,
  costOfRounds,
  entriesOfRounds,
  fitRounds,
  messagesOfRounds,
  placesOfRounds,
  type Round,
} from '../../../src/core/tools/look-rounds.ts';

const words = (text: string): number => text.split(/\s+/).length;

function round(name: string, lines: number): Round {
  const text = Array.from({ length: lines }, (_, at) => `${at + 1}: ${name} ${at}`).join('\n');
  const look = seeLook(
    { tool: 'read', key: name, label: `read ${name}` },
    { text, data: { path: name, startLine: 1, endLine: lines } },
  );
  const calls = [{ id: `id-${name}`, tool: 'read', values: { path: name } }];
  return { text: 'I look.', thinking: 'Hm.', calls, looks: [look] };
}

describe('the rounds of a model that looks', () => {
  it('go back as its calls with what it thought, and what each has shown', () => {
    expect(messagesOfRounds([round('a', 1)], 'native', false)).toEqual([
      {
        role: 'assistant',
        text: 'I look.',
        thinking: 'Hm.',
        calls: [{ id: 'id-a', tool: 'read', values: { path: 'a' } }],
      },
      { role: 'tool', tool: 'read', call: 'id-a', text: '== read a\n1: a 0' },
    ]);
  });

  it('go back as text where the template of a model knows no tools', () => {
    const messages = messagesOfRounds([round('a', 1)], 'text', true);
    expect(messages.map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(messages[0]?.text).toBe('I look.\n{"name":"read","arguments":{"path":"a"}}');
    expect(messages[1]?.text).toMatch(
      /^Data from the project.*\n\n== read a\n1: a 0\n\nThere are no/s,
    );
  });

  it('end with the wish for an answer when there are no more of them', () => {
    const messages = messagesOfRounds([round('a', 1)], 'native', true);
    expect(messages.at(-1)).toEqual({ role: 'user', text: ANSWER_NOW });
    expect(messagesOfRounds([], 'native', false)).toEqual([]);
  });

  it('stay as they are while they fit', () => {
    const rounds = [round('a', 5), round('b', 5)];
    expect(fitRounds(rounds, 1_000, words)).toEqual({ rounds, shortened: 0 });
  });

  it('shorten the oldest looks first, down to half of the room, and the newest last', () => {
    const rounds = ['a', 'b', 'c', 'd'].map((name) => round(name, 100));
    const fitted = fitRounds(rounds, 1_100, words);
    expect(fitted.shortened).toBe(3);
    expect(fitted.rounds.map(({ looks }) => looks[0]?.fate)).toEqual([
      'short',
      'short',
      'short',
      'whole',
    ]);
    expect(costOfRounds(fitted.rounds, words)).toBeLessThan(1_100);
    const tight = fitRounds(rounds, 400, words);
    expect(tight.rounds.at(-1)?.looks[0]?.fate).toBe('cut');
    expect(costOfRounds(tight.rounds, words)).toBeLessThanOrEqual(400);
    expect(fitRounds(rounds, 0, words).rounds.at(-1)?.looks[0]?.fate).toBe('short');
    expect(fitRounds(fitRounds(rounds, 0, words).rounds, 0, words).shortened).toBe(0);
  });

  it('are told as what the model was given, with single lines apart', () => {
    const found = seeLook(
      { tool: 'search', key: 's', label: 'search “x”' },
      { text: 'a:3: x', data: { places: [{ path: 'a', startLine: 3, endLine: 3 }] } },
    );
    const rounds = [{ ...round('a', 2), looks: [found] }, round('b', 2)];
    expect(entriesOfRounds(rounds, words)).toEqual([
      { kind: 'look', label: 'search “x” · 1 place', fate: 'whole', tokens: 6 },
      {
        kind: 'look',
        label: 'read b · lines 1 to 2',
        fate: 'whole',
        tokens: 9,
        source: { path: 'b', startLine: 1, endLine: 2 },
      },
    ]);
    expect(placesOfRounds(rounds)).toEqual([{ path: 'a', startLine: 3, endLine: 3 }]);
  });
});
