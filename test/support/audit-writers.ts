import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from './files.ts';

export type Writer = {
  readonly child: ChildProcess;
  /** What was acknowledged so far, as `sequence hash`. */
  readonly lines: () => readonly string[];
  readonly ended: Promise<number | null>;
};

/** Processes that append to a log until they are killed; for what no test can do to itself. */
export function buildAuditWriter() {
  const program = join(temporaryFolder(), 'writer.cjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, 'audit-writer-program.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    // Packages are looked for from here, wherever the bundle lies.
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    logLevel: 'error',
  });

  return (
    places: { readonly state: string; readonly config: string },
    options: {
      readonly name?: string;
      readonly count?: number;
      /** A shell line that runs before the writer does, such as a limit. */
      readonly before?: string;
    } = {},
  ): Writer => {
    const { name = 'w', count = Number.POSITIVE_INFINITY, before = ':' } = options;
    const child = spawn(
      '/bin/sh',
      [
        '-c',
        `${before}; exec "$0" "$@"`,
        process.execPath,
        program,
        places.state,
        places.config,
        name,
        String(count),
      ],
      {
        env: {},
        stdio: ['ignore', 'pipe', 'inherit'],
      },
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
