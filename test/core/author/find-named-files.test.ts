import { describe, expect, it } from 'vitest';
import { findNamedFiles } from '../../../src/core/author/find-named-files.ts';

const PATHS = ['src/cart.ts', 'src/invoice.ts', 'test/invoice.ts', 'my notes.txt', 'Makefile'];
const filesIn = (request: string) => findNamedFiles(request, PATHS).files.map(({ path }) => path);

describe('files that a request names', () => {
  it.each([
    ['round in @src/cart.ts, please', ['src/cart.ts']],
    ['round in src/cart.ts.', ['src/cart.ts']],
    ['round in ./src/cart.ts', ['src/cart.ts']],
    ['see `src/cart.ts` and "src/invoice.ts"', ['src/cart.ts', 'src/invoice.ts']],
    ['the name cart.ts is enough', ['src/cart.ts']],
    ['what invoice.ts means is not clear', []],
    ['as @"my notes.txt" says', ['my notes.txt']],
    ['change the Makefile', ['Makefile']],
    ['src/cart.ts twice: src/cart.ts', ['src/cart.ts']],
    ['nothing at all', []],
  ])('%s', (request, paths) => {
    expect(filesIn(request)).toEqual(paths);
  });

  it('may have lines', () => {
    const { files } = findNamedFiles('fix @src/cart.ts:10-40 and src/invoice.ts:7', PATHS);
    expect(files).toEqual([
      { path: 'src/cart.ts', lines: { from: 10, to: 40 } },
      { path: 'src/invoice.ts', lines: { from: 7, to: 7 } },
    ]);
  });

  it('are told from folders, from names of code, and from what is not clear', () => {
    const named = findNamedFiles('in @src use @total for a@b.org, see @invoice.ts', PATHS);
    expect(named).toMatchObject({ files: [], folders: ['src'], symbols: ['total'] });
    expect(named.unclear).toEqual([expect.stringContaining('src/invoice.ts, test/invoice.ts')]);
  });
});
