import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../src/core/display/syntax/languages.ts';
import { type OpenBlock, tokenizeLine } from '../../../../src/core/display/syntax/tokenize.ts';
import { cpuMsOf } from '../../../support/cpu-time.ts';

/** Each line as `ink:text` for all that is named. */
function tokens(path: string, ...lines: readonly string[]): readonly (readonly string[])[] {
  const language = languageOf(path);
  if (language === null) return [];
  let open: OpenBlock = null;
  return lines.map((line) => {
    const tokenized = tokenizeLine(line, language, open);
    open = tokenized.open;
    return tokenized.tokens.map(({ from, to, ink }) => `${ink}:${line.slice(from, to)}`);
  });
}

describe('the tokens of a line', () => {
  it('are keywords, strings, numbers and comments', () => {
    expect(tokens('a.ts', 'const x1 = "it\\"s" + 42; // const')).toEqual([
      ['keyword:const', 'string:"it\\"s"', 'number:42', 'comment:// const'],
    ]);
  });

  it('go on over lines in block comments and template strings', () => {
    expect(tokens('a.ts', 'a /* one', 'if two */ if', 'b`x', '// y`')).toEqual([
      ['comment:/* one'],
      ['comment:if two */', 'keyword:if'],
      ['string:`x'],
      ['string:// y`'],
    ]);
  });

  it('end a plain string with its line', () => {
    expect(tokens('a.ts', "it's", 'if')).toEqual([["string:'s"], ['keyword:if']]);
  });

  it.each([
    ['a.py', ['def f(): # x', 'keyword:def', 'comment:# x']],
    ['a.go', ['func f() `raw\\`', 'keyword:func', 'string:`raw\\`']],
    ['a.rs', ["fn f<'a>() {}", 'keyword:fn']],
    ['a.sql', ['SELECT 1 -- x', 'keyword:SELECT', 'number:1', 'comment:-- x']],
    ['a.lua', ['x = 1 --[[ y ]] end', 'number:1', 'comment:--[[ y ]]', 'keyword:end']],
    ['a.css', ['@media x { /* y */ }', 'keyword:@media', 'comment:/* y */']],
    ['a.html', ['<a href="x"> <!-- y -->', 'string:"x"', 'comment:<!-- y -->']],
    ['Dockerfile', ['FROM node:20', 'keyword:FROM', 'number:20']],
    ['a.yaml', ['on: "x" # y', 'keyword:on', 'string:"x"', 'comment:# y']],
  ])('are known for %s', (path, [line = '', ...expected]) => {
    expect(tokens(path, line)).toEqual([expected]);
  });

  it('are none for what is unknown or too long to read', () => {
    expect(languageOf('a.unknown')).toBeNull();
    expect(languageOf('constructor')).toBeNull();
    expect(tokens('a.ts', `if ${'x'.repeat(10_000)}`)).toEqual([[]]);
  });

  it('are found in 5,000 lines in a moment', () => {
    const lines = Array.from(
      { length: 5_000 },
      (_, at) => `  const a${at} = call("b", ${at}); // c`,
    );
    expect(cpuMsOf(() => void tokens('a.ts', ...lines))).toBeLessThan(300);
  });
});
