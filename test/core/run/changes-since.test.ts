import { describe, expect, it } from 'vitest';
import { changesSince } from '../../../src/core/run/changes-since.ts';
import { kindOfChange } from '../../../src/core/run/kind-of-change.ts';
import type { CheckpointEntry, Image } from '../../../src/core/types.ts';

const file = (path: string, hash: string, mode = 0o644): Image => ({
  path,
  kind: 'file',
  hash,
  size: 1,
  mode,
});
const gone = (path: string): Image => ({ path, kind: 'absent' });
const entry = (before: Image, after: Image): CheckpointEntry => ({ before, after });

describe('what one step changed', () => {
  it('is what came to the changes so far, seen from where the step began', () => {
    const earlier = [entry(gone('a'), file('a', '1')), entry(file('b', '1'), file('b', '2'))];
    const later = [
      entry(gone('a'), file('a', '2')),
      entry(file('b', '1'), file('b', '2')),
      entry(file('c', '1'), gone('c')),
    ];
    expect(changesSince(earlier, later)).toEqual([
      entry(file('a', '1'), file('a', '2')),
      entry(file('c', '1'), gone('c')),
    ]);
  });

  it('is told also where a path is as in the workspace again', () => {
    const earlier = [entry(file('a', '1'), gone('a'))];
    expect(changesSince(earlier, [])).toEqual([entry(gone('a'), file('a', '1'))]);
  });
});

describe('a change in a word', () => {
  it.each([
    ['create', gone('a'), file('a', '1')],
    ['modify', file('a', '1'), file('a', '2')],
    ['delete', file('a', '1'), gone('a')],
    ['mode', file('a', '1'), file('a', '1', 0o755)],
    ['link', gone('a'), { path: 'a', kind: 'link', target: 'b' } as const],
    ['create', gone('a'), { path: 'a', kind: 'folder', mode: 0o755 } as const],
  ] as const)('is %s', (word, before, after) => {
    expect(kindOfChange({ before, after })).toBe(word);
  });
});
