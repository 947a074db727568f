import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { ProcessRunner } from '../../ports.ts';
export const createProcessRunner = ({
  workspace,
  env,
}: {
  workspace: string;
  env: NodeJS.ProcessEnv;
}): ProcessRunner => ({
  run: ({ argv, cwd, env: more, limits }, onOutput, signal) =>
    new Promise((resolve) => {
      const began = performance.now();
      const child = spawn(argv[0] as string, argv.slice(1), {
        cwd: join(workspace, cwd),
        env: { PATH: env.PATH ?? '', ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
        signal,
        timeout: limits.wallMs,
      });
      let output = '';
      for (const s of [child.stdout, child.stderr])
        s.on('data', (d) => {
          output += d;
          onOutput(String(d));
        });
      child.on('error', (e) => resolve(fail('not-found', e.message)));
      child.on('close', (exitCode, sig) =>
        resolve(
          ok({
            exitCode,
            signal: sig,
            output,
            droppedBytes: 0,
            tookMs: performance.now() - began,
            limits: [],
          }),
        ),
      );
    }),
});
