import { spawn } from '@lydell/node-pty';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';

/** A program in a real pseudo-terminal, its output read by a terminal emulator. */
export type Pty = {
  /** What is on the screen, one string a row, without trailing blanks. */
  screen(): readonly string[];
  /** All rows, with what has scrolled away; rows broken by the terminal are joined. */
  scrollback(): readonly string[];
  cursor(): { readonly row: number; readonly column: number };
  /** Everything that the program wrote, as it came. */
  raw(): string;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  kill(signal: string): void;
  waitFor(what: string, predicate: (screen: string) => boolean, ms?: number): Promise<void>;
  exitCode(ms?: number): Promise<number>;
  /** Ends the program if it still runs. */
  close(): void;
  readonly pid: number;
  /** Modes the program has left on. */
  modes(): { readonly hasBracketedPaste: boolean };
};

export type PtyOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Called with each piece of output, as soon as it is there. */
  readonly onOutput?: (data: string) => void;
};

const WAIT_MS = 10_000;

export function startPty(
  file: string,
  args: readonly string[],
  { columns = 80, rows = 24, env = {}, cwd = process.cwd(), onOutput }: PtyOptions = {},
): Pty {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 50_000,
    allowProposedApi: true,
  });
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  const child = spawn(file, [...args], {
    cols: columns,
    rows,
    cwd,
    name: env.TERM ?? 'xterm-256color',
    env: environment(env),
  });
  let raw = '';
  let pending = 0;
  let code: number | null = null;
  const watchers = new Set<() => void>();
  const look = (): void => {
    for (const watcher of watchers) watcher();
  };
  child.onData((data) => {
    onOutput?.(data);
    raw += data;
    pending++;
    terminal.write(data, () => {
      pending--;
      if (pending === 0) look();
    });
  });
  child.onExit(({ exitCode }) => {
    code = exitCode;
    setTimeout(look, 20);
  });

  const rowsFrom = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) =>
      (terminal.buffer.active.getLine(from + index)?.translateToString(true) ?? '').trimEnd(),
    );

  function until(what: string, isThere: () => boolean, ms: number): Promise<void> {
    return new Promise((settle, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(check);
        reject(new Error(`waited ${ms} ms for ${what}; the screen:\n${pty.screen().join('\n')}`));
      }, ms);
      const check = (): void => {
        if (!isThere()) return;
        clearTimeout(timer);
        watchers.delete(check);
        settle();
      };
      watchers.add(check);
      if (pending === 0) check();
    });
  }

  const pty: Pty = {
    screen() {
      const { viewportY } = terminal.buffer.active;
      return rowsFrom(viewportY, viewportY + terminal.rows);
    },
    scrollback() {
      const { active } = terminal.buffer;
      const lines: string[] = [];
      for (let row = 0; row < active.length; row++) {
        const line = active.getLine(row);
        const text = line?.translateToString(!active.getLine(row + 1)?.isWrapped) ?? '';
        if (line?.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
        else lines.push(text);
      }
      return lines.map((line) => line.trimEnd());
    },
    cursor: () => ({
      row: terminal.buffer.active.cursorY,
      column: terminal.buffer.active.cursorX,
    }),
    raw: () => raw,
    type: (keys) => child.write(keys),
    resize(toColumns, toRows) {
      terminal.resize(toColumns, toRows);
      child.resize(toColumns, toRows);
    },
    kill: (signal) => child.kill(signal),
    waitFor: (what, predicate, ms = WAIT_MS) =>
      until(what, () => predicate(pty.screen().join('\n')), ms),
    async exitCode(ms = WAIT_MS) {
      await until('the program to end', () => code !== null, ms);
      return code ?? -1;
    },
    close() {
      if (code === null) child.kill('SIGKILL');
    },
    pid: child.pid,
    modes: () => ({ hasBracketedPaste: terminal.modes.bracketedPasteMode }),
  };
  return pty;
}

/** What this process runs under, but for what would make a program believe in CI or in no colour. */
function environment(more: PtyOptions['env']): Record<string, string> {
  const { CI, NO_COLOR, FORCE_COLOR, NODE_OPTIONS, VITEST, ...rest } = process.env;
  const all = { ...rest, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...more };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
