import type { Entry, Level, Mode, Result } from '../core/types.ts';
import type { Session } from '../runtime/session-type.ts';
import { createActivityClock } from './activity-clock.ts';
import { offer } from './editor/completion.ts';
import { type Draft, draftOf } from './editor/draft.ts';
import { type Ask, changed, type Editor, NEW_EDITOR } from './editor/editor.ts';
import { press } from './editor/press.ts';
import type { Key } from './keys/key.ts';
import { createLineQueue } from './line-queue.ts';
import { questionIn } from './live/layout-live.ts';
import { frameOf } from './live/layout-prompt.ts';
import type { Look, Size, View } from './live/view.ts';
import { createProgramWatch } from './program-watch.ts';
import { createQuestionDesk } from './question/question-desk.ts';

/** Where keys and what the session says come together: what is to be shown, and what is asked. */
export type Desk = {
  view(): View;
  press(keys: readonly Key[]): void;
  /** What `view` says stands on the screen. */
  noteDrawn(): void;
  resize(size: Size): void;
  attach(session: Session): void;
  /** The entries that came since the last call. */
  takeEntries(): readonly Entry[];
  setText(text: string): void;
  say(hint: string): void;
  setLook(look: Look): void;
  dispose(): void;
};

export type DeskOptions = {
  readonly mode: Mode;
  readonly level: Level;
  readonly branch: string;
  readonly size: Size;
  readonly look: Look;
  readonly nowMs: () => number;
  /** Something is to be shown; `isKey` where a person waits for the echo of a key. */
  readonly onChange: (isKey: boolean) => void;
  /** Lets the person edit a text; the terminal is the editor's meanwhile. */
  readonly edit: (content: string, extension: string) => Promise<Result<string>>;
  readonly onAsk: (ask: 'leave' | 'open-editor' | 'redraw' | 'suspend') => void;
};

const MAX_HISTORY = 1_000;

export function createDesk(options: DeskOptions): Desk {
  const { onChange, onAsk } = options;
  let session: Session | null = null;
  let detach = (): void => {};
  let editor: Editor = NEW_EDITOR;
  let history: readonly string[] = [];
  let hint: string | null = null;
  let { size, look } = options;
  let seen = 0;
  let wasWriting = false;
  let fresh: Entry[] = [];
  let completing = new AbortController();
  const queue = createLineQueue();
  const programs = createProgramWatch();
  const clock = createActivityClock(options.nowMs, () => onChange(false));
  const questions = createQuestionDesk({
    nowMs: options.nowMs,
    edit: options.edit,
    onAnswer: (answer) => session?.send({ kind: 'question.answered', answer }),
    onCancel() {
      session?.send({ kind: 'question.answered', answer: null });
      session?.send({ kind: 'cancel.asked' });
    },
    onChange: () => onChange(true),
  });

  function view(): View {
    const state = session?.state();
    return {
      editor,
      mode: state?.mode ?? options.mode,
      level: state?.level ?? options.level,
      model: state?.model ?? { kind: 'unknown' },
      branch: state?.branch || options.branch,
      log: state?.log ?? { kind: 'unknown' },
      activity: clock.activity(state?.running ?? null),
      progress: state?.progress ?? null,
      program: programs.program(),
      talk: state?.talk ?? null,
      context: state?.context ?? null,
      asking: questions.asking(),
      queued: [...queue.lines(), ...(state?.queued ?? [])],
      hint,
      size,
    };
  }

  function pressOne(key: Key): void {
    if (questions.asking() !== null) {
      questions.press(key, questionIn(view(), look)?.isWhole === true);
      return;
    }
    completing.abort();
    hint = key.kind === 'paste' && key.isCut ? 'The paste was too long: its end is missing.' : null;
    const isRunning = (session?.state().running ?? null) !== null || queue.lines().length > 0;
    const pressed = press(editor, key, { history, frame: frameOf(view(), look), isRunning });
    editor = pressed.editor;
    if (pressed.ask !== null) answer(pressed.ask);
  }

  function answer(ask: Ask): void {
    switch (ask.kind) {
      case 'submit':
        if (history.at(-1) !== ask.line) history = [...history, ask.line].slice(-MAX_HISTORY);
        if (session === null) queue.add(ask.line);
        else session.send({ kind: 'line.entered', line: ask.line });
        break;
      case 'cancel':
        queue.clear();
        session?.send({ kind: 'cancel.asked' });
        break;
      case 'complete':
        void complete(ask.draft);
        break;
      default:
        onAsk(ask.kind);
    }
  }

  async function complete(draft: Draft): Promise<void> {
    if (session === null) {
      hint = 'Still starting: completion works in a moment.';
      return;
    }
    completing = new AbortController();
    const { signal } = completing;
    const found = await session.complete(draft.text.slice(0, draft.caret), signal);
    if (signal.aborted) return;
    editor = offer(editor, draft, found);
    if (found.length === 0) hint = 'Nothing to complete here.';
    onChange(true);
  }

  /** Entries are taken as they come: the session holds only the newest. */
  function collect(): void {
    const state = session?.state();
    if (state === undefined) return;
    const end = state.dropped + state.entries.length;
    fresh.push(...state.entries.slice(Math.max(0, seen - state.dropped)));
    seen = end;
    clock.watch(state.running);
    programs.watch(state.use);
    questions.watch(state.question);
  }

  /** A person waits for the first word of an answer as for the echo of a key. */
  function isFirstWord(): boolean {
    const isWriting = session?.state().talk?.phase === 'writing';
    const isFirst = isWriting && !wasWriting;
    wasWriting = isWriting;
    return isFirst;
  }

  return {
    view,
    press(keys) {
      for (const key of keys) pressOne(key);
      onChange(true);
    },
    noteDrawn: questions.noteDrawn,
    resize(to) {
      size = to;
    },
    attach(attached) {
      session = attached;
      history = [...attached.history(MAX_HISTORY), ...history].slice(-MAX_HISTORY);
      detach = attached.subscribe(() => {
        collect();
        onChange(isFirstWord());
      });
      collect();
      queue.deliver(attached);
      onChange(false);
    },
    takeEntries() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    setText(text) {
      editor = changed(editor, draftOf(text), { kind: 'other' });
    },
    say(sentence) {
      hint = sentence;
    },
    setLook(next) {
      look = next;
    },
    dispose() {
      completing.abort();
      clock.stop();
      detach();
    },
  };
}
