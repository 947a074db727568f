import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Pty, type PtyOptions, startPty } from '../support/pty.ts';
import { CTRL_C, CTRL_D, PROMPT, shown, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

function openFor(
  person: ReturnType<typeof newPerson>,
  args: readonly string[] = [],
  options: PtyOptions = {},
): Pty {
  const env = { ...person.env, ...options.env };
  const pty = startPty(process.execPath, [PROGRAM, ...args], {
    ...options,
    cwd: person.project,
    env,
  });
  running.add(pty);
  return pty;
}

async function open(person: ReturnType<typeof newPerson>): Promise<Pty> {
  const pty = openFor(person);
  await pty.waitFor('the session', (screen) => screen.includes('no model'));
  await waitForInk(pty);
  return pty;
}

describe('the built program in a terminal', () => {
  it('starts at a prompt, says once what is missing, runs a command and leaves', async () => {
    const pty = await open(newPerson());
    expect(shown(pty)[0]).toMatch(/^tinycode \d/);
    expect(shown(pty).filter((row) => row.includes('Ollama does not answer'))).toHaveLength(1);
    pty.type('/mode propose\r');
    await pty.waitFor('the mode', (screen) => /propose ›\npropose · standard/.test(screen));
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
    expect(pty.modes().hasBracketedPaste).toBe(false);
  });

  it('remembers lines across sessions, also a line of several', async () => {
    const person = newPerson();
    const first = await open(person);
    first.type('/help mode\r');
    await first.waitFor('its output', (screen) => screen.includes('/mode'));
    first.type('two\x1b\rlines\r');
    await first.waitFor('the answer', (screen) => screen.includes('lines'));
    await first.waitFor('the prompt', () => shown(first).at(-2) === PROMPT);
    first.type(CTRL_D);
    await first.exitCode();
    const second = await open(person);
    second.type('\x1b[A');
    await second.waitFor('the newest', (screen) => /chat › two\n {7}lines/.test(screen));
    second.type('\x1b[A\x1b[A');
    await second.waitFor('the one before', (screen) => screen.includes(`${PROMPT} /help mode`));
  });

  it('completes commands, their arguments and paths', async () => {
    const person = newPerson();
    writeFileSync(join(person.project, 'readable.txt'), '');
    const pty = await open(person);
    pty.type('/mod\t');
    await pty.waitFor('the command', (screen) => screen.includes(`${PROMPT} /mode`));
    pty.type('\x15/mode pro\t');
    await pty.waitFor('the argument', (screen) => screen.includes(`${PROMPT} /mode propose`));
    pty.type('\x15/trust grant read\t');
    await pty.waitFor('the path', (screen) => screen.includes('grant readable.txt'));
  });

  it('lists what there is in forty columns, no row wider', async () => {
    const pty = openFor(newPerson(), [], { columns: 40, rows: 30 });
    await pty.waitFor('the session', (screen) => screen.includes('no model'));
    pty.type('/commands\r');
    await pty.waitFor('the end', () => shown(pty).at(-2) === PROMPT && shown(pty).length > 20);
    expect(pty.scrollback().filter((line) => line.length > 40)).toEqual([]);
  });

  it('asks before it leaves on Ctrl+C', async () => {
    const pty = await open(newPerson());
    pty.type(CTRL_C);
    await pty.waitFor('the question', (screen) => screen.includes('Ctrl+C again leaves'));
    pty.type(CTRL_C);
    expect(await pty.exitCode()).toBe(0);
  });

  it('prints line by line on a dumb terminal', async () => {
    const pty = openFor(newPerson(), [], { env: { TERM: 'dumb' } });
    await pty.waitFor('the prompt', (screen) => screen.includes('chat>'));
    pty.type('/mode propose\r');
    await pty.waitFor('the mode', () => shown(pty).at(-1) === 'propose>');
    expect(pty.raw()).not.toContain('\x1b');
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
  });
});
