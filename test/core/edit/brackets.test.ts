import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bracketsClose } from '../../../src/core/edit/brackets.ts';

const FOLDER = 'test/fixtures/edits/breakable';
const valid: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync('test/fixtures/edits/valid-code.json', 'utf8'),
);

describe('the brackets of a text', () => {
  it.each(readdirSync(FOLDER))('close in %s, and not with one brace less', (name) => {
    const ending = name.split('.')[1] as string;
    const text = readFileSync(`${FOLDER}/${name}`, 'utf8');
    const verdict = bracketsClose(`a.${ending}`, text);
    if (ending === 'rb' || ending === 'sh') return expect(verdict).toBeUndefined();
    expect(verdict).toBe(true);
    for (const { index } of text.matchAll(/[)\]}]/g)) {
      expect(bracketsClose(`a.${ending}`, text.slice(0, index) + text.slice(index + 1))).toBe(
        false,
      );
    }
  });

  it.each([
    ['js', `const a = \`x \${b ? \`}\` : {c: "}"}.c} {\`;`],
    ['js', 'a = b / c; d = /[/(]\\//.test(e) ? "(" : \'[\'; // {'],
    ['js', 'return /\\(/;\n/* ( */'],
    ['ts', "const a: Array<'('> = ['('];"],
    ['cpp', "auto s = R\"x(a ) \" ( )x\"; int n = 1'000'000; char c = '(';"],
    ['cs', 'var a = @"c:\\"; var b = @"x "" ("; var c = """ ( """;'],
    ['rs', "fn a<'b>(c: &'b str) -> char { '(' } // r#\"\nlet d = r#\"(\"#;"],
    ['go', 'a := `(`; b := \'(\'; c := "\\"("'],
    ['kt', `val a = """ { """; val b = "\${c("x")}"`],
    ['py', 'a = """(\n"""\nb = \'(\' # )\n'],
    ['lua', 'a = [[ ( ]] -- )\n--[[ { ]]\nb = {1}'],
    ['php', "<?php $a = '('; # )\n$b = [1]; // {\n"],
    ['scss', '.a { .b { c: d(1); } } // }\n'],
    ['swift', 'let a = "\\(b("c"))"; let d = """\n(\n"""\n'],
  ])('do not count in strings and comments: %s %s', (ending, text) =>
    expect(bracketsClose(`a.${ending}`, text)).toBe(true),
  );

  it('are not judged in languages of which the scanner knows nothing', () => {
    for (const name of ['a.md', 'a.txt', 'Makefile', 'a.html']) {
      expect(bracketsClose(name, '(')).toBeUndefined();
    }
  });

  const judged = Object.entries(valid)
    .filter(([ending]) => bracketsClose(`a.${ending}`, '') !== undefined)
    .flatMap(([ending, texts]) => texts.map((text) => [ending, text] as const));
  it('close in nearly all good code', () => {
    const wrong = judged.filter(([ending, text]) => bracketsClose(`a.${ending}`, text) !== true);
    expect(wrong.length / judged.length).toBeLessThan(0.03);
  });
});
