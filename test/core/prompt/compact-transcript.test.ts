import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../src/core/models/estimate-tokens.ts';
import { compactTranscript } from '../../../src/core/prompt/compact-transcript.ts';
import { aTurn } from '../../support/turns.ts';

const long = (about: string) =>
  `${about} begins here.\n\n\`\`\`ts\n${'const value = 1;\n'.repeat(20)}\`\`\`\n\n${'And it goes on. '.repeat(40)}`;
const turns = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    aTurn({ asked: `question ${at}`, answer: long(`${at}`) }),
  );
const compact = (list: ReturnType<typeof turns>, room: number) =>
  compactTranscript(list, room, estimateTokens);
const costOf = ({ parts }: ReturnType<typeof compact>) =>
  parts.reduce((sum, { text, answer = '' }) => sum + estimateTokens(text + answer), 0);

describe('the transcript', () => {
  it('stands whole where it fits', () => {
    const { parts, shortened, dropped } = compact(turns(2), 4_000);
    expect(parts.map(({ text, answer }) => [text, answer])).toEqual([
      ['question 0', long('0')],
      ['question 1', long('1')],
    ]);
    expect([shortened, dropped]).toEqual([0, 0]);
  });

  it('shortens the oldest answers to their first words, and says how many', () => {
    const { parts, shortened, dropped } = compact(turns(4), 1_100);
    expect(shortened).toBeGreaterThan(0);
    expect(dropped).toBe(0);
    expect(parts[0]?.answer).toBe('0 begins here. […]');
    expect(parts[0]?.label).toBe('in short: question 0');
    expect(parts.at(-1)?.answer).toBe(long('3'));
  });

  it.each([200, 500, 1_000, 3_000])('never takes more than %i tokens', (room) => {
    for (const count of [1, 5, 20]) expect(costOf(compact(turns(count), room))).toBeLessThan(room);
  });

  it('leaves out the oldest where short forms do not help, and counts them', () => {
    const { parts, dropped } = compact(turns(20), 500);
    expect(dropped + parts.length).toBe(20);
    expect(parts.at(-1)?.text).toBe('question 19');
  });

  it('refuses a short form that saves next to nothing', () => {
    const brief = Array.from({ length: 12 }, (_, at) =>
      aTurn({ asked: `question ${at}`, answer: 'It is in src/cart.ts:4, as you see.' }),
    );
    const { shortened, dropped } = compact(brief, 200);
    expect(shortened).toBe(0);
    expect(dropped).toBeGreaterThan(0);
  });

  it('begins with the same words for some requests, which the server then need not read anew', () => {
    const firsts = [6, 7, 8, 9, 10].map((count) => compact(turns(count), 1_500).parts[0]?.text);
    expect(new Set(firsts).size).toBeLessThan(firsts.length);
  });

  it('leaves out what failed', () => {
    const failed = aTurn({ asked: 'broken', answer: 'half a', outcome: 'model' });
    expect(compact([failed], 1_000).parts).toEqual([]);
  });
});
