import { describe, expect, it } from 'vitest';
import { CTRL_C, PROMPT, setUpTerminalDoor, shown } from '../support/terminal-door.ts';

const door = setUpTerminalDoor();

describe('finished output', () => {
  it('stays in the scrollback, every line once and in order', async () => {
    const pty = await door.openWithInk();
    pty.type('/lines 5000\r');
    await pty.waitFor('the last line', (screen) => screen.includes('line 5000'));
    pty.type('still here');
    await pty.waitFor('the echo', (screen) => screen.includes('still here'));
    const lines = pty.scrollback().filter((line) => line.startsWith('line '));
    expect(lines).toEqual(Array.from({ length: 5_000 }, (_, index) => `line ${index + 1}`));
    expect(pty.scrollback().filter((line) => line.startsWith('tinycode'))).toHaveLength(1);
    expect(pty.raw()).not.toContain('\x1b[3J');
  });

  it('shows what would command the terminal as text', async () => {
    const pty = await door.openWithInk();
    pty.type('/evil\r');
    await pty.waitFor('the text', (screen) => screen.includes('⟨U+202E⟩'));
    expect(shown(pty)).toContain('a⟨U+001B⟩]52;c;aGk=⟨U+0007⟩b⟨U+202E⟩c⟨U+000D⟩d');
    expect(pty.raw()).not.toContain('\x1b]52');
    expect(pty.raw()).not.toContain('\u202e');
  });

  it('aligns wide letters in tables', async () => {
    const pty = await door.openWithInk();
    pty.type('/table\r');
    await pty.waitFor('the table', (screen) => screen.includes('wide letters'));
    expect(shown(pty)).toEqual(
      expect.arrayContaining(['name  summary', 'help  what there is', '漢字  wide letters']),
    );
  });

  it('has no trailing blanks', async () => {
    const pty = await door.openWithInk();
    pty.type('/table\r');
    await pty.waitFor('the table', (screen) => screen.includes('wide letters'));
    expect(pty.raw()).toContain('help  what there is\r\n');
  });
});

describe('colour', () => {
  it('is the accent of the mode', async () => {
    const pty = await door.openWithInk();
    expect(pty.raw()).toContain('\x1b[36mchat');
    pty.type('/mode propose\r');
    await pty.waitFor('the mode', (screen) => screen.includes('propose ›'));
    expect(pty.raw()).toContain('\x1b[33mpropose');
  });

  it('goes with NO_COLOR, and nothing else goes', async () => {
    const pty = await door.openWithInk({ env: { NO_COLOR: '1' } });
    pty.type('/mode execute\r/table\r');
    await pty.waitFor('the table', (screen) => screen.includes('wide letters'));
    expect(pty.raw()).not.toMatch(/\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7])m/);
    expect(pty.raw()).toContain('\x1b[1m');
  });

  it('is there also where CI is set', async () => {
    const pty = await door.openWithInk({ env: { CI: '1' } });
    pty.type('seen');
    await pty.waitFor('the echo', (screen) => screen.includes(`${PROMPT} seen`));
  });
});

describe('what runs', () => {
  it('is shown once it takes a while, and leaves nothing behind', async () => {
    const pty = await door.openWithInk();
    pty.type('/brief\r');
    await pty.waitFor('the spinner', (screen) => screen.includes('/brief · 0.'));
    await pty.waitFor('what it said', (screen) => screen.includes('brief is done'));
    // What was said and that it ended may come in two frames.
    await pty.waitFor('the end', (screen) => !screen.includes('Ctrl+C stops'));
    expect(shown(pty).filter((row) => row.startsWith(PROMPT))).toHaveLength(2);
  });

  it('lets a person type on, and stops at Ctrl+C without touching what was typed', async () => {
    const pty = await door.openWithInk();
    pty.type('/slow\r');
    await pty.waitFor('the spinner', (screen) => screen.includes('Ctrl+C stops'));
    pty.type('next');
    await pty.waitFor('the echo', (screen) => screen.includes(`${PROMPT} next`));
    pty.type(CTRL_C);
    await pty.waitFor('the end', (screen) => screen.includes('/slow was stopped.'));
    expect(shown(pty)).toContain(`${PROMPT} next`);
  });
});

describe('the window', () => {
  it('may become narrow while text is in the prompt', async () => {
    const pty = await door.openWithInk();
    pty.type('some words that fit into eighty columns but not into forty');
    await pty.waitFor('the text', (screen) => screen.includes('into forty'));
    pty.resize(40, 24);
    await pty.waitFor('the narrow prompt', (screen) =>
      screen.includes('       columns but not into forty'),
    );
    await pty.waitFor(
      'the status',
      () => shown(pty).at(-1) === 'chat · standard · no model · context 0',
    );
    expect(shown(pty).filter((row) => row.includes('eighty'))).toHaveLength(1);
    pty.resize(100, 30);
    await pty.waitFor('the wide prompt', (screen) => /› some .* not into forty/.test(screen));
    expect(shown(pty).at(-1)).toBe('chat · standard · no model · context 0 · main');
    pty.type('!');
    await pty.waitFor('the echo', (screen) => screen.includes('not into forty!'));
  });

  it('may be as low as a few rows, and nothing is wiped', async () => {
    const pty = await door.openWithInk();
    pty.type('/lines 40\r');
    await pty.waitFor('the lines', (screen) => screen.includes('line 40'));
    pty.resize(80, 5);
    pty.type('low');
    await pty.waitFor('the echo', (screen) => screen.includes(`${PROMPT} low`));
    const lines = pty.scrollback().filter((line) => line.startsWith('line '));
    expect(lines).toHaveLength(40);
    expect(pty.raw()).not.toContain('\x1b[3J');
  });

  it('is cleared by Ctrl+L and keeps its scrollback', async () => {
    const pty = await door.openWithInk();
    pty.type('/lines 5\r');
    await pty.waitFor('the lines', (screen) => screen.includes('line 5'));
    pty.type('text\x0c');
    await pty.waitFor('a clear screen', () => shown(pty)[1] === `${PROMPT} text`);
    expect(pty.scrollback().filter((line) => line.startsWith('line '))).toHaveLength(5);
  });
});

describe('a program that runs', () => {
  it('has one line with what it uses, which goes when it has ended', async () => {
    const pty = await door.openWithInk({ columns: 100 });
    pty.type('/program\r');
    await pty.waitFor('the numbers', (screen) =>
      /. npm test -- 'the cart' · L3 · 0:01 · 340 MB · 50 % · 6 processes · Ctrl\+C stops/.test(
        screen,
      ),
    );
    await pty.waitFor('the end', (screen) => screen.includes('the program is done'));
    await pty.waitFor('the prompt', () => shown(pty).at(-2) === PROMPT);
    expect(pty.scrollback().filter((line) => line.includes('npm test'))).toEqual([]);
  });
});
