import { type Key, named } from './key.ts';

/** The key behind one C0 character or DEL; `alt` where an escape came before it. */
export function keyOfControl(character: string, alt: boolean): Key {
  const named_ = NAMES[character];
  if (named_ !== undefined) return named(named_, { alt });
  const code = character.charCodeAt(0);
  return named(String.fromCharCode(code + 0x40).toLowerCase(), { ctrl: true, alt });
}

export const isControl = (character: string): boolean => character < ' ' || character === '\x7f';

// Ctrl+J is a newline of its own here; Enter is CR.
const NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x1b': 'escape',
};
