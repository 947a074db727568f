import { describe, expect, it } from 'vitest';
import { expandBraces } from '../../../src/adapters/shell/expand-braces.ts';
import { LONGEST_COMMAND, parseShell } from '../../../src/adapters/shell/parse.ts';

describe('parsing a shell command', () => {
  it('gives the words without their quotes', () => {
    const parsed = parseShell(`r\\m "-rf" $'\\x2f'`);
    expect(parsed.ok && JSON.stringify(parsed.value)).toContain('"text":"rm"');
  });

  it.each(["echo 'open", 'if true; then', 'echo $(', 'a\0b', 'a \uE001', '(', 'case x in'])(
    'fails for %j instead of guessing',
    (text) => expect(parseShell(text).ok).toBe(false),
  );

  it('refuses texts that are too long or nest too deeply', () => {
    expect(parseShell('a'.repeat(LONGEST_COMMAND + 1)).ok).toBe(false);
    expect(parseShell(`${'('.repeat(100)}a${')'.repeat(100)}`).ok).toBe(false);
  });

  it.each([
    'if a; then b; elif c; then d; else e; fi',
    'for x in a b; do c; done; for ((;;)); do d; done; select y in z; do e; done',
    'while a; do b; done; until c; do d; done; case x in a|b) c ;; esac',
    'f() { a; }; coproc b { c; }; { d; }; ( e ); ! g | h |& i && j || k &',
    '[[ -f a && ( b == c* || ! d ) ]]; (( x = 1 + $(y) )); a[1]=2 b=(c d) e+=f g',
    'cat <<A <<-"B" <<< c >d 2>&1 &>e {fd}>f\na\nA\nb\nB\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is shell
    'a ${b:-c} ${d#e} ${f/g/h} ${i:1:2} ${j^^} ${!k} ${#l} ${m@Q} $((1+2)) <(n) >(o) `p`',
  ])('reads %s', (text) => expect(parseShell(text).ok).toBe(true));

  it.each(['a[$(hid)]', 'a[`hid`]', '@(x|$(hid))', '{1..$(hid)}', '{a,b[$(hid)]}'])(
    'keeps the substitution in %s',
    (word) => {
      const parsed = parseShell(`echo ${word}`);
      expect(parsed.ok && JSON.stringify(parsed.value)).toContain('"text":"hid"');
    },
  );

  it('fails for a substitution that the parser cuts short or passes over', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is shell
    const texts = ['echo ${a//$(b /)}', 'echo ${a//<(b)/}', "cat <<E\n${a:-'$(b)'}\nE\n"];
    for (const text of texts) expect(parseShell(text).ok, text).toBe(false);
  });

  it('keeps the operands of a sum apart', () => {
    const parsed = parseShell('(( a > 1 ))');
    expect(parsed.ok && JSON.stringify(parsed.value)).not.toContain('a1');
    expect(parsed.ok && JSON.stringify(parsed.value)).toContain('"text":" "');
  });
});

describe('expanding braces', () => {
  it('works on the text as bash does', () => {
    expect(expandBraces('{rm,-rf,/}', 9)).toEqual(['rm', '-rf', '/']);
    expect(expandBraces('a{b,c{d,e}}f', 9)).toEqual(['abf', 'acdf', 'acef']);
    expect(expandBraces('{1..3}{a..b}', 9)).toEqual(['1a', '1b', '2a', '2b', '3a', '3b']);
  });

  it('leaves alone what bash leaves alone', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is shell
    for (const text of ['{}', '{a}', '"{a,b}"', "'{a,b}'", '\\{a,b}', '${a,b}']) {
      expect(expandBraces(text, 9), text).toEqual([text]);
    }
  });

  it('gives up rather than make more words than the limit', () => {
    expect(expandBraces('{a,b}'.repeat(20), 256)).toBeNull();
    expect(expandBraces('{1..9999999999}', 256)).toBeNull();
  });
});
