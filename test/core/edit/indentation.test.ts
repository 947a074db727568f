import { describe, expect, it } from 'vitest';
import { applyReply } from '../../../src/core/edit/apply-reply.ts';
import { fc } from '../../support/fc.ts';

/** Lines of code as depth and text; what they are indented by comes later. */
type Line = { readonly depth: number; readonly text: string };
type Edit = { readonly search: readonly string[]; readonly replacement: readonly string[] };

const UNITS = ['  ', '    ', '\t'];

/** Code in which a line is deeper than the one before only behind an opener, and then always. */
function makeCode(
  moves: readonly number[],
  name: string,
  base: number,
  { opener, closer }: Flavour,
): readonly Line[] {
  let depth = base;
  let opened = true;
  return moves.flatMap((move, at) => {
    const opens = move === 0 && at < moves.length - 1;
    const closers: Line[] = [];
    for (let step = move - 2; step > 0 && !opened && depth > base; step -= 1) {
      depth -= 1;
      if (closer !== null) closers.push({ depth, text: closer });
    }
    opened = opens;
    const line = { depth, text: opens ? opener(`${name}${at}`) : `${name}${at}(x, ${at})` };
    if (opens) depth += 1;
    return [...closers, line];
  });
}

type Flavour = {
  readonly opener: (name: string) => string;
  readonly closer: string | null;
};
const FLAVOURS: readonly Flavour[] = [
  { opener: (name) => `if ${name}:`, closer: null },
  { opener: (name) => `if (${name}) {`, closer: '}' },
];

const write = (lines: readonly Line[], unit: string) =>
  lines.map(({ depth, text }) => unit.repeat(depth) + text);

const blanksOf = (line: string) => /^\s*/.exec(line)?.[0] ?? '';
const mapIndents = (lines: readonly string[], change: (indent: string, at: number) => string) =>
  lines.map((line, at) => change(blanksOf(line), at) + line.trimStart());
const least = (lines: readonly string[]) => Math.min(...lines.map((line) => blanksOf(line).length));
const lose = (lines: readonly string[]) =>
  mapIndents(lines, (indent, at) => (at === 0 ? '' : indent));
const outdent = (lines: readonly string[], by: number) =>
  mapIndents(lines, (indent) => indent.slice(by));
const other = (unit: string) => (unit === '    ' ? '  ' : '    ');
const rescale = (lines: readonly string[], from: string, to: string) =>
  mapIndents(lines, (indent) => to.repeat(indent.length / from.length));

/** What models do to the indentation of what they copy. */
const HABITS: Readonly<Record<string, (edit: Edit, unit: string) => Edit>> = {
  nothing: (edit) => edit,
  'first line lost': ({ search, replacement }) => ({
    search: lose(search),
    replacement: lose(replacement),
  }),
  'first line of the search lost': ({ search, replacement }) => ({
    search: lose(search),
    replacement,
  }),
  'first line of the replacement lost': ({ search, replacement }) => ({
    search,
    replacement: lose(replacement),
  }),
  dedented: ({ search, replacement }) => {
    const by = least([...search, ...replacement]);
    return { search: outdent(search, by), replacement: outdent(replacement, by) };
  },
  'search dedented': ({ search, replacement }) => ({
    search: outdent(search, least(search)),
    replacement,
  }),
  'replacement dedented': ({ search, replacement }) => ({
    search,
    replacement: outdent(replacement, least(replacement)),
  }),
  'indented more': ({ search, replacement }, unit) => ({
    search: search.map((line) => unit + line),
    replacement: replacement.map((line) => unit + line),
  }),
  'another unit': ({ search, replacement }, unit) => ({
    search: rescale(search, unit, other(unit)),
    replacement: rescale(replacement, unit, other(unit)),
  }),
  'tabs or blanks': ({ search, replacement }, unit) => ({
    search: rescale(search, unit, unit === '\t' ? '    ' : '\t'),
    replacement: rescale(replacement, unit, unit === '\t' ? '    ' : '\t'),
  }),
  'dedented with another unit': ({ search, replacement }, unit) => {
    const by = least([...search, ...replacement]);
    return {
      search: rescale(outdent(search, by), unit, other(unit)),
      replacement: rescale(outdent(replacement, by), unit, other(unit)),
    };
  },
  'no-break spaces': ({ search, replacement }) => ({
    search: mapIndents(search, (indent) => indent.replace(/ /g, '\u00a0')),
    replacement: mapIndents(replacement, (indent) => indent.replace(/ /g, '\u00a0')),
  }),
  'no-break spaces in the replacement': ({ search, replacement }) => ({
    search,
    replacement: mapIndents(replacement, (indent) => indent.replace(/ /g, '\u2003')).map(
      (line) => `${line}\u00a0`,
    ),
  }),
};

const scene = fc.record({
  moves: fc.array(fc.nat({ max: 5 }), { minLength: 8, maxLength: 20 }),
  unit: fc.constantFrom(...UNITS),
  flavour: fc.constantFrom(...FLAVOURS),
  base: fc.nat({ max: 2 }),
  from: fc.nat(),
  length: fc.integer({ min: 1, max: 7 }),
  changes: fc.array(fc.constantFrom('keep', 'rename', 'after', 'wrap', 'drop'), {
    minLength: 7,
    maxLength: 7,
  }),
});

/** Of what is searched the outermost line goes, and what is left stands as deep as another had. */
const DEEPER_LEFT = {
  moves: [0, 0, 1, 4, 0, 0, 0, 0, 0, 0, 0],
  unit: '  ',
  flavour: FLAVOURS[0] as Flavour,
  base: 1,
  from: 193_735_829,
  length: 3,
  changes: ['rename', 'rename', 'drop', 'keep', 'keep', 'keep', 'keep'],
};

function makeEdit(
  code: readonly Line[],
  [from, to]: readonly [number, number],
  changes: readonly string[],
  { opener, closer }: Flavour,
): readonly Line[] {
  const opens = ({ text }: Line) => /[:{]$/.test(text);
  return code.slice(from, to).flatMap((line, at): readonly Line[] => {
    const change = changes[at];
    if (line.text === closer || change === 'keep') return [line];
    if (change === 'rename') return [{ ...line, text: line.text.replace(/call/, 'new_call') }];
    if (opens(line)) return [line];
    if (change === 'after') return [line, { ...line, text: `added${at}()` }];
    if (change === 'wrap') {
      return [
        { ...line, text: opener(`added${at}`) },
        { depth: line.depth + 1, text: `inner${at}()` },
        ...(closer === null ? [] : [{ ...line, text: closer }]),
        line,
      ];
    }
    const above = code[from + at - 1];
    const isBody = at > 0 && above !== undefined && opens(above);
    return at > 0 && !isBody ? [] : [line];
  });
}

describe('new lines under the habits of models', () => {
  it.each(Object.keys(HABITS))('stand as the file would have them, or nowhere: %s', (habit) => {
    let applied = 0;
    let refused = 0;
    fc.assert(
      fc.property(scene, ({ moves, unit, flavour, base, from, length, changes }) => {
        // The file shows how it is indented, whatever the rest of it is.
        const head = [
          { depth: 0, text: flavour.opener('head') },
          { depth: 1, text: 'head()' },
        ];
        const body = makeCode(moves, 'call', base, flavour);
        const code = [...head, ...body];
        const start = head.length + (from % body.length);
        const end = Math.min(code.length, start + length);
        const changed = makeEdit(code, [start, end], changes, flavour);
        const changedText = changed.map(({ text }) => text).join('\n');
        const oldText = code.slice(start, end).map(({ text }) => text);
        // What changes nothing, or is searched by a brace alone, is no edit that anyone sends.
        fc.pre(changedText !== oldText.join('\n') && oldText.some((line) => line !== '}'));
        const wanted = write([...code.slice(0, start), ...changed, ...code.slice(end)], unit);
        const exact = {
          search: write(code.slice(start, end), unit),
          replacement: write(changed, unit),
        };
        const { search, replacement } = (HABITS[habit] as (typeof HABITS)[string])(exact, unit);
        const reply = `a.js\n<<<<<<< SEARCH\n${search.join('\n')}\n=======\n${replacement.join('\n')}\n>>>>>>> REPLACE\n`;
        const text = `${write(code, unit).join('\n')}\n`;
        const result = applyReply(reply, 'search-replace', {
          paths: ['a.js'],
          read: () => text,
          parses: () => undefined,
          isProtected: () => false,
        });
        if (!result.ok) {
          refused += 1;
          return;
        }
        applied += 1;
        expect(result.files[0]?.after ?? text).toBe(`${wanted.join('\n')}\n`);
      }),
      { numRuns: 500, examples: [[DEEPER_LEFT]] },
    );
    expect(applied / (applied + refused)).toBeGreaterThan(0.75);
  });
});
