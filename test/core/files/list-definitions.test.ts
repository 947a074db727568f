import { describe, expect, it } from 'vitest';
import { findDefinitions, listDefinitions } from '../../../src/core/files/list-definitions.ts';

const namesIn = (path: string, text: string) =>
  listDefinitions(path, text).map(({ name, startLine }) => `${startLine} ${name}`);

const CART = `import { x } from 'y';
export const RATE = 3;
export async function total<T>(items: T[]) {
  const local = 1;
  if (local) {
    return 2;
  }
}
export abstract class Cart {
  private readonly items = [];
  async add(item: string): Promise<void> {
    for (const one of this.items) {
    }
  }
  get size() {
    return 1;
  }
}
export type Item = { readonly name: string };
`;

describe('what a text defines', () => {
  it('is found in TypeScript, without what is local', () => {
    expect(namesIn('cart.ts', CART)).toEqual([
      '2 RATE',
      '3 total',
      '9 Cart',
      '11 add',
      '15 size',
      '19 Item',
    ]);
  });

  it.each([
    [
      'a.py',
      'class A:\n    def b(self):\n        pass\n\nasync def c():\n    pass\n',
      ['1 A', '2 b', '5 c'],
    ],
    ['a.go', 'type T struct {\n}\n\nfunc (t *T) Do(x int) error {\n}\n', ['1 T', '4 Do']],
    [
      'a.rs',
      'pub(crate) struct S;\nimpl S {\n    pub fn new() -> S {\n    }\n}\n',
      ['1 S', '2 S', '3 new'],
    ],
    ['a.java', 'public final class A {\n  interface B {}\n}\n', ['1 A', '2 B']],
    ['a.md', '# One\n\ntext function x\n\n## Two ##\n', ['1 One', '5 Two']],
  ])('is found in %s', (path, text, names) => {
    expect(namesIn(path, text)).toEqual(names);
  });

  it('is found by its name, with all of its lines', () => {
    expect(findDefinitions('cart.ts', CART, 'Cart')).toMatchObject([{ startLine: 9, endLine: 18 }]);
    expect(findDefinitions('cart.ts', CART, 'Cart.add')).toMatchObject([
      { startLine: 11, endLine: 14 },
    ]);
    expect(findDefinitions('cart.ts', CART, 'local')).toEqual([]);
  });
});
