import { describe, expect, it } from 'vitest';
import { compareTalks, type Saying } from '../../../src/core/models/talk.ts';

const saying: Saying = { outcome: 'done', answers: ['Yes.'], turns: ['done'], planHash: null };
const about = {
  requests: { same: 3, 'looked-up': 1, 'other-words': 0, missing: 0 },
  difference: null,
  leftOut: 0,
  isRedacted: false,
};
const TOKEN = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');

describe('a talk that was played again', () => {
  it('is the same where answers, ends, plans and requests are', () => {
    expect(compareTalks(saying, saying, about)).toEqual([]);
    expect(compareTalks(saying, saying, { ...about, isRedacted: true })).toEqual([]);
  });

  it('is the same where only the secrets of its answer are gone', () => {
    const before = { ...saying, answers: [`It is ${TOKEN}`] };
    const now = { ...saying, answers: ['It is [redacted:github-token]'] };
    expect(compareTalks(before, now, about)).toEqual([]);
  });

  it.each<[string, Partial<Saying>]>([
    ['answer is another one', { answers: ['No.'] }],
    ['answer is another one', { answers: [] }],
    ['answer ended in another way', { turns: ['broken-off'] }],
    ['ended then with done, and now with model', { outcome: 'model' }],
    ['A plan came of it now, and not then', { planHash: 'a'.repeat(64) }],
  ])('is not the same where its %s', (words, change) => {
    expect(compareTalks(saying, { ...saying, ...change }, about).join()).toContain(words);
  });

  it('names the hashes of two plans', () => {
    const [before, now] = ['a', 'b'].map((hash) => ({ ...saying, planHash: hash.repeat(64) }));
    expect(compareTalks(before as Saying, now as Saying, about).join()).toMatch(
      /a{12} then, b{12} now/,
    );
  });

  it('is never called the same where requests are others, or something is not kept', () => {
    const requests = { ...about.requests, 'other-words': 2, missing: 1 };
    const found = compareTalks(saying, saying, { ...about, requests, leftOut: 1 });
    expect(found).toHaveLength(3);
    expect(found.join()).toContain('2 requests');
    const difference = { at: 'messages[1].content', before: 'a', now: 'b' };
    expect(compareTalks(saying, saying, { ...about, requests, difference }).join()).toContain(
      'differs at messages[1].content: "a" then, "b" now',
    );
    expect(compareTalks(null, saying, about)).toHaveLength(1);
  });

  it('says that secrets may be the reason', () => {
    const now = { ...saying, answers: ['[redacted:token]'] };
    const found = compareTalks(saying, now, { ...about, isRedacted: true });
    expect(found.at(-1)).toContain('Secrets were taken out');
  });
});
