import { describe, expect, it } from 'vitest';
import { joinSources } from '../../../src/core/prompt/join-sources.ts';

const at = (path: string, startLine: number, endLine: number) => ({ path, startLine, endLine });

describe('sources', () => {
  it('are one where they overlap, touch, or lie in each other', () => {
    expect(
      joinSources([
        at('a', 10, 20),
        at('a', 12, 12),
        at('b', 1, 2),
        at('a', 21, 30),
        at('a', 1, 9),
      ]),
    ).toEqual([at('b', 1, 2), at('a', 1, 30)]);
  });

  it('stay apart where lines lie between them', () => {
    const apart = [at('a', 1, 3), at('a', 5, 6), at('b', 4, 4)];
    expect(joinSources(apart)).toEqual(apart);
  });
});
