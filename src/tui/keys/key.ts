/** What a person did at the keyboard. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'key';
      readonly name: string;
      readonly ctrl: boolean;
      readonly alt: boolean;
      readonly shift: boolean;
    }
  /** Newlines are `\n`. `isCut` says that more came than is held. */
  | { readonly kind: 'paste'; readonly text: string; readonly isCut: boolean };

export type Modifiers = { readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean };

export const NO_MODIFIERS: Modifiers = { ctrl: false, alt: false, shift: false };

export const named = (name: string, modifiers: Partial<Modifiers> = {}): Key => ({
  kind: 'key',
  name,
  ...NO_MODIFIERS,
  ...modifiers,
});

/** `ctrl+a`, `alt+backspace`, `shift+enter`: what a keymap is written in. */
export function chordOf(key: Extract<Key, { kind: 'key' }>): string {
  return `${key.ctrl ? 'ctrl+' : ''}${key.alt ? 'alt+' : ''}${key.shift ? 'shift+' : ''}${key.name}`;
}
