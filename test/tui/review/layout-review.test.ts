import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Content, PlanRecord } from '../../../src/core/types.ts';
import { createMemoryReview, recordOf, stepOf } from '../../support/memory-review.ts';
import { pressReview } from '../../support/press-review.ts';
import { SAMPLE, SAMPLE_BEFORES } from '../../support/review-sample.ts';

type Options = Parameters<typeof pressReview>[1] & {
  readonly record?: PlanRecord;
  readonly befores?: Readonly<Record<string, Content | null>>;
  readonly keys?: string;
};

async function show({ record = SAMPLE, befores = SAMPLE_BEFORES, keys = '', ...more }: Options) {
  const review = pressReview(createMemoryReview(record, befores), { record, ...more });
  await review.settle();
  review.press(keys);
  return review.show();
}

/** One file of which the text changes. */
const ofFile = (before: Content | null, after: Content, path = 'a.txt') => ({
  record: recordOf([stepOf('1', { kind: 'file.write', path, content: after })]),
  befores: { 1: before },
});

describe('the review', () => {
  it('at 40 columns stands one above the other and breaks what is long', async () => {
    expect(await show({ columns: 40, rows: 20 })).toEqual([
      'Plan 7f3a · step 1 of 3 · make the invo…',
      '› [x] 1  edit  src/invoice.ts  +5 −3',
      '  [x] 2  write  test/invoice.test.ts  +1',
      '      −0',
      '  [x] 3  run  npm test -- invoice',
      '────────────────────────────────────────',
      '1  edit  src/invoice.ts',
      'round each line, add after',
      'why: they differ by a cent',
      'low risk',
      '',
      'src/invoice.ts  +5 −3',
      '  ⋯ 2 unchanged lines, z shows them',
      '  3   export function total(lines: reado',
      '      nly Line[]): number {',
      '  4     let sum = 0;',
      '3 of 3 steps: 1 file is new, 1 file',
      'changes, 1 command runs',
      '? help · a approve · y take',
    ]);
  });

  it('at 80 columns numbers both sides', async () => {
    const rows = await show({ columns: 80, rows: 24, keys: 'j' });
    expect(rows.slice(4, 13)).toEqual([
      '────────────────────────────────────────────────────────────────────────────────',
      '      6 +     sum += round(line.price * line.count);',
      '  7   7     }',
      '› [x] hunk 2 of 4, line 8, +1 −1',
      '  8     -   return round(sum);',
      '      8 +   return sum;',
      '  9   9   }',
      ' 10  10',
      ' 11  11   export function vat(lines: readonly Line[]): number {',
    ]);
    expect(rows).toHaveLength(23);
  });

  it('at 120 columns has the steps on the left', async () => {
    const rows = await show({ columns: 120, rows: 20, keys: 'jnodd\r' });
    expect(rows.slice(0, 8)).toEqual([
      'Plan 7f3a · step 1 of 3 · make the invoice round like the cart',
      '› [x] 1  edit  src/invoice.ts        │       6 +     sum += round(line.price * line.count);',
      '      round each line, add after     │   7   7     }',
      '      low risk, +5 −3, 1 of 4 hunks  │ › [ ] hunk 2 of 4, line 8, +1 −1, left out: odd',
      '      out                            │   8     -   return round(sum);',
      '  [x] 2  write  test/invoice.test.ts │       8 +   return sum;',
      '      what step 2 does               │   9   9   }',
      '      low risk, +1 −0                │  10  10',
    ]);
    expect(rows.slice(-2)).toEqual([
      '3 of 3 steps, 1 of 5 hunks left out: 1 file is new, 1 file changes, 1 command runs',
      '? help · a approve · y take · n leave out · j/k hunk · J/K step · space step · s split · e edit · r rehearse · / search',
    ]);
  });

  it('at 200 columns has room for both texts side by side', async () => {
    const rows = await show({ columns: 200, rows: 30, keys: 'u' });
    const pane = rows.slice(7, 18).map((row) => row.slice(49));
    expect(pane[4]).toBe('› [x] hunk 1 of 4, line 6, +1 −1');
    expect(pane[5]).toBe(
      `${'  6 -     sum += line.price * line.count;'.padEnd(74)} │   6 +     sum += round(line.price * line.count);`,
    );
    expect(pane[9]).toBe(`${'  9   }'.padEnd(74)} │   9   }`);
  });

  it('shows white space where nothing else differs, and everywhere on request', async () => {
    const rows = await show({ columns: 80, rows: 40 });
    expect(rows).toContain('  [x] hunk 3 of 4, line 12, +1 −1, white space only');
    expect(rows).toContain(' 12     - ··return·total(lines)·*·0.19;');
    const all = await show({ columns: 80, rows: 40, keys: 'w' });
    expect(all).toContain('      8 + ··return·sum;');
  });

  it('says how lines end where that is not as usual', async () => {
    const rows = await show({ columns: 80, rows: 30, ...ofFile('a\nb\n', 'a\r\nb') });
    expect(rows).toEqual(
      expect.arrayContaining(['      1 + a ⟨CRLF⟩', '      2 + b ⟨no newline⟩', '  1     - a']),
    );
  });

  it('has ASCII stand-ins for its signs', async () => {
    const rows = await show({ columns: 120, rows: 30, isAscii: true });
    expect(rows.join('\n')).toMatch(/^[\x00-\x7f]*$/);
  });

  it('refuses to be smaller than it can be read', async () => {
    expect(await show({ columns: 20, rows: 5 })).toEqual(['Too small for a review. q leaves it.']);
  });
});

describe('a hostile file', () => {
  const hostile = [
    'if (isAdmin) { // \u202e } \u2066check\u2069 off',
    'zero\u200bwidth and bom\ufeff',
    'esc \x1b[2J \x1b]52;c;aGk=\x07 bel \x07 cr \rback',
    'pаypal = 1;',
    '漢字とかな 👨‍👩‍👧 end',
    `x = "${'long '.repeat(2_000)}";`,
    `zalgo a${'\u0301'.repeat(30)}`,
    '\ttab',
    '',
  ].join('\n');

  it.each([40, 80, 120, 200])(
    'commands nothing and hides nothing at %i columns',
    async (columns) => {
      const review = pressReview(
        createMemoryReview(ofFile('', hostile, 'a.ts').record, { 1: '' }),
        { columns, rows: 60 },
      );
      await review.settle();
      const seen: string[] = [];
      for (let page = 0; page < 12; page++) {
        const rows = review.show();
        seen.push(...rows);
        expect(rows.length).toBeLessThanOrEqual(59);
        for (const row of rows) {
          expect(row).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b\ufeff]/u);
          expect(stringWidth(row)).toBeLessThanOrEqual(columns);
        }
        review.press('\x1b[6~');
      }
      const text = seen
        .map((row) => row.replace(/^.*│ /, '').replace(/^ *\d* +[+ ] /, ''))
        .join('');
      expect(text).toContain('⟨U+202E⟩');
      expect(text).toContain('⟨U+2066⟩check⟨U+2069⟩');
      expect(text).toContain('zero⟨U+200B⟩width');
      expect(text.replaceAll(/\s/g, '')).toContain('⟨U+001B⟩]52;c;aGk=⟨U+0007⟩');
      expect(text.replaceAll(/\s/g, '')).toContain('mixesLatinandCyrillicletters');
      expect(text).toContain('⟨U+0301⟩⟨U+0301⟩');
    },
  );

  it('shows every letter of a line of ten thousand', async () => {
    const long = Array.from({ length: 10_000 }, (_, at) => 'abcdefghij'[at % 10]).join('');
    const rows = await show({ columns: 80, rows: 200, ...ofFile('', `${long}\n`) });
    const from = rows.findIndex((row) => row.includes('hunk 1 of 1')) + 1;
    const drawn = rows.slice(from, from + 143).map((row) => row.slice(10));
    expect(drawn.join('')).toBe(long);
  });

  it('keeps both halves apart whatever a terminal makes of wide letters', async () => {
    const rows = await show({
      columns: 160,
      rows: 30,
      keys: 'u',
      ...ofFile('漢字 one\nsame\n', '漢字 two 👨‍👩‍👧\nsame\n'),
    });
    const row = rows.find((line) => line.includes('漢字 one')) ?? '';
    const other = rows.find((line) => line.includes('  2   same')) ?? '';
    const widthTo = (line: string) => stringWidth(line.slice(0, line.lastIndexOf('│')));
    expect(widthTo(row)).toBe(widthTo(other));
  });
});

describe('steps that change no text', () => {
  const image = (hash: string, size: number) =>
    ({ path: 'logo.png', kind: 'file', hash, size, mode: 0o644 }) as const;

  it('say the size and hash of what is no text', async () => {
    const rows = await show({
      columns: 200,
      rows: 30,
      befores: { 1: { base64: 'AA==' } },
      record: recordOf([
        stepOf(
          '1',
          { kind: 'file.edit', path: 'logo.png', content: { base64: 'AAA=' } },
          { before: [image('aa'.repeat(32), 1)], after: [image('bb'.repeat(32), 1_234_567)] },
        ),
      ]),
    });
    const text = rows.join('\n');
    expect(text).toContain(`before  file, 1 byte, mode 644, sha256 ${'aa'.repeat(32)}`);
    expect(text).toContain(`after   file, 1,234,567 bytes, mode 644, sha256 ${'bb'.repeat(32)}`);
    expect(text).toContain('Not a text.');
  });

  it('show a command argument by argument where quotes could hide something', async () => {
    const rows = await show({
      columns: 80,
      rows: 30,
      record: recordOf([
        stepOf('1', {
          kind: 'shell.run',
          argv: ['sh', '-c', 'rm -rf \u202e x', ''],
          cwd: 'sub',
          env: { CI: '1 2' },
        }),
      ]),
    });
    expect(rows).toEqual(
      expect.arrayContaining([
        '4 arguments, without a shell:',
        '0  sh',
        '2  rm -rf ⟨U+202E⟩ x',
        '3  (empty)',
        'in folder sub',
        "with CI='1 2'",
      ]),
    );
  });

  it('let no newline in a word begin a line that looks like another', async () => {
    const rows = await show({
      columns: 80,
      rows: 30,
      record: recordOf([
        stepOf(
          '1',
          { kind: 'shell.run', argv: ['rm', 'a\n2  harmless', ' b '] },
          { title: 'tidy\nlow risk', risk: 'high' },
        ),
      ]),
    });
    expect(rows).toEqual(
      expect.arrayContaining(['1  a⟨U+000A⟩2  harmless', "2  ' b '", 'tidy⟨U+000A⟩low risk']),
    );
    expect(rows).not.toContain('low risk');
  });

  it('say that there is more than fits where they are to be approved', async () => {
    const steps = Array.from({ length: 40 }, (_, at) =>
      stepOf(String(at), { kind: 'shell.run', argv: ['echo', String(at)] }),
    );
    const options = { columns: 80, rows: 24, record: recordOf(steps) };
    expect(await show({ ...options, keys: 'a' })).toContain('More below: arrows scroll.');
    const pages = await show({ ...options, keys: `a${'\x1b[6~'.repeat(6)}` });
    expect(pages).not.toContain('More below: arrows scroll.');
    expect(pages).toContain('39  run  echo 39');
  });

  it('show what is deleted, and that it goes as a whole', async () => {
    const rows = await show({
      columns: 80,
      rows: 30,
      keys: 'n',
      befores: { 1: 'a\nb\n' },
      record: recordOf([
        stepOf(
          '1',
          { kind: 'file.delete', path: 'old.txt' },
          {
            before: [{ path: 'old.txt', kind: 'file', hash: 'cc', size: 4, mode: 0o644 }],
            after: [{ path: 'old.txt', kind: 'absent' }],
          },
        ),
      ]),
    });
    expect(rows).toEqual(
      expect.arrayContaining([
        'before  file, 4 bytes, mode 644, sha256 cc',
        'after   nothing',
        'old.txt  +0 −2  goes',
        '  1     - a',
      ]),
    );
    expect(rows.at(-1)).toBe('This step goes as a whole: space takes it or leaves it out.');
  });
});
