import { describe, expect, it } from 'vitest';
import { CTRL_C, CTRL_D, setUpTerminalDoor, shown } from '../support/terminal-door.ts';

const door = setUpTerminalDoor();

describe.each([
  ['TERM=dumb', { env: { TERM: 'dumb' } }, []],
  ['--plain', {}, ['--plain']],
  ['a screen reader', { env: { TEST_SCREEN_READER: '1' } }, []],
] as const)('with %s', (_, options, args) => {
  it('prints line by line and never moves the cursor', async () => {
    const pty = await door.open(options, ...args);
    pty.type('hello\r');
    await pty.waitFor('the answer', (screen) => /you said: hello\nchat>/.test(screen));
    pty.type('/table\r');
    await pty.waitFor('the table', (screen) => screen.includes('wide letters'));
    await pty.waitFor('the prompt', () => shown(pty).at(-1) === 'chat>');
    expect(shown(pty)).toEqual([
      'tinycode 0.0.0  ~/shop  main',
      'Looking is free. Nothing changes without your approval.   /help',
      'chat> hello',
      'you said: hello',
      'chat> /table',
      'help, summary what there is',
      '漢字, summary wide letters',
      'chat>',
    ]);
    expect(pty.raw()).not.toContain('\x1b');
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
  });
});

describe('line by line', () => {
  it('runs lines that were entered before the session was there', async () => {
    const pty = await door.open({ env: { TEST_SESSION_MS: '500' } }, '--plain');
    pty.type('early\r');
    await pty.waitFor('the answer', (screen) => screen.includes('you said: early'));
  });

  it('stops at Ctrl+C what runs, then asks to leave, then leaves', async () => {
    const pty = await door.open({}, '--plain');
    pty.type('/slow\r');
    await new Promise((settle) => setTimeout(settle, 300));
    pty.type(CTRL_C);
    await pty.waitFor('the end', (screen) => screen.includes('cancelled: /slow was stopped.'));
    pty.type(CTRL_C);
    await pty.waitFor('the question', (screen) => screen.includes('Ctrl+C again leaves.'));
    pty.type(CTRL_C);
    expect(await pty.exitCode()).toBe(0);
  });

  it('says nothing of what a program uses while it runs: it would be said again and again', async () => {
    const pty = await door.open({}, '--plain');
    pty.type('/program\r');
    await pty.waitFor('the end', (screen) => screen.includes('the program is done'));
    await pty.waitFor('the prompt', () => shown(pty).at(-1) === 'chat>');
    expect(shown(pty).slice(-3)).toEqual(['chat> /program', 'the program is done', 'chat>']);
  });

  it('says the new mode in its prompt', async () => {
    const pty = await door.open({}, '--plain');
    pty.type('/mode propose\r');
    await pty.waitFor('the prompt', () => shown(pty).at(-1) === 'propose>');
  });
});
