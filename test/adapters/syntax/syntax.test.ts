import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSyntax } from '../../../src/adapters/syntax/syntax.ts';
import type { Parses } from '../../../src/ports.ts';

const valid: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync('test/fixtures/edits/valid-code.json', 'utf8'),
);
const signal = new AbortController().signal;

describe('whether a text parses', () => {
  let parses: Parses;
  beforeAll(async () => {
    const names = [...Object.keys(valid), 'json', 'yaml', 'md', 'vue'].map(
      (ending) => `a.${ending}`,
    );
    parses = await createSyntax().load(names, signal);
  });

  // A grammar that finds fault with good code would refuse good edits.
  const good = Object.entries(valid).flatMap(([ending, texts]) =>
    texts.map((text) => [ending, text] as const),
  );
  it.each(good)('never finds fault with good code: %s %j', (ending, text) => {
    expect(parses(`a.${ending}`, text)).not.toBe(false);
  });

  it('knows most of the good code', () => {
    const known = good.filter(([ending, text]) => parses(`a.${ending}`, text) === true);
    expect(known.length / good.length).toBeGreaterThan(0.85);
  });

  it.each([
    ['ts', 'function a() {\n  if (x) {\n}\n'],
    ['tsx', 'const a = <div><b></div>;\n'],
    ['js', 'const a = (1;\n'],
    ['py', 'def a(:\n    pass\n'],
    ['go', 'package a\n\nfunc b() {\n'],
    ['rs', 'fn a() { let x = ; }\n'],
    ['java', 'class A { void b( { } }\n'],
    ['cs', 'class A { void B() { }\n'],
    ['php', '<?php function a( {\n'],
    ['rb', 'def a\n  if b\nend\n'],
    ['sh', 'if a; then\n  b\n'],
    ['css', 'a { color: red;\n'],
    ['c', 'int a(void) { return 1;\n'],
    ['json', '{"a": 1,}'],
    ['yaml', 'a: [1, 2\nb: 3\n'],
  ])('finds what is broken in %s', (ending, text) => {
    expect(parses(`a.${ending}`, text)).toBe(false);
  });

  it('notices a token that is missing', () => {
    expect(parses('a.ts', 'const a = { b: 1 \n')).toBe(false);
    expect(parses('a.c', 'int a = 1\n')).toBe(false);
  });

  it('does not judge what it does not know', () => {
    expect(parses('a.md', '# [')).toBeUndefined();
    expect(parses('a.vue', '<template>')).toBeUndefined();
    expect(parses('Makefile', 'a: (')).toBeUndefined();
    expect(parses('a.ts', `${'x;'.repeat(600_000)}(`)).toBeUndefined();
  });

  it('does not mind a byte order mark or CRLF', () => {
    expect(parses('a.json', '\uFEFF{"a": 1}\r\n')).toBe(true);
    expect(parses('a.cs', '\uFEFFusing System;\r\nclass A { }\r\n')).toBe(true);
    expect(parses('a.py', 'def a():\r\n    return 1\r\n')).toBe(true);
  });

  it('judges nothing that was not loaded', async () => {
    const other = await createSyntax().load(['a.md'], signal);
    expect(other('a.ts', '(')).toBeUndefined();
  });
});

describe('whether a text parses, where the text before did', () => {
  let parses: Parses;
  beforeAll(async () => {
    parses = await createSyntax().load(['a.tsx', 'a.cpp', 'a.js', 'a.c'], signal);
  });

  it.each([
    [
      'tsx',
      'const a = (\n  <p>\n    a b\n  </p>\n);\n',
      'const a = (\n  <p>\n    a & b\n  </p>\n);\n',
    ],
    [
      'cpp',
      'int a() {\n  return 1;\n}\n',
      'int a() {\n  BEGIN_THING(x)\n  return 1;\n  END_THING\n}\n',
    ],
    ['js', 'const a = 1;\n', 'const a = 1;\nconst b = String.raw`C:\\users`;\n'],
  ])('does not mind what the grammar does not know: %s %j', (ending, before, after) => {
    expect(parses(`a.${ending}`, before)).toBe(true);
    expect(parses(`a.${ending}`, after, before)).not.toBe(false);
  });

  it.each([
    ['js', 'const a = `x`;\nconst b = 1;\n', 'const a = `x`;\nconst b = ;\n'],
    ['js', 'if (a && b) {\n  c();\n}\n', 'if (a && b) {\n  c(1 2);\n}\n'],
    [
      'cpp',
      'LOG(x);\nint a = 1;\nint b;\nint c;\nint d;\nint e = 2;\n',
      'LOG(x);\nint a = 1;\nint b;\nint c;\nint d;\nint e = ;\n',
    ],
    ['c', '// for this and that\nint a = 1;\n', '// for this and that\nint a = ;\n'],
  ])('minds what has nothing to do with that: %s %j', (ending, before, after) => {
    expect(parses(`a.${ending}`, before)).toBe(true);
    expect(parses(`a.${ending}`, after, before)).toBe(false);
  });
});
