import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from './files.ts';

export type StartedProgram = {
  readonly child: ChildProcess;
  /** All lines that it printed so far. */
  readonly lines: () => readonly string[];
  readonly ended: Promise<number | null>;
};

/** Bundles a program of this folder; what comes back starts it, as often as a test wants. */
export function startProgram(file: string) {
  const program = join(temporaryFolder(), 'program.cjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, file)],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    // Packages are looked for from here, wherever the bundle lies.
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    logLevel: 'error',
  });

  /** `before` is a shell line that runs before the program does, such as a limit. */
  return (argv: readonly string[], before = ':'): StartedProgram => {
    const child = spawn(
      '/bin/sh',
      ['-c', `${before}; exec "$0" "$@"`, process.execPath, program, ...argv],
      { env: {}, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    return {
      child,
      // A line may have been cut by the kill.
      lines: () => text.split('\n').slice(0, -1),
      ended: new Promise((resolve) => child.on('close', resolve)),
    };
  };
}
