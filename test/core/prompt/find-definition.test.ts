import { describe, expect, it } from 'vitest';
import { findDefinition } from '../../../src/core/prompt/find-definition.ts';

const TYPESCRIPT = `import { sum } from './sum.ts';

export async function roundPrice(price: number): Promise<number> {
  const cents = price * 100;
  return Math.round(cents) / 100;
}

class Cart {
  private total(items: readonly Item[]): number {
    return sum(items);
  }
}
const limit = 3;
`;
const PYTHON = `def first():
    return roundPrice(1)

def roundPrice(price):
    if price:

        return round(price, 2)
    return 0

x = 1
`;

describe('the definition of a name', () => {
  it.each([
    ['roundPrice', TYPESCRIPT, { startLine: 3, endLine: 6 }],
    ['Cart', TYPESCRIPT, { startLine: 8, endLine: 12 }],
    ['Cart.total', TYPESCRIPT, { startLine: 9, endLine: 11 }],
    ['limit', TYPESCRIPT, { startLine: 13, endLine: 13 }],
    ['roundPrice', PYTHON, { startLine: 4, endLine: 8 }],
    ['Run', 'func (c *Cart) Run() error {\n\treturn nil\n}\n', { startLine: 1, endLine: 3 }],
    [
      'run',
      'impl Cart {\n    pub fn run(&self) {\n        go();\n    }\n}\n',
      { startLine: 2, endLine: 4 },
    ],
  ])('of %s is found with its body', (name, text, expected) => {
    expect(findDefinition(text, name)).toEqual(expected);
  });

  it.each(['sum', 'cents.price', 'a b', '.*', 'round'])('of %s is not there', (name) => {
    expect(findDefinition(TYPESCRIPT, name)).toBeNull();
  });
});
