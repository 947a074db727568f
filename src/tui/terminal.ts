import type { Surface } from '../core/display/line.ts';
import type { Coloring } from '../core/display/paint.ts';
import { fail } from '../core/result.ts';
import type { Entry, Result } from '../core/types.ts';
import type { Session } from '../runtime/session-type.ts';
import { createDesk, type Desk } from './desk.ts';
import { editInEditor } from './external-editor.ts';
import { type KeySource, listenForKeys } from './key-source.ts';
import { chordOf, type Key } from './keys/key.ts';
import { guardTerminal } from './leaving.ts';
import type { Look } from './live/view.ts';
import type { ShowReview, TerminalOptions } from './options.ts';
import { createPaintSchedule } from './paint-schedule.ts';
import type { Painter } from './painter.ts';
import { printEntries } from './print-entries.ts';
import type { ReviewScreen } from './review/review-screen.ts';
import type { ReviewEnd } from './review/review-source.ts';
import { watchReviews } from './review/watch-reviews.ts';
import { createTerminalModes } from './terminal-modes.ts';
import { noticeSize, sizeOf } from './window-size.ts';
import { within } from './within.ts';

/** The door while it is open: keys in, frames out, and who has the terminal. */
export type Terminal = {
  /** Takes the terminal and draws for the first time, below what is given. */
  open(finished: string): void;
  attach(session: Session): void;
  /** Another painter draws from now on. */
  handOver(painter: Painter, look: Look): void;
  /** The session will not come. The message is escaped. */
  fail(message: string): void;
  isOpen(): boolean;
  /** Shows a plan on the whole screen until the person has decided, or gone back. */
  readonly review: ShowReview;
};

export type Drawing = {
  readonly painter: Painter;
  readonly look: Look;
  readonly coloring: Coloring;
  readonly write: (data: string) => void;
  readonly nowMs: () => number;
  readonly onKey: () => void;
};

/** A session that does not close must not keep a person. */
const CLOSE_WAIT_MS = 3_000;
/** Where nobody controls jobs, a stop is ignored and nothing continues us. */
const STOP_WAIT_MS = 200;

export function createTerminal(options: TerminalOptions, drawing: Drawing): Terminal {
  const { stdin, stdout } = options;
  const { write, coloring } = drawing;
  const modes = createTerminalModes(stdin, options.env.TERM ?? '');
  let { painter, look } = drawing;
  let holder: 'nobody' | 'us' | 'child' | 'stopped' | 'left' = 'nobody';
  let session: Session | null = null;
  let printed: Entry | null = null;
  let reviewing: ReviewScreen | null = null;

  const desk: Desk = createDesk({
    mode: options.mode,
    level: options.level,
    branch: options.header.branch,
    size: sizeOf(stdout),
    look,
    nowMs: drawing.nowMs,
    onChange: (isKey) => {
      if (holder !== 'us') return;
      if (isKey) schedule.now();
      else schedule.soon();
    },
    edit,
    onAsk: (ask) => ASKS[ask](),
  });
  const ASKS = {
    leave: () => void leave(0),
    redraw,
    suspend,
    'open-editor': () => void openEditor(),
  };
  const schedule = createPaintSchedule(paint, drawing.nowMs);
  const keys: KeySource = listenForKeys(
    stdin,
    (pressed) => {
      drawing.onKey();
      if (reviewing === null) desk.press(pressed);
      else pressInReview(reviewing, pressed);
    },
    () => void leave(0),
  );
  const guard = guardTerminal(giveBack, onSignal, onContinue);

  function paint(): void {
    if (holder !== 'us') return;
    if (reviewing === null) {
      noticeSize(stdout);
      painter.paint(takeFinished(), desk.view());
      desk.noteDrawn();
    }
    if (session?.state().isLeaving === true) void leave(0);
  }

  function takeFinished(): string {
    const entries = desk.takeEntries();
    const finished = printEntries(entries, printed, surfaceOf(stdout, look), coloring);
    printed = entries.at(-1) ?? printed;
    return finished;
  }

  function take(finished: string): void {
    holder = 'us';
    keys.open();
    // In one piece: what the kernel echoed before is wiped by the same frame.
    write(modes.enter() + finished);
    if (reviewing === null) schedule.now();
    else reviewing.enter();
  }

  /** Also from an exit handler: nothing here may wait. */
  function giveBack(): void {
    if (holder !== 'us') return;
    holder = 'nobody';
    schedule.stop();
    try {
      if (reviewing === null) painter.erase();
      else write(reviewing.leave());
    } finally {
      write(modes.leave());
    }
  }

  function redraw(): void {
    painter.erase();
    // Scrolled away rather than erased: what is finished stays in the scrollback.
    write(`${'\n'.repeat(sizeOf(stdout).rows)}\x1b[H\x1b[J`);
  }

  function suspend(): void {
    giveBack();
    holder = 'stopped';
    process.kill(0, 'SIGTSTP');
    // After a real stop the signal is seen first, which a timer that is long over must not precede.
    setTimeout(() => setImmediate(takeIfStopped), STOP_WAIT_MS);
  }

  function onContinue(): void {
    if (holder === 'us') {
      // Stopped from outside: the shell has written since, and has changed the modes.
      painter.forget();
      take('');
    } else takeIfStopped();
  }

  function takeIfStopped(): void {
    if (holder === 'stopped') take('');
  }

  async function openEditor(): Promise<void> {
    const edited = await edit(desk.view().editor.draft.text, '.md');
    if (edited.ok) desk.setText(edited.value.replace(/\r\n?/g, '\n').replace(/\n$/, ''));
    else desk.say(edited.error.message);
    if (holder === 'us') schedule.now();
  }

  /** The terminal is the editor's until that ends. */
  async function edit(text: string, extension: string): Promise<Result<string>> {
    if (options.editorCommand === '') {
      return fail('unavailable', 'No editor is set: set $VISUAL or $EDITOR.');
    }
    giveBack();
    holder = 'child';
    keys.pause();
    const edited = await editInEditor(text, options.editorCommand, extension);
    if (holder === 'child') take('');
    return edited;
  }

  async function review(...[source]: Parameters<ShowReview>): Promise<ReviewEnd> {
    const { createReviewScreen } = await import('./review/review-screen.ts');
    if (holder !== 'us' || reviewing !== null) return { kind: 'closed' };
    return new Promise((settle) => {
      const screen = createReviewScreen(source, {
        write: (data, onWritten) => void stdout.write(data, onWritten),
        size: () => sizeOf(stdout),
        look,
        coloring,
        mode: session?.state().mode ?? options.mode,
        nowMs: drawing.nowMs,
        edit,
        onEnd(end) {
          write(screen.leave());
          reviewing = null;
          settle(end);
          if (holder === 'us') schedule.now();
        },
      });
      painter.erase();
      reviewing = screen;
      screen.enter();
    });
  }

  function pressInReview(screen: ReviewScreen, pressed: readonly Key[]): void {
    const chords = pressed.map((key) => (key.kind === 'key' ? chordOf(key) : ''));
    if (chords.includes('ctrl+z')) suspend();
    else if (chords.includes('ctrl+l')) screen.resize();
    else screen.press(pressed);
  }

  function onSignal(code: number): void {
    // Keys typed at an editor reach us as signals too; they are not meant for us.
    if (holder === 'child' && code === INTERRUPTED) return;
    void leave(code);
  }

  async function leave(code: number): Promise<void> {
    if (holder === 'left') return;
    const finished = takeFinished();
    giveBack();
    holder = 'left';
    reviewing?.close();
    write(finished);
    keys.close();
    await within(CLOSE_WAIT_MS, closeSession());
    write(takeFinished());
    desk.dispose();
    guard.release();
    options.onExit(code);
  }

  async function closeSession(): Promise<void> {
    try {
      const closing = await options.session;
      if (!closing.state().isLeaving) closing.send({ kind: 'leave.asked' });
      await closing.close();
    } catch {
      // What failed has been said where it failed.
    }
  }

  stdout.on('resize', () => {
    desk.resize(sizeOf(stdout));
    if (holder !== 'us') return;
    if (reviewing === null) painter.resize(desk.view());
    else reviewing.resize();
  });
  // The terminal is gone; there is nobody to tell.
  stdout.on('error', () => void leave(HUNG_UP));

  return {
    open: take,
    attach(attached) {
      session = attached;
      desk.attach(attached);
      watchReviews(attached, review);
    },
    handOver(next, nextLook) {
      const previous = painter;
      painter = next;
      look = nextLook;
      desk.setLook(nextLook);
      if (holder !== 'us' || reviewing !== null) return;
      write('\x1b[?2026h');
      previous.erase();
      schedule.now();
    },
    fail(message) {
      giveBack();
      write(`${message}\n`);
      void leave(1);
    },
    isOpen: () => holder !== 'left',
    review,
  };
}

const INTERRUPTED = 130;
const HUNG_UP = 129;

function surfaceOf(stdout: TerminalOptions['stdout'], look: Look): Surface {
  return { ...look, columns: sizeOf(stdout).columns, isPlain: false };
}
