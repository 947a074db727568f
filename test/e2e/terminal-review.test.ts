import { describe, expect, it } from 'vitest';
import type { Pty, PtyOptions } from '../support/pty.ts';
import { CTRL_C, PROMPT, setUpTerminalDoor, shown } from '../support/terminal-door.ts';

const door = setUpTerminalDoor();
const FILE = 'src/invoice.ts';
/** Longer than a view must stand before it takes keys. */
const settle = () => new Promise((done) => setTimeout(done, 400));

async function openReview(options?: PtyOptions, what = ''): Promise<Pty> {
  const pty = await door.openWithInk({ columns: 110, rows: 34, ...options });
  pty.type('/lines 50\r');
  await pty.waitFor('the lines', (screen) => screen.includes('line 50'));
  pty.type(`/review${what}\r`);
  await pty.waitFor('the review', (screen) => screen.includes('hunk 1 of 4'));
  return pty;
}

async function openSettled(options?: PtyOptions): Promise<Pty> {
  const pty = await openReview(options);
  await settle();
  return pty;
}

/** The screen is the prompt's again, and no line of it is lost or doubled. */
async function expectPromptBack(pty: Pty, told: string): Promise<void> {
  await pty.waitFor('the prompt', (screen) => screen.includes(told) && screen.includes('no model'));
  await pty.waitFor('the end', () => shown(pty).at(-2) === PROMPT);
  const lines = pty.scrollback().filter((line) => line.startsWith('line '));
  expect(lines).toEqual(Array.from({ length: 50 }, (_, index) => `line ${index + 1}`));
  expect(pty.scrollback().join('\n')).not.toContain('hunk 1 of 4');
  expect(
    pty.scrollback().filter((line) => line.startsWith(PROMPT) && !line.includes('/')),
  ).toHaveLength(1);
  expect(pty.raw()).not.toContain('\x1b[3J');
}

describe('the review', () => {
  it('leaves a hunk out, approves exactly the rest, and gives the screen back', async () => {
    const pty = await openSettled();
    expect(pty.screen().at(-1)).toBe('');
    pty.type('j');
    await pty.waitFor('the second hunk', (screen) => screen.includes('› [x] hunk 2 of 4'));
    pty.type('n');
    await pty.waitFor('the question', (screen) => screen.includes('Why is this hunk left out?'));
    pty.type('not asked for\r');
    await pty.waitFor('the mark', (screen) => screen.includes('left out: not asked for'));
    expect(pty.screen().join('\n')).toContain(
      '3 of 3 steps, 1 of 5 hunks left out: 1 file is new, 1 file changes, 1 command runs',
    );
    pty.type('a');
    await pty.waitFor('the question', (screen) => screen.includes('Approve 3 of 3 steps'));
    await settle();
    pty.type('y\r');
    await expectPromptBack(pty, 'the review was approved');
    const told = pty.scrollback().filter((line) => line.startsWith('asked: '));
    expect(told.join('\n')).toContain('hunk 2 of 4 of src/invoice.ts left out: not asked for');
    expect(told.join('\n')).toContain('approve 1,2,3 of the amended one');
  });

  it('approves nothing by keys that were typed ahead', async () => {
    let isSeen = false;
    const pty = await door.openWithInk({
      columns: 110,
      rows: 34,
      onOutput(data) {
        // With the first byte of the screen, which is before anything stands on it.
        if (isSeen || !data.includes('\x1b[?1049h')) return;
        isSeen = true;
        pty.type('ay\r');
      },
    });
    pty.type('/review\r');
    pty.type('ay\r');
    await pty.waitFor('the review', (screen) => screen.includes(FILE));
    pty.type('ay\r');
    await settle();
    expect(pty.screen().join('\n')).not.toContain('the review was');
    // Right behind each other: the question cannot have been read.
    pty.type('a');
    pty.type('y\r');
    await settle();
    expect(pty.screen().join('\n')).toContain('Approve 3 of 3 steps');
    pty.type('\x1b');
    await pty.waitFor('No', (screen) => screen.includes('Not approved.'));
    // In one read, the question can have been seen even less.
    pty.type('ay\r');
    await settle();
    expect(pty.screen().join('\n')).toContain('Approve 3 of 3 steps');
    pty.type(CTRL_C);
    await pty.waitFor('the end', (screen) => screen.includes('the review was closed'));
    expect(pty.screen().join('\n')).not.toContain('asked:');
  });

  it('takes Enter alone, and all that is not y, for No', async () => {
    const pty = await openSettled();
    for (const keys of ['\r', 'yes\r', 'n\r']) {
      pty.type('a');
      await pty.waitFor('the question', (screen) => screen.includes('Approve 3 of 3 steps'));
      await settle();
      pty.type(keys);
      await pty.waitFor('No', (screen) => screen.includes('Not approved.'));
    }
    pty.type('q');
    await expectPromptBack(pty, 'the review was closed');
  });

  it('follows the window, and the screen comes back in its new size', async () => {
    const pty = await openSettled();
    pty.resize(60, 20);
    await pty.waitFor('one above the other', (screen) => screen.includes('────'));
    expect(pty.screen()[0]).toMatch(/^Plan 7f3a · step 1 of 3/);
    expect(pty.screen()[19]).toBe('');
    pty.resize(130, 40);
    await pty.waitFor('side by side', (screen) => screen.includes(' │ '));
    pty.type('q');
    await expectPromptBack(pty, 'the review was closed');
  });

  it('gives the screen back at Ctrl+C', async () => {
    const pty = await openSettled();
    pty.type(CTRL_C);
    await expectPromptBack(pty, 'the review was closed');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('gives the screen back after %s', async (signal, code) => {
    const pty = await openSettled();
    pty.kill(signal);
    expect(await pty.exitCode()).toBe(code);
    expect(pty.modes().hasBracketedPaste).toBe(false);
    expect(pty.raw()).toContain('\x1b[?1049l');
    expect(pty.screen().join('\n')).not.toContain('hunk 1 of 4');
    expect(pty.scrollback().filter((line) => line.startsWith('line '))).toHaveLength(50);
  });

  it('gives the screen back before the reason of a crash is said', async () => {
    const pty = await openReview({}, ' crash');
    await pty.exitCode();
    expect(pty.screen().join('\n')).toContain('crashed on purpose');
    expect(pty.screen().join('\n')).not.toContain('hunk 1 of 4');
  });

  it('gives the screen back at Ctrl+Z and takes it again', async () => {
    const pty = await door.openShell({ columns: 110, rows: 34 });
    pty.type(`${process.execPath} ${door.program()}\r`);
    await pty.waitFor('the prompt', (screen) => screen.includes('no model'));
    pty.type('/review\r');
    await pty.waitFor('the review', (screen) => screen.includes('hunk 1 of 4'));
    await settle();
    pty.type('\x1a');
    await pty.waitFor('the shell', (screen) => screen.includes('Stopped'));
    expect(pty.screen().join('\n')).not.toContain('hunk 1 of 4');
    pty.type('fg\r');
    await pty.waitFor('the review again', (screen) => screen.includes('hunk 1 of 4'));
    await settle();
    pty.type('q');
    await pty.waitFor('the prompt', (screen) => screen.includes('the review was closed'));
  });

  it('lets the file be edited, and approves what was written', async () => {
    const pty = await openSettled({ env: { EDITOR: 'sed -i "s/0.19/0.2/"' } });
    pty.type('e');
    await pty.waitFor('the edited file', (screen) => screen.includes('edited by you'));
    await settle();
    pty.type('a');
    await pty.waitFor('the question', (screen) => screen.includes('Approve 3 of 3 steps'));
    await settle();
    pty.type('y\r');
    await expectPromptBack(pty, 'the review was approved');
    expect(pty.scrollback().join('\n')).toContain('step 1: src/invoice.ts edited');
  });
});
