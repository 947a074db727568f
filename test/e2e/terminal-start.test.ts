import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import type { Pty } from '../support/pty.ts';
import { PROMPT, setUpTerminalDoor, shown, waitForInk } from '../support/terminal-door.ts';

const door = setUpTerminalDoor();
const HEADER = [
  'tinycode 0.0.0  ~/shop  main',
  'Looking is free. Nothing changes without your approval.   /help',
  '',
];

describe('the start', () => {
  it('shows the header once, the prompt and the status, and Ink changes nothing of it', async () => {
    const pty = await door.openWithInk();
    await pty.waitFor('the model', (screen) => screen.includes('no model'));
    const status = 'chat · standard · no model · context 0 · main';
    expect(shown(pty)).toEqual([...HEADER, PROMPT, status]);
    expect(pty.cursor()).toEqual({ row: 3, column: 7 });
  });

  it('loses no key that is typed while it loads', async () => {
    const pty = await door.open();
    for (const letter of 'typed while loading') {
      pty.type(letter);
      await new Promise((settle) => setTimeout(settle, 15));
    }
    await waitForInk(pty);
    expect(shown(pty)[3]).toBe(`${PROMPT} typed while loading`);
  });

  it('takes keys that were typed before it was there', async () => {
    const pty = await door.openShell();
    pty.type(`${process.execPath} ${door.program()}\rearly`);
    await pty.waitFor('the early keys', (screen) => screen.includes(`${PROMPT} early`));
    await waitForInk(pty);
    expect(shown(pty).filter((row) => row.includes('early') && row.includes('›'))).toHaveLength(1);
  });

  it('keeps a line that is entered before the session is there, and runs it then', async () => {
    const pty = await door.open({ env: { TEST_SESSION_MS: '900' } });
    pty.type('hello\r');
    await pty.waitFor('the line', (screen) => screen.includes('waiting: hello'));
    await pty.waitFor('the answer', (screen) => screen.includes('you said: hello'));
    expect(shown(pty)).not.toContain('waiting: hello');
    expect(shown(pty).slice(3, 5)).toEqual([`${PROMPT} hello`, 'you said: hello']);
  });

  it('hands a prompt of several rows over without a copy of any', async () => {
    const text = 'a row that is rather long '.repeat(6).trim();
    const pty = await door.open({ columns: 60 });
    pty.type(text);
    await waitForInk(pty);
    await pty.waitFor('the model', (screen) => screen.includes('no model'));
    const rows = shown(pty);
    expect(rows.filter((row) => row.startsWith('Looking is free'))).toHaveLength(1);
    const typed = rows.slice(3, -1).map((row) => row.padEnd(59).slice(7, 59));
    expect(typed.join('').trimEnd()).toBe(text);
    expect(rows.at(-1)).toBe('chat · standard · no model · context 0 · main');
  });

  it('draws every frame whole: one header, one prompt, never none', async () => {
    const pty = await door.open();
    pty.type('abc');
    await waitForInk(pty);
    pty.type('def');
    await pty.waitFor('the rest', (screen) => screen.includes('abcdef'));
    for (const screen of await replay(pty)) {
      expect(screen.filter((row) => row.startsWith(PROMPT))).toHaveLength(1);
      expect(screen.filter((row) => row.startsWith('tinycode'))).toHaveLength(1);
    }
  });

  it('says why where the session cannot be opened, and gives the terminal back', async () => {
    const pty = await door.open({ env: { TEST_SESSION_FAILS: '1', TEST_SESSION_MS: '300' } });
    expect(await pty.exitCode()).toBe(1);
    expect(shown(pty).at(-1)).toBe('tinycode could not start: no session today');
    expect(pty.modes().hasBracketedPaste).toBe(false);
  });
});

/** The screen after each synchronised frame, as a terminal that honours them shows it. */
async function replay(pty: Pty): Promise<readonly (readonly string[])[]> {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  const screens: (readonly string[])[] = [];
  for (const frame of pty.raw().split(/(?<=\x1b\[\?2026l)/)) {
    await new Promise<void>((settle) => terminal.write(frame, settle));
    if (!frame.endsWith('\x1b[?2026l')) continue;
    screens.push(
      Array.from(
        { length: 24 },
        (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '',
      ),
    );
  }
  return screens;
}
