import { type Key, type Modifiers, NO_MODIFIERS, named } from './key.ts';

/**
 * The key behind a control sequence, null for anything else: reports of mice, focus, colours and
 * devices, key releases, and what nobody knows.
 */
export function keyOfCsi(parameters: string, final: string): Key | null {
  if (/^[<=>?]/.test(parameters)) return null;
  const fields = parameters.split(';').map((field) => field.split(':').map(numberOf));
  const [modifierCode = 1, event = 1] = fields[1] ?? [];
  if (event === RELEASED) return null;
  const modifiers = modifiersOf(modifierCode);
  switch (final) {
    case 'u':
      return keyOfCode(fields, modifiers);
    case '~':
      return keyOfTilde(fields, modifiers);
    case '$':
      return tildeNamed(fields[0]?.[0], { ...modifiers, shift: true });
    case '^':
      return tildeNamed(fields[0]?.[0], { ...modifiers, ctrl: true });
    case 'Z':
      return named('tab', { ...modifiers, shift: true });
    case 'a':
    case 'b':
    case 'c':
    case 'd':
      return parameters === '' ? letterNamed(final.toUpperCase(), SHIFT) : null;
    case 'I':
    case 'O':
    case 'R':
      return null;
    default:
      return letterNamed(final, modifiers);
  }
}

/** `ESC O x`, with the modifier that some terminals put before the letter. */
export function keyOfSs3(digits: string, final: string): Key | null {
  const modifiers = digits === '' ? NO_MODIFIERS : modifiersOf(numberOf(digits));
  const rxvt = 'abcd'.includes(final) ? letterNamed(final.toUpperCase(), CTRL) : null;
  if (rxvt) return rxvt;
  if (final === 'M') return named('enter', modifiers);
  const keypad = KEYPAD[final];
  if (keypad !== undefined) return { kind: 'text', text: keypad };
  return letterNamed(final, modifiers);
}

const SHIFT: Modifiers = { ...NO_MODIFIERS, shift: true };
const CTRL: Modifiers = { ...NO_MODIFIERS, ctrl: true };
const RELEASED = 3;

const LETTERS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'begin',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

const TILDES: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

const KEYPAD: Readonly<Record<string, string>> = {
  X: '=',
  j: '*',
  k: '+',
  l: ',',
  m: '-',
  n: '.',
  o: '/',
  ...Object.fromEntries([...'pqrstuvwxy'].map((letter, digit) => [letter, String(digit)])),
};

/** Kitty's numbers for keys that have no character. */
const CODES: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  13: 'enter',
  27: 'escape',
  127: 'backspace',
  57414: 'enter',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageup',
  57422: 'pagedown',
  57423: 'home',
  57424: 'end',
  57425: 'insert',
  57426: 'delete',
};
const KEYPAD_CODES = { first: 57399, characters: '0123456789./*-+' } as const;
const PRIVATE = { first: 0xe000, last: 0xf8ff } as const;

function letterNamed(letter: string, modifiers: Modifiers): Key | null {
  const name = LETTERS[letter];
  return name === undefined ? null : named(name, modifiers);
}

function tildeNamed(number: number | undefined, modifiers: Modifiers): Key | null {
  const name = number === undefined ? undefined : TILDES[number];
  return name === undefined ? null : named(name, modifiers);
}

/** `CSI 3;5~`, or xterm's modifyOtherKeys `CSI 27;modifiers;code~`. */
function keyOfTilde(fields: readonly (readonly number[])[], modifiers: Modifiers): Key | null {
  const [number] = fields[0] ?? [];
  return number === 27 && fields.length === 3
    ? keyOfCharacter(fields[2]?.[0] ?? 0, undefined, modifiers)
    : tildeNamed(number, modifiers);
}

/** `CSI code:shifted:base;modifiers:event;text u`. */
function keyOfCode(fields: readonly (readonly number[])[], modifiers: Modifiers): Key | null {
  const [code = 0, shifted] = fields[0] ?? [];
  const text = (fields[2] ?? []).filter(isCharacter);
  if (text.length > 0 && !modifiers.ctrl && !modifiers.alt) {
    return { kind: 'text', text: String.fromCodePoint(...text) };
  }
  return keyOfCharacter(code, shifted, modifiers);
}

function keyOfCharacter(
  code: number,
  shifted: number | undefined,
  modifiers: Modifiers,
): Key | null {
  const name = CODES[code];
  if (name !== undefined) return named(name, modifiers);
  const keypad = KEYPAD_CODES.characters[code - KEYPAD_CODES.first];
  if (keypad !== undefined) return { kind: 'text', text: keypad };
  if (!isCharacter(code)) return null;
  const character = String.fromCodePoint(code);
  const upper = isCharacter(shifted ?? 0)
    ? String.fromCodePoint(shifted ?? 0)
    : character.toUpperCase();
  if (!modifiers.ctrl && !modifiers.alt) {
    return { kind: 'text', text: modifiers.shift ? upper : character };
  }
  // With Alt alone, Shift is in the character, as where an escape comes before it.
  return modifiers.ctrl
    ? named(character.toLowerCase(), modifiers)
    : named(modifiers.shift ? upper : character, { alt: true });
}

const isCharacter = (code: number): boolean =>
  code >= 0x20 &&
  code <= 0x10ffff &&
  !(code >= 0x7f && code < 0xa0) &&
  !(code >= 0xd800 && code <= PRIVATE.last);

/** Shift 1, Alt 2, Ctrl 4, Meta 32; Super and Hyper are nobody's here. */
function modifiersOf(code: number): Modifiers {
  const bits = Math.max(0, code - 1);
  return { shift: (bits & 1) !== 0, alt: (bits & (2 | 32)) !== 0, ctrl: (bits & 4) !== 0 };
}

function numberOf(digits: string): number {
  return /^\d{1,7}$/.test(digits) ? Number(digits) : digits === '' ? 1 : 0;
}
