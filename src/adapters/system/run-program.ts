import { execFile } from 'node:child_process';

type ProgramRun =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'ended';
      readonly exitCode: number;
      readonly out: string;
      readonly err: string;
    };

export type RunProgram = (
  file: string,
  argv: readonly string[],
  signal: AbortSignal,
) => Promise<ProgramRun>;

/**
 * Runs small programs to see whether they work: without a shell, in the root folder (so that no
 * relative entry of PATH leads into a workspace), with nothing of the environment but PATH.
 */
export const createRunProgram =
  (path: string): RunProgram =>
  (file, argv, signal) =>
    new Promise((resolve) => {
      const options = {
        cwd: '/',
        env: { PATH: path, LC_ALL: 'C' },
        timeout: PROGRAM_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_OUTPUT_BYTES,
        signal,
      } as const;
      execFile(file, [...argv], options, (error, out, err) => {
        if (error && 'code' in error && ABSENT.includes(String(error.code))) {
          resolve({ kind: 'absent' });
          return;
        }
        resolve({
          kind: 'ended',
          exitCode: exitCodeOf(error),
          out,
          err: err || error?.message || '',
        });
      }).stdin?.end();
    });

const PROGRAM_MS = 2500;
const MAX_OUTPUT_BYTES = 64 * 1024;
const ABSENT = ['ENOENT', 'EACCES', 'ENOTDIR'];

const exitCodeOf = (error: { readonly code?: unknown } | null): number => {
  if (!error) return 0;
  return typeof error.code === 'number' ? error.code : -1;
};
