import { describe, expect, it } from 'vitest';
import { applyReply, findAndReplace } from '../../../src/core/edit/apply-reply.ts';
import type { EditView } from '../../../src/core/edit/types.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { fc } from '../../support/fc.ts';

const view = (files: Readonly<Record<string, string>>): EditView => ({
  paths: Object.keys(files),
  read: (path) => files[path],
  parses: () => undefined,
  isProtected: () => false,
});
const block = (search: string, replacement: string) =>
  `a.txt\n<<<<<<< SEARCH\n${search}\n=======\n${replacement}\n>>>>>>> REPLACE\n`;
const apply = (text: string, search: string, replacement: string) =>
  applyReply(block(search, replacement), 'search-replace', view({ 'a.txt': text }));

const word = fc.stringMatching(/^[a-z]{3,8}$/);
const words = fc.uniqueArray(word, { minLength: 3, maxLength: 30 });
const end = fc.constantFrom('\n', '\r\n');

describe('the ladder', () => {
  it('leaves every line that is not changed to the byte, with its own end', () => {
    fc.assert(
      fc.property(
        words,
        fc.array(end, { minLength: 30, maxLength: 30 }),
        fc.nat(),
        (lines, ends, seed) => {
          const at = seed % lines.length;
          const pieces = lines.map((line, index) => `  ${line}${ends[index]}`);
          const result = apply(pieces.join(''), `  ${lines[at]}`, '  CHANGED');
          if (!result.ok) throw new Error(result.error.message);
          const wanted = pieces.map((piece, index) =>
            index === at ? `  CHANGED${ends[at]}` : piece,
          );
          expect(result.files[0]?.after).toBe(wanted.join(''));
        },
      ),
    );
  });

  it('keeps a byte order mark, CRLF and a missing final newline', () => {
    fc.assert(
      fc.property(words, fc.nat(), fc.boolean(), (lines, seed, hasFinal) => {
        const at = seed % lines.length;
        const text = `\uFEFF${lines.join('\r\n')}${hasFinal ? '\r\n' : ''}`;
        const result = apply(text, lines[at] as string, `${lines[at]}\nMORE`);
        if (!result.ok) throw new Error(result.error.message);
        const after = result.files[0]?.after ?? '';
        expect(after.startsWith('\uFEFF')).toBe(true);
        expect(after.endsWith('\r\n')).toBe(hasFinal);
        expect(after.replaceAll('\r\n', '')).not.toContain('\n');
      }),
    );
  });

  it('never takes one of two equal places, nor one of two that are alike', () => {
    fc.assert(
      fc.property(
        words,
        fc.constantFrom('', '  ', '\t'),
        fc.constantFrom('', ' '),
        (lines, indent, trail) => {
          const [first = ''] = lines;
          const text = `  ${lines.join('\n  ')}\n${indent}${first}${trail}\n`;
          const result = apply(text, `    ${first}`, 'CHANGED');
          expect(result).toMatchObject({ ok: false, error: { code: 'ambiguous' } });
        },
      ),
    );
  });

  it('says nothing of files when it refuses, and throws at nothing', () => {
    const soup = fc.array(
      fc.constantFrom(
        'a.txt',
        '```',
        '```diff',
        '<<<<<<< SEARCH',
        '=======',
        '>>>>>>> REPLACE',
        '--- a/a.txt',
        '+++ b/a.txt',
        '@@ -1,2 +1,2 @@ one',
        '*** Begin Patch',
        '*** Update File: a.txt',
        '*** End Patch',
        '{"path":"a.txt","search":"one","replace":"two"}',
        '<think>',
        '</think>',
        ' one',
        '-two',
        '+three',
        '...',
        'one',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(soup, (lines) => {
        const result = applyReply(lines.join('\n'), 'auto', view({ 'a.txt': 'one\ntwo\nthree\n' }));
        expect(result.ok ? 'files' in result : !('files' in result)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same edit whatever the form it comes in', () => {
    const text = 'one\ntwo\nthree\n';
    const forms = [
      block('two', 'zwei'),
      '--- a/a.txt\n+++ b/a.txt\n@@ -2 +2 @@\n-two\n+zwei\n',
      '*** Begin Patch\n*** Update File: a.txt\n@@\n-two\n+zwei\n*** End Patch',
      'a.txt\n```\none\nzwei\nthree\n```',
      '{"path":"a.txt","search":"two","replace":"zwei"}',
    ];
    const results = forms.map((form) => applyReply(form, 'auto', view({ 'a.txt': text })));
    for (const result of results) {
      expect(result).toMatchObject({
        ok: true,
        files: [{ path: 'a.txt', after: 'one\nzwei\nthree\n' }],
      });
    }
  });
});

describe('what a refusal says', () => {
  it('names both lines of two places', () => {
    const result = apply('go\nx\ngo\n', 'go', 'stop');
    expect(result).toMatchObject({ ok: false, error: { path: 'a.txt', line: 1 } });
    if (!result.ok) expect(result.error.message).toContain('lines 1 and 3');
  });

  it('names the nearest line where nothing matches', () => {
    const result = apply('alpha beta gamma\nx\n', 'alpha beta delta', 'y');
    if (result.ok) throw new Error('applied');
    expect(result.error.message).toContain('The nearest line is 1: “alpha beta gamma”');
  });
});

describe('the rung and the span of an edit', () => {
  const rungs: readonly (readonly [string, string, string, string])[] = [
    ['exact', 'one\n', 'one', 'x'],
    ['trailing-blanks', 'one  \n', 'one', 'x'],
    ['indentation', '    one\n', 'one two'.slice(0, 3), 'x'],
    ['inner-blanks', 'f( a )\n', 'f(a)', 'x'],
    ['typography', 'it’s\n', "it's", 'x'],
    ['blank-lines', 'one\n\ntwo\n', 'one\ntwo', 'one\nx'],
    ['elision', 'one\nmid\ntwo\n', 'one\n...\ntwo', 'one\n...\nx'],
  ];
  it.each(rungs)('%s', (rung, text, search, replacement) => {
    const name = rung === 'inner-blanks' ? 'a.js' : 'a.md';
    const reply = block(search, replacement).replace('a.txt', name);
    expect(applyReply(reply, 'auto', view({ [name]: text }))).toMatchObject({
      ok: true,
      files: [{ rung }],
    });
  });

  it('counts lines from 1, and a span without lines ends before it starts', () => {
    const found = findAndReplace('a\nb\nc\n', 'b', 'b\nx\ny');
    expect(found).toMatchObject({
      ok: true,
      value: {
        text: 'a\nb\nx\ny\nc\n',
        spans: [{ before: { start: 3, end: 2 }, after: { start: 3, end: 4 } }],
      },
    });
  });

  it('finds a part of a line where the caller does not think in lines', () => {
    expect(findAndReplace('x = go(1);\n', 'go(1)', 'stop()')).toMatchObject({
      ok: true,
      value: { text: 'x = stop();\n', rung: 'inline' },
    });
  });
});

describe('a hostile reply', () => {
  const many = (line: string, count: number) =>
    Array.from({ length: count }, () => line).join('\n');
  const replies: readonly (readonly [string, string, string])[] = [
    ['repeated lines', block(many('x', 20_000), 'y'), many('x', 100_000)],
    ['openers without an end', many('<<<<<<< SEARCH', 60_000), 'x'],
    ['separators', block(many('=======', 50_000), 'y'), many('=======', 1000)],
    ['tags that nothing closes', many('<search>', 100_000), 'x'],
    ['brackets', '['.repeat(500_000), 'x'],
    ['hunks', `--- a/a.txt\n+++ b/a.txt\n${many('@@ @@\n-x\n+y', 1500)}`, many('x', 50_000)],
  ];
  it.each(replies)('of %s is answered in bounded time', (_name, reply, text) => {
    const tookMs = cpuMsOf(() => void applyReply(reply, 'auto', view({ 'a.txt': text })));
    expect(tookMs).toBeLessThan(5000);
  });
});
