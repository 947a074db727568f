import { describe, expect, it } from 'vitest';
import { findDifference } from '../../../src/core/models/find-difference.ts';

describe('the difference of two requests', () => {
  it('is none where they are the same', () => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'a' }], options: { n: 1 } };
    expect(findDifference(body, structuredClone(body))).toBeNull();
  });

  it('is named by its place, with a little of what stands there', () => {
    const body = (content: string) => ({ model: 'm', messages: [{ content: 'x' }, { content }] });
    const start = 'The files of the project: ';
    expect(findDifference(body(`${start}a.ts`), body(`${start}b.ts`))).toEqual({
      at: 'messages[1].content',
      before: 'he project: a.ts',
      now: 'he project: b.ts',
    });
  });

  it('may be something that is there only once, or of another kind', () => {
    expect(findDifference({ a: 1 }, { a: 1, b: [2] })).toEqual({
      at: 'b',
      before: 'nothing',
      now: '[2]',
    });
    expect(findDifference({ a: ['x'] }, { a: [] })).toMatchObject({ at: 'a[0]', now: 'nothing' });
    expect(findDifference({ a: 'abc' }, { a: 'ab' })).toMatchObject({ before: 'abc', now: 'ab' });
  });
});
