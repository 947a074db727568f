import { describe, expect, it } from 'vitest';
import { foldPaths } from '../../../src/core/files/fold-paths.ts';

const PATHS = ['README.md', 'src/a/b/x.ts', 'src/a/b/y.ts', 'src/a/z.ts', 'src/main.ts'];

describe('a list of files', () => {
  it('names all of them where that is short enough', () => {
    expect(foldPaths(PATHS, '', () => true).map(({ path }) => path)).toEqual(PATHS);
  });

  it('lets folders that are too deep stand for what they hold', () => {
    expect(foldPaths(PATHS, '', (folded) => folded.length <= 3)).toEqual([
      { path: 'README.md' },
      { path: 'src/a/', files: 3 },
      { path: 'src/main.ts' },
    ]);
    expect(foldPaths(PATHS, '', () => false)).toEqual([
      { path: 'README.md' },
      { path: 'src/', files: 4 },
    ]);
  });

  it('begins below the folder that is listed', () => {
    const below = PATHS.filter((path) => path.startsWith('src/'));
    expect(foldPaths(below, 'src', () => false)).toEqual([
      { path: 'src/a/', files: 3 },
      { path: 'src/main.ts' },
    ]);
  });
});
