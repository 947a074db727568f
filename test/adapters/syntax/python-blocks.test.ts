import { beforeAll, describe, expect, it } from 'vitest';
import { createSyntax } from '../../../src/adapters/syntax/syntax.ts';
import type { Parses } from '../../../src/ports.ts';

describe('the indentation of Python', () => {
  let parses: Parses;
  beforeAll(async () => {
    parses = await createSyntax().load(['a.py'], new AbortController().signal);
  });

  it.each([
    'if x: y()\nz()\n',
    'class A: ...\nclass B:\n  pass\n',
    'def f(\na,\n  b\n):\n  return (\n1\n)\n',
    'x = """\nif y:\nz\n"""\n',
    'if x:\n    """doc:\nnot code\n    """\n    y()\n',
    'if x:\n# a comment\n    y()\n  # another\n\n\nz()\n',
    'if x and \\\ny:\n    z()\n',
    'x = {\n    "a":\n    1,\n}\n',
    'f = lambda a: a\ng = x[1:]\n',
    'if x:\n\ty()\n\tif z:\n\t\tw()\n',
    'if x:\n    y()\nelse:\n  z()\n',
    'def f(a: int) -> dict[str, int]:\n    b: int = 1\n    return {}\n',
    '@d\n@e(\n1)\nasync def f():\n    async with a as b, c:\n        pass\n',
    'match x:\n    case [1, *_] if y:\n        z()\n    case _: pass\n',
    'x = f"{a["b"]}: {c!r:>{d}}"\nif x:\n    y\n',
    'try:\n    x\nexcept* A:\n    y\nelse:\n    z\nfinally:\n    w\n',
    'if x:\r\n    y()\r\n',
    'while a: b; c\nfor x in y: pass\nelse: z\n',
    'x = 1 # if y:\nz = 2\n',
    '\x0cif x:\n    y()\n\x0cz()\n',
    'if x:\n    y()\n    \n\t\nz()',
    '    # a comment alone\nx = 1\n',
  ])('is sound in %j', (text) => expect(parses('a.py', text)).toBe(true));

  it.each([
    'if x:\ny()\n',
    'def f():\nreturn 1\n',
    'class A:\n    def f(self):\n    return 1\n',
    'for x in y:\n\n# why\nz()\n',
    'if x:\n    y()\n  z()\n',
    'x = 1\n    y = 2\n',
    'if x:\n    y()\n        z()\n',
    'if x:\n    y()\nelse:\nz()\n',
    'try:\nx\nexcept A:\n    y\n',
    'with a as b:\nc()\n',
    'match x:\n    case 1:\n    y()\n',
    'while x:\n',
    'class A:\n\n\nclass B:\n    pass\n',
    'if x:\n    y()\n\tz()\n',
    '  x = 1\ny = 2\n',
    'if x and (\n    y\n):\nz()\n',
    'def f():\n    """doc"""\n   return 1\n',
    '@d\ndef f():\n@e\ndef g():\n    pass\n',
  ])('is broken in %j', (text) => expect(parses('a.py', text)).toBe(false));
});
