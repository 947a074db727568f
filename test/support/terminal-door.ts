import { afterEach, beforeAll } from 'vitest';
import { buildTerminalProgram } from './build-terminal-program.ts';
import { type Pty, type PtyOptions, startPty } from './pty.ts';

export const PROMPT = 'chat ›';
export const CTRL_C = '\x03';
export const CTRL_D = '\x04';

/** Builds the test program once for a file of tests, and ends whatever they leave running. */
export function setUpTerminalDoor(): {
  /** At its first prompt, before Ink. */
  open(options?: PtyOptions, ...args: readonly string[]): Promise<Pty>;
  /** Drawn by Ink. */
  openWithInk(options?: PtyOptions): Promise<Pty>;
  /** In a shell that controls jobs, not yet started. */
  openShell(options?: PtyOptions): Promise<Pty>;
  program(): string;
} {
  let program = '';
  const running = new Set<Pty>();

  beforeAll(async () => {
    program = await buildTerminalProgram();
  });
  afterEach(() => {
    for (const pty of running) pty.close();
    running.clear();
  });

  function start(file: string, args: readonly string[], options?: PtyOptions): Pty {
    const pty = startPty(file, args, options);
    running.add(pty);
    return pty;
  }

  async function open(options?: PtyOptions, ...args: readonly string[]): Promise<Pty> {
    const pty = start(process.execPath, [program, ...args], options);
    await pty.waitFor('the first prompt', (screen) => /› ?|chat[>:]/.test(screen));
    return pty;
  }

  return {
    open,
    async openWithInk(options) {
      const pty = await open(options);
      await waitForInk(pty);
      return pty;
    },
    async openShell(options) {
      const env = { ...options?.env, PS1: 'shell> ' };
      const pty = start('bash', ['--norc', '--noprofile', '-i'], { ...options, env });
      await pty.waitFor('the shell', (screen) => screen.includes('shell>'));
      return pty;
    },
    program: () => program,
  };
}

/** Ink places the caret by columns; the first prompt's painter never does. */
export function waitForInk(pty: Pty): Promise<void> {
  return pty.waitFor('Ink', () => /\x1b\[\d+G\x1b\[\?25h/.test(pty.raw()));
}

/** The screen down to the last row that shows something. */
export function shown(pty: Pty): readonly string[] {
  const rows = pty.screen();
  return rows.slice(0, rows.findLastIndex((row) => row !== '') + 1);
}
