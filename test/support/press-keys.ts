import stringWidth from 'string-width';
import {
  type Ask,
  type Editor,
  NEW_EDITOR,
  type Surroundings,
} from '../../src/tui/editor/editor.ts';
import { press } from '../../src/tui/editor/press.ts';
import { createDecoder } from '../../src/tui/keys/decoder.ts';

export type PressOptions = Partial<Pick<Surroundings, 'history' | 'isRunning'>> & {
  readonly room?: number;
  readonly from?: Editor;
};

/** Types bytes at the prompt as a terminal would send them. */
export function pressKeys(
  bytes: string,
  { history = [], isRunning = false, room = 40, from = NEW_EDITOR }: PressOptions = {},
): { readonly editor: Editor; readonly asks: readonly Ask[] } {
  const decoder = createDecoder();
  // One byte a read, as from someone who types.
  const reads = Array.from(new TextEncoder().encode(bytes), (byte) => Uint8Array.of(byte));
  const keys = [...reads.flatMap((read) => decoder.push(read)), ...decoder.flush()];
  const frame = { room, width: (text: string) => stringWidth(text), isAscii: false };
  const asks: Ask[] = [];
  let editor = from;
  for (const key of keys) {
    const pressed = press(editor, key, { history, isRunning, frame });
    editor = pressed.editor;
    if (pressed.ask !== null) asks.push(pressed.ask);
  }
  return { editor, asks };
}

/** The text with the caret in it as `|`. */
export function show({ draft }: Editor): string {
  return `${draft.text.slice(0, draft.caret)}|${draft.text.slice(draft.caret)}`;
}
