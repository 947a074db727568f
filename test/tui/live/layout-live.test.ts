import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/core/display/line.ts';
import type { ModelActivity } from '../../../src/core/types.ts';
import { NEW_EDITOR } from '../../../src/tui/editor/editor.ts';
import { layoutLive, linesOf } from '../../../src/tui/live/layout-live.ts';
import type { View } from '../../../src/tui/live/view.ts';
import { askAnew } from '../../../src/tui/question/asking.ts';
import { pressKeys } from '../../support/press-keys.ts';
import { PROGRAM } from '../../support/program-sample.ts';

const look = { width: (text: string) => stringWidth(text), isAscii: false, isReflowed: true };

const view = (more: Partial<View> = {}): View => ({
  editor: NEW_EDITOR,
  mode: 'chat',
  level: 'standard',
  model: { kind: 'missing', why: '', remedy: '' },
  branch: 'main',
  log: { kind: 'ok' },
  activity: null,
  progress: null,
  program: null,
  talk: null,
  context: null,
  asking: null,
  queued: [],
  hint: null,
  size: { columns: 80, rows: 24 },
  ...more,
});

const ACTIVITY = { name: '/execute', line: '/execute 7f3a', elapsedMs: 13_200 };
const RUNNING = { use: PROGRAM, cpuShare: 0.85 };

const show = (more: Partial<View> = {}) => linesOf(layoutLive(view(more), look)).map(textOf);
const size = (columns: number, rows = 24) => ({ size: { columns, rows } });

const talk = (more: Partial<ModelActivity> = {}): ModelActivity => ({
  model: 'qwen:7b',
  phase: 'writing',
  text: '',
  promptTokens: 1_840,
  answerTokens: 120,
  contextTokens: 8_192,
  ...more,
});
const activity = { name: 'where', line: 'where is it?', elapsedMs: 2_100 };

describe('the live lines while something is asked', () => {
  const question = { kind: 'word', text: 'Really?', word: 'delete' } as const;
  const asking = { ...askAnew(question), drawnMs: 0 };

  it('have one line to type in, where nothing was begun at the prompt', () => {
    expect(show({ asking }).filter((row) => row.includes('›'))).toEqual(['answer › ']);
  });

  it('keep what was begun at the prompt in sight', () => {
    const { editor } = pressKeys('abc');
    expect(show({ asking, editor })).toContain('chat › abc');
  });
});

describe('the live lines while a model works', () => {
  it.each([
    [talk({ phase: 'loading', sizeBytes: 3_200_000_000 }), 'loading qwen:7b, 3.2 GB'],
    [talk({ phase: 'reading' }), 'reading 1,840 tokens'],
    [talk({ phase: 'reading', promptTokens: 0 }), 'looking for the model'],
    [talk({ phase: 'thinking' }), 'thinking, 120 tokens'],
    [talk(), 'writing, 120 tokens'],
  ])('say what it is doing', (doing, words) => {
    expect(show({ talk: doing, activity })[1]).toMatch(
      new RegExp(`^. ${words} · 2.1 s · Ctrl.C stops$`),
    );
  });

  it('show the end of what it writes, drawn as it will be', () => {
    const text = `${'one two three four '.repeat(60)}\n- **last** words`;
    const rows = show({ talk: talk({ text }), activity, ...size(60) });
    expect(rows.slice(7, 11)).toEqual([
      expect.stringContaining('one two'),
      '- last words',
      '',
      expect.stringContaining('writing'),
    ]);
    expect(rows.length).toBeLessThanOrEqual(20);
  });

  it('keep code in its row, however wide it is', () => {
    const text = `\`\`\`ts\nconst a = '${'x'.repeat(300)}';`;
    for (const row of show({ talk: talk({ text }), ...size(40) })) {
      expect(row.length).toBeLessThan(40);
    }
  });

  it.each([3, 5, 8, 9, 12])('leave the prompt its place in %i rows', (rows) => {
    const lines = show({ talk: talk({ text: 'a\n'.repeat(50) }), activity, ...size(80, rows) });
    expect(lines.length).toBeLessThan(rows);
    expect(lines).toContain('chat › ');
  });

  it('never let it move the cursor', () => {
    const rows = show({ talk: talk({ text: 'a\x1b[2Jb\rc', model: 'm\x1b[2J' }), activity });
    expect(rows.join('\n')).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });

  it('say how full the window is', () => {
    const model = { kind: 'ready', name: 'qwen' } as const;
    const context = { usedTokens: 983, contextTokens: 8_192 };
    expect(show({ model, context }).at(-1)).toBe(
      'chat · standard · qwen · context 12 % of 8k · main',
    );
  });
});

describe('the live lines', () => {
  it('are a blank, the prompt and the status', () => {
    expect(show()).toEqual(['', 'chat › ', 'chat · standard · no model · context 0 · main']);
    expect(layoutLive(view(), look).caret).toEqual({ row: 1, column: 7 });
  });

  it('lose parts of the status from the right in a narrow window', () => {
    expect(show(size(40)).at(-1)).toBe('chat · standard · no model · context 0');
    expect(show(size(20)).at(-1)).toBe('chat · standard');
    expect(show(size(20))[1]).toBe('› ');
  });

  it('name the model and its context', () => {
    const model = { kind: 'ready', name: 'qwen', contextTokens: 16_384 } as const;
    expect(show({ model }).at(-1)).toBe('chat · standard · qwen · context 0 of 16k · main');
  });

  it('put the caret where a long text ends', () => {
    const { editor } = pressKeys('x'.repeat(100));
    const live = layoutLive(view({ editor }), look);
    expect(live.prompt.map(textOf)).toEqual([
      `chat › ${'x'.repeat(72)}`,
      `       ${'x'.repeat(28)}`,
    ]);
    expect(live.caret).toEqual({ row: 2, column: 35 });
  });

  it('show control characters in the prompt as what they are', () => {
    const { editor } = pressKeys('\x1b[200~a\x1b[31mb\x1b[201~');
    expect(show({ editor })[1]).toBe('chat › a⟨U+001B⟩[31mb');
  });

  it('say what runs and how to stop it', () => {
    const activity = { name: '/doctor', line: '/doctor --all', elapsedMs: 1_200 };
    expect(show({ activity })[1]).toBe('⠹ /doctor --all · 1.2 s · Ctrl+C stops');
  });

  it('say of a program what it uses in place of the line that runs it', () => {
    const shown = { activity: ACTIVITY, program: RUNNING, progress: null };
    expect(show({ ...shown, ...size(100) })[1]).toBe(
      "⠹ npm test -- 'the cart' · L3 · 0:12 · 340 MB · 85 % · 6 processes · Ctrl+C stops",
    );
    const lines = layoutLive(view({ ...shown, ...size(100) }), { ...look, isAscii: true });
    expect(textOf(linesOf(lines)[1] ?? [])).toBe(
      "| npm test -- 'the cart' - L3 - 0:12 - 340 MB - 85 % - 6 processes - Ctrl+C stops",
    );
    const progress = { what: 'steps', done: 2, total: 5 };
    const one = { use: { ...PROGRAM, processes: 1 }, cpuShare: null };
    expect(show({ ...shown, progress, program: one, ...size(100) })[1]).toBe(
      "⠹ npm test -- 'the cart' · L3 · 0:12 · 340 MB · 1 process · 2 of 5 steps · Ctrl+C stops",
    );
  });

  it('leave out of a program what is least needed where there is no room', () => {
    const shown = { activity: ACTIVITY, program: RUNNING };
    expect(show({ ...shown, ...size(70) })[1]).toBe(
      "⠹ npm test -- 't… · 0:12 · 340 MB · 85 % · 6 processes · Ctrl+C stops",
    );
    expect(show({ ...shown, ...size(40) })[1]).toBe("⠹ npm test -- 't… · 0:12 · Ctrl+C stops");
    expect(show({ ...shown, ...size(20) })[1]).toBe('⠹ n… · Ctrl+C stops');
  });

  it('show control characters in the words of a program as what they are', () => {
    const argv = ['printf', '\u001b[31m', 'a\nb'];
    const program = { ...RUNNING, use: { ...PROGRAM, argv } };
    const line = show({ activity: ACTIVITY, program, ...size(120) })[1];
    expect(line).toContain('⟨U+001B⟩[31m');
    expect(line).not.toContain('\u001b');
  });

  it('say what waits', () => {
    expect(show({ queued: ['/help', 'a\nb'] }).slice(1, 3)).toEqual([
      'waiting: /help',
      'waiting: a b',
    ]);
  });

  it('have the search in place of the status, with the caret in it', () => {
    const { editor } = pressKeys('\x12ver', { history: ['/audit verify'] });
    expect(show({ editor }).at(-1)).toMatch(/^search: ver {3}Enter takes it/);
    expect(layoutLive(view({ editor }), look).caret).toEqual({ row: 2, column: 11 });
  });

  it('stay lower than the window and never above twenty rows, caret in sight', () => {
    const { editor } = pressKeys('line\n'.repeat(60));
    const activity = { name: '/x', line: '', elapsedMs: 500 };
    for (const rows of [1, 2, 3, 5, 10, 24, 80]) {
      const live = layoutLive(view({ editor, activity, ...size(80, rows) }), look);
      const { length } = linesOf(live);
      expect(length).toBeLessThanOrEqual(Math.max(1, Math.min(20, rows - 1)));
      expect(live.caret.row).toBeLessThan(length);
    }
  });

  it('are never wider than the window', () => {
    const { editor } = pressKeys('漢字'.repeat(40));
    for (const columns of [10, 20, 40, 80]) {
      const shown = { editor, branch: 'b'.repeat(90), activity: ACTIVITY, program: RUNNING };
      for (const row of show({ ...shown, ...size(columns) })) {
        expect(stringWidth(row)).toBeLessThanOrEqual(columns);
      }
    }
  });
});
