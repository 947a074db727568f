import type { ReadStream } from 'node:tty';

/** What a terminal is told when TinyCode comes, and when it goes for whatever reason. */
export type TerminalModes = {
  /** Raw keys; returns what is to be written. */
  enter(): string;
  leave(): string;
  readonly isEntered: () => boolean;
};

// Pastes in brackets, and Kitty's keyboard protocol so that Shift+Enter is a key of its own.
const BRACKETS_ON = '\x1b[?2004h';
const BRACKETS_OFF = '\x1b[?2004l';
const KITTY_ON = '\x1b[>1u';
const KITTY_OFF = '\x1b[<u';
const CALM = '\x1b[0m\x1b[?25h';

export function createTerminalModes(stdin: ReadStream, term: string): TerminalModes {
  // The Linux console took `CSI … u` for a cursor move for a long time.
  const hasKitty = term !== 'linux';
  let isEntered = false;
  return {
    enter() {
      // libuv sets nothing where it believes the mode is set, which it may not be after a stop.
      stdin.setRawMode(false);
      stdin.setRawMode(true);
      isEntered = true;
      return BRACKETS_ON + (hasKitty ? KITTY_ON : '');
    },
    leave() {
      if (!isEntered) return '';
      isEntered = false;
      if (!stdin.destroyed) stdin.setRawMode(false);
      return BRACKETS_OFF + (hasKitty ? KITTY_OFF : '') + CALM;
    },
    isEntered: () => isEntered,
  };
}
