import { PassThrough } from 'node:stream';
import { type Instance, render } from 'ink';
import stringWidth from 'string-width';
import type { Coloring } from '../core/display/paint.ts';
import { isNarrow } from '../core/display/quick-width.ts';
import { App } from './app.tsx';
import type { Writer } from './hooks/use-writer.ts';
import { layoutLive, linesOf } from './live/layout-live.ts';
import type { Look, View } from './live/view.ts';
import type { Painter } from './painter.ts';
import { createScreen } from './screen.ts';
import { type Drawn, wipeReflowed } from './wipe-reflowed.ts';

// Frames are made when there is something to show; Ink's own pace would only hold them back.
const MAX_FPS = 1_000;

/** Draws with Ink. Keys do not come this way: Ink is given a stream that never says a word. */
export function createInkPainter(
  write: (data: string) => void,
  quick: Look,
  coloring: Coloring,
): Painter & { readonly look: Look } {
  const look: Look = { ...quick, width: widthOf };
  const screen = createScreen(write, { columns: 80, rows: 24 });
  let ink: Instance | null = null;
  let writeAbove: Writer = screen.write;
  let drawn: Drawn | null = null;
  const onWriter = (writer: Writer): void => {
    writeAbove = writer;
  };

  function draw(view: View): void {
    const live = layoutLive(view, look);
    drawn = { lines: linesOf(live), caretRow: live.caret.row, caretColumn: live.caret.column };
    const app = <App live={live} mode={view.mode} coloring={coloring} onWriter={onWriter} />;
    if (ink === null) ink = render(app, optionsFor(screen.stream));
    else ink.rerender(app);
  }

  function end(): void {
    ink?.unmount();
    ink = null;
    drawn = null;
  }

  return {
    look,
    paint(finished, view) {
      screen.inOneFrame(() => {
        if (ink === null) {
          screen.setSize(view.size);
          screen.write(`\r\x1b[J${finished}`);
        } else if (finished !== '') writeAbove(finished);
        draw(view);
      });
    },
    resize(view) {
      screen.inOneFrame(() => {
        if (drawn !== null) screen.write(makeRoom(drawn, view, look));
        screen.setSize(view.size);
        draw(view);
      });
    },
    erase() {
      screen.inOneFrame(() => ink?.clear());
      screen.muted(end);
    },
    forget() {
      screen.muted(end);
    },
  };
}

/** Wipes the live lines as the terminal has broken them anew, and leaves Ink the room it knows. */
function makeRoom(drawn: Drawn, view: View, look: Look): string {
  const height = drawn.lines.length;
  const wipe = wipeReflowed(drawn, view.size.columns, look);
  return `${wipe}${'\n'.repeat(height)}\x1b[${height - drawn.caretRow}A`;
}

// Most of what is typed needs no tables.
const widthOf = (text: string): number => (isNarrow(text) ? text.length : stringWidth(text));

const optionsFor = (stdout: NodeJS.WriteStream) => ({
  stdout,
  stdin: new PassThrough() as unknown as NodeJS.ReadStream,
  exitOnCtrlC: false,
  patchConsole: true,
  maxFps: MAX_FPS,
  incrementalRendering: false,
});
