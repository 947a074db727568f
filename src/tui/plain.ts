import { makeVisible } from '../core/display/escape.ts';
import { layoutBlock } from '../core/display/layout.ts';
import type { Surface } from '../core/display/line.ts';
import { paintLines } from '../core/display/paint.ts';
import { quickWidth } from '../core/display/quick-width.ts';
import { standsApart } from '../core/display/stands-apart.ts';
import { fail } from '../core/result.ts';
import type { Block, Entry, Mode, ModelActivity, Result } from '../core/types.ts';
import type { Session } from '../runtime/session-type.ts';
import { editInEditor } from './external-editor.ts';
import { layoutHeader } from './layout-header.ts';
import { createLineQueue } from './line-queue.ts';
import { sayPhase } from './live/layout-activity.ts';
import type { TerminalOptions } from './options.ts';
import { createPlainQuestion } from './question/plain-question.ts';
import { describeStartFailure } from './start-failure.ts';
import { sizeOf } from './window-size.ts';
import { within } from './within.ts';

const CLOSE_WAIT_MS = 3_000;
const HUNG_UP = 129;
const TERMINATED = 143;
const CTRL_C = 3;

/** Headings say what they are; only what a model wrote is divided by blank lines. */
const isApart = (block: Block, above: Block): boolean =>
  block.kind !== 'heading' && standsApart(block, above);

/**
 * Line by line, for screen readers and the dumbest terminals: the terminal's own line editing,
 * no cursor movement, no colour, words for symbols.
 */
export function startPlain(options: TerminalOptions): void {
  const { stdin, stdout } = options;
  let session: Session | null = null;
  let typed = '';
  let seen = 0;
  let prompted: Mode | null = null;
  let before: Entry | null = null;
  let saidPhase = '';
  let isLeaveAsked = false;
  let hasLeft = false;
  const queue = createLineQueue();
  const decoder = new TextDecoder();

  const say = (text: string): void => void (text !== '' && stdout.write(text));
  const surface = (): Surface => ({
    columns: sizeOf(stdout).columns,
    width: quickWidth,
    isAscii: options.isAscii,
    isPlain: true,
  });
  const question = createPlainQuestion({
    stdin,
    say,
    surface,
    edit,
    onAnswer: (answer) => session?.send({ kind: 'question.answered', answer }),
  });

  /** The terminal's lines are the editor's until that ends. */
  async function edit(content: string, extension: string): Promise<Result<string>> {
    if (options.editorCommand === '') {
      return fail('unavailable', 'No editor is set: set $VISUAL or $EDITOR.');
    }
    stdin.pause();
    const edited = await editInEditor(content, options.editorCommand, extension);
    if (!hasLeft) stdin.resume();
    return edited;
  }

  /** What was entered stands there already: the terminal has echoed it. */
  function showEntries(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const above = before;
      before = entry;
      if (entry.kind === 'input') continue;
      if (prompted !== null) say('\n');
      prompted = null;
      if (above?.kind === 'block' && isApart(entry.block, above.block)) say('\n');
      say(paintLines(layoutBlock(entry.block, surface()), 'none'));
    }
  }

  /** What takes long without a sign is said once, when it begins. */
  function showPhase(talk: ModelActivity | null): void {
    const isQuiet =
      talk?.phase === 'loading' || (talk?.phase === 'reading' && talk.promptTokens > 0);
    const phase = talk !== null && isQuiet ? makeVisible(sayPhase(talk), options.isAscii) : '';
    if (phase !== '' && phase !== saidPhase) {
      if (prompted !== null) say('\n');
      prompted = null;
      say(`${phase}\n`);
    }
    saidPhase = phase;
  }

  function refuseReview(plan: string): void {
    session?.send({ kind: 'review.closed' });
    const text = `A review needs the whole screen. Line by line: /plan diff ${plan} shows every change, /plan amend ${plan} leaves steps and hunks out, /approve ${plan} approves.`;
    session?.send({ kind: 'notice', block: { kind: 'text', text } });
  }

  function follow(): void {
    const state = session?.state();
    if (state === undefined || hasLeft) return;
    const fresh = state.entries.slice(Math.max(0, seen - state.dropped));
    seen = state.dropped + state.entries.length;
    showEntries(fresh);
    showPhase(state.talk);
    question.watch(state.question);
    if (state.review !== null && state.running === null) refuseReview(state.review);
    if (state.isLeaving) void leave(0);
    else if (state.running === null && queue.lines().length === 0) prompt(state.mode);
  }

  function prompt(mode: Mode): void {
    if (prompted === mode) return;
    say(`${prompted === null ? '' : '\n'}${mode}> `);
    prompted = mode;
  }

  function onData(bytes: Uint8Array): void {
    isLeaveAsked = false;
    if (question.isDropping()) {
      typed = '';
      // A terminal that is raw for a moment makes no signal of it.
      if (bytes.includes(CTRL_C)) onInterrupt();
      return;
    }
    typed += decoder.decode(bytes, { stream: true });
    const lines = typed.split(/\r\n?|\n/);
    typed = lines.pop() ?? '';
    for (const line of lines) {
      prompted = null;
      if (question.isOpen()) question.takeLine(line);
      else if (line.trim() === '') continue;
      else if (session === null) queue.add(line);
      else session.send({ kind: 'line.entered', line });
    }
    if (lines.length > 0) follow();
  }

  function onInterrupt(): void {
    typed = '';
    if (session !== null && session.state().running !== null) {
      if (question.isOpen()) session.send({ kind: 'question.answered', answer: null });
      session.send({ kind: 'cancel.asked' });
    } else if (isLeaveAsked) void leave(0);
    else {
      isLeaveAsked = true;
      say('\nCtrl+C again leaves.\n');
      prompted = null;
      follow();
    }
  }

  async function leave(code: number): Promise<void> {
    if (hasLeft) return;
    follow();
    hasLeft = true;
    if (prompted !== null) say('\n');
    stdin.off('data', onData);
    stdin.pause();
    await within(CLOSE_WAIT_MS, close());
    options.onExit(code);
  }

  async function close(): Promise<void> {
    try {
      const closing = await options.session;
      if (!closing.state().isLeaving) closing.send({ kind: 'leave.asked' });
      await closing.close();
    } catch {
      // Said where the session was waited for.
    }
  }

  stdin.on('data', onData);
  stdin.on('end', () => void leave(0));
  stdout.on('error', () => void leave(HUNG_UP));
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', () => void leave(TERMINATED));
  process.on('SIGHUP', () => void leave(HUNG_UP));
  say(paintLines(layoutHeader(options.header, surface()), 'none'));
  prompt(options.mode);
  options.session.then(
    (attached) => {
      session = attached;
      attached.subscribe(follow);
      queue.deliver(attached);
      follow();
    },
    (error: unknown) => {
      say(`\n${describeStartFailure(error, options.isAscii)}\n`);
      void leave(1);
    },
  );
}
