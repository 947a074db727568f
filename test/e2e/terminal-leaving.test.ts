import { describe, expect, it } from 'vitest';
import type { Pty } from '../support/pty.ts';
import { CTRL_C, CTRL_D, PROMPT, setUpTerminalDoor, shown } from '../support/terminal-door.ts';

const door = setUpTerminalDoor();

describe('leaving', () => {
  it('is asked for by Ctrl+C at an empty prompt, and done by a second one', async () => {
    const pty = await door.openWithInk();
    pty.type(`text${CTRL_C}`);
    await pty.waitFor('an empty prompt', () => shown(pty)[3] === PROMPT);
    pty.type(CTRL_C);
    await pty.waitFor('the question', (screen) => screen.includes('Ctrl+C again leaves'));
    pty.type('x');
    await pty.waitFor('the status again', (screen) => !screen.includes('again leaves'));
    pty.type(`\x7f${CTRL_C}${CTRL_C}`);
    expect(await pty.exitCode()).toBe(0);
    expect(pty.modes().hasBracketedPaste).toBe(false);
  });

  it('is done by Ctrl+D at an empty prompt, also before Ink', async () => {
    const pty = await door.open();
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
    expect(shown(pty)).toHaveLength(2);
  });

  it('leaves what is finished on the screen and nothing of the prompt', async () => {
    const pty = await door.openWithInk();
    pty.type('hello\r/exit\r');
    expect(await pty.exitCode()).toBe(0);
    expect(shown(pty).slice(3)).toEqual([
      `${PROMPT} hello`,
      'you said: hello',
      '',
      `${PROMPT} /exit`,
    ]);
  });
});

describe('the terminal is given back', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ])('after %s', async (signal, code) => {
    const pty = await door.openWithInk();
    pty.type('unfinished');
    await pty.waitFor('the text', (screen) => screen.includes('unfinished'));
    pty.kill(signal);
    expect(await pty.exitCode()).toBe(code);
    expect(pty.modes().hasBracketedPaste).toBe(false);
    expect(pty.raw().lastIndexOf('\x1b[?25h')).toBeGreaterThan(pty.raw().lastIndexOf('\x1b[?25l'));
    expect(shown(pty).join('\n')).not.toContain(PROMPT);
  });

  it('in order after a crash, whose reason stands below what was there', async () => {
    const pty = await door.openShell({ rows: 40 });
    pty.type(`${process.execPath} ${door.program()}\r`);
    await pty.waitFor('the prompt', (screen) => screen.includes('no model'));
    pty.type('/crash\r');
    await pty.waitFor('the reason', (screen) => screen.includes('crashed on purpose'));
    await expectModesOfAShell(pty);
  });

  it('before Ctrl+Z stops it, and taken again with fg', async () => {
    const pty = await door.openShell();
    pty.type(`${process.execPath} ${door.program()}\r`);
    await pty.waitFor('the prompt', (screen) => screen.includes('no model'));
    pty.type('kept text\x1a');
    await pty.waitFor('the shell', (screen) => screen.includes('Stopped'));
    await expectModesOfAShell(pty);
    pty.type('fg\r');
    await pty.waitFor('the text', (screen) => screen.includes(`${PROMPT} kept text`));
    pty.type('!');
    await pty.waitFor('the echo', (screen) => screen.includes(`${PROMPT} kept text!`));
    expect(shown(pty).filter((row) => row.startsWith(PROMPT))).toHaveLength(1);
    pty.type(`${CTRL_C}${CTRL_D}`);
    await pty.waitFor('the shell again', () => shown(pty).at(-1) === 'shell>');
  });

  it('taken again after a stop from outside', async () => {
    const pty = await door.openShell();
    pty.type(`${process.execPath} ${door.program()}\r`);
    await pty.waitFor('the prompt', (screen) => screen.includes('no model'));
    pty.type('/pid\r');
    await pty.waitFor('its number', (screen) => /pid \d+/.test(screen));
    const pid = Number(/pid (\d+)/.exec(pty.screen().join('\n'))?.[1]);
    process.kill(pid, 'SIGSTOP');
    await pty.waitFor('the shell', (screen) => screen.includes('Stopped'));
    pty.type('fg\r');
    await pty.waitFor('the prompt again', () => shown(pty).at(-2) === PROMPT);
    pty.type('again');
    await pty.waitFor('the echo', (screen) => screen.includes(`${PROMPT} again`));
    pty.type(`${CTRL_C}${CTRL_D}`);
  });
});

async function expectModesOfAShell(pty: Pty): Promise<void> {
  pty.type('stty -a | tr " ;" "\\n\\n" | grep -cE "^(icanon|echo|isig|icrnl)$"\r');
  await pty.waitFor('all four modes', () => shown(pty).includes('4'));
}
