import { describe, expect, it } from 'vitest';
import { fc } from '../../support/fc.ts';
import { pressKeys, show } from '../../support/press-keys.ts';

const typed = (bytes: string): string => show(pressKeys(bytes).editor);

const LEFT = '\x1b[D';
const UP = '\x1b[A';
const DOWN = '\x1b[B';
const [A, B, D, E, F, H, K, T, U, W, Y] = [...'\x01\x02\x04\x05\x06\x08\x0b\x14\x15\x17\x19'];

describe('moving', () => {
  it.each([
    [`abc${LEFT}x`, 'abx|c'],
    [`abc${A}x`, 'x|abc'],
    [`abc${A}${E}x`, 'abcx|'],
    [`abc${B}${B}${F}x`, 'abx|c'],
    ['one two\x1bb\x1bbx', 'x|one two'],
    [`one two${A}\x1bfx`, 'onex| two'],
    ['one two\x1b[1;5Dx', 'one x|two'],
    ['one\ntwo\x1b[Hx', 'one\nx|two'],
    ['one\ntwo\x1b<x', 'x|one\ntwo'],
  ])('%j gives %j', (bytes, shown) => expect(typed(bytes)).toBe(shown));

  it('never stops inside what looks like one character', () => {
    expect(typed(`a👨‍👩‍👧b${LEFT}${LEFT}x`)).toBe('ax|👨‍👩‍👧b');
    expect(typed(`e\u0301${LEFT}x`)).toBe('x|e\u0301');
  });

  it('goes up and down by the rows on the screen and keeps its column', () => {
    const { editor } = pressKeys(`${'x'.repeat(25)}${UP}`, { room: 10 });
    expect(editor.draft.caret).toBe(15);
    expect(pressKeys(UP, { room: 10, from: editor }).editor.draft.caret).toBe(5);
    expect(show(pressKeys(`longer\nab\nlonger${UP}${UP}`).editor)).toBe('longer|\nab\nlonger');
  });
});

describe('deleting', () => {
  it.each([
    ['abc\x7f', 'ab|'],
    [`abc${H}`, 'ab|'],
    [`abc${A}\x1b[3~`, '|bc'],
    [`abc${A}${D}`, '|bc'],
    ['a👨‍👩‍👧\x7f', 'a|'],
    [`one two-three${W}`, 'one |'],
    ['one two-three\x1b\x7f', 'one two-|'],
    [`one two${A}\x1bd`, '| two'],
    [`one two${LEFT}${U}`, '|o'],
    [`one two${A}${K}`, '|'],
    [`one\ntwo${A}\x7f`, 'one|two'],
    [`one\ntwo${UP}${E}${K}`, 'one|two'],
  ])('%j gives %j', (bytes, shown) => expect(typed(bytes)).toBe(shown));
});

describe('killing and yanking', () => {
  it('brings back what was killed, kills in a row as one', () => {
    expect(typed(`one two three${W}${W}${Y}`)).toBe('one two three|');
    expect(typed(`one two${A}${K}x${Y}`)).toBe('xone two|');
  });

  it('goes round through what was killed before', () => {
    expect(typed(`one${U}two${U}${Y}\x1by`)).toBe('one|');
  });
});

describe('undo', () => {
  it('takes back words, and deletions one by one', () => {
    expect(typed('one two\x1f')).toBe('one|');
    expect(typed('one two\x1f\x1f')).toBe('|');
    expect(typed(`one two${W}\x1f`)).toBe('one two|');
  });

  it('does again what was taken back', () => {
    expect(typed('one two\x1f\x1b_')).toBe('one two|');
  });

  it('takes a paste back as a whole', () => {
    expect(typed('a \x1b[200~b c d\x1b[201~\x1f')).toBe('a |');
  });
});

describe('entering', () => {
  it('submits the whole text and leaves an empty prompt', () => {
    const { editor, asks } = pressKeys('hello\r');
    expect(asks).toEqual([{ kind: 'submit', line: 'hello' }]);
    expect(show(editor)).toBe('|');
  });

  it.each([
    ['one\ntwo', 'Ctrl+J'],
    ['one\x1b\rtwo', 'Alt+Enter'],
    ['one\x1b[13;2utwo', 'Shift+Enter'],
    ['one\\\rtwo', 'backslash and Enter'],
    ['\x1b[200~one\rtwo\x1b[201~', 'a paste'],
  ])('%j is two lines (%s, %s)', (bytes) => {
    expect(pressKeys(bytes)).toMatchObject({ asks: [], editor: { draft: { text: 'one\ntwo' } } });
  });

  it('submits nothing where there are only blanks', () => {
    expect(pressKeys('  \r').asks).toEqual([]);
  });

  it('swaps letters', () => {
    expect(typed(`ab${T}`)).toBe('ba|');
    expect(typed(`abc${LEFT}${T}`)).toBe('acb|');
  });
});

describe('Ctrl+C', () => {
  it('cancels what runs and keeps the text', () => {
    const { editor, asks } = pressKeys('text\x03', { isRunning: true });
    expect(asks).toEqual([{ kind: 'cancel' }]);
    expect(show(editor)).toBe('text|');
  });

  it('else clears, which can be undone', () => {
    expect(typed('text\x03')).toBe('|');
    expect(typed('text\x03\x1f')).toBe('text|');
  });

  it('else asks whether to leave, and leaves when pressed again', () => {
    expect(pressKeys('\x03')).toMatchObject({ asks: [], editor: { isLeaveAsked: true } });
    expect(pressKeys('\x03\x03').asks).toEqual([{ kind: 'leave' }]);
    expect(pressKeys('\x03a\x7f\x03').asks).toEqual([]);
  });
});

describe('keys for the terminal', () => {
  it.each([
    ['\x04', 'leave'],
    ['\x07', 'open-editor'],
    ['\x18\x05', 'open-editor'],
    ['\x0c', 'redraw'],
    ['\x1a', 'suspend'],
  ])('%j asks to %s', (bytes, kind) => {
    expect(pressKeys(bytes).asks).toEqual([{ kind }]);
  });

  it('does not leave on Ctrl+D while there is text', () => {
    expect(pressKeys('a\x04').asks).toEqual([]);
  });

  it('forgets an unknown chord', () => {
    expect(typed('a\x18\x18b')).toBe('ab|');
  });
});

it('never stands outside its text, whatever is pressed', () => {
  const key = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.constantFrom(...'\x01\x02\x05\x06\x0b\x0c\x0e\x10\x12\x14\x15\x17\x19\x1f\r\n\t\x7f'),
    fc.constantFrom(
      UP,
      DOWN,
      LEFT,
      '\x1b[C',
      '\x1bb',
      '\x1bf',
      '\x1bd',
      '\x1by',
      '\x1b_',
      '\x1b[3~',
    ),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
      const { editor } = pressKeys(keys.join(''), { history: ['one', 'two\nlines'], room: 5 });
      const { text, caret } = editor.draft;
      expect(caret).toBeGreaterThanOrEqual(0);
      expect(caret).toBeLessThanOrEqual(text.length);
    }),
  );
});
