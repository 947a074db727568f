import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './files.ts';

export const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'tinycode.js');

export type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A person with an empty home and a project, and the built program to run there. */
export function newPerson() {
  const root = temporaryFolder();
  const home = join(root, 'home');
  const project = join(root, 'project');
  for (const folder of [home, project]) mkdirSync(folder);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    // Nothing listens on the discard port, so no model answers unless a test says where.
    OLLAMA_HOST: '127.0.0.1:9',
  };

  const run = (
    args: readonly string[],
    more: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ) =>
    new Promise<Ended>((resolve, reject) => {
      const child = spawn(process.execPath, [PROGRAM, ...args], {
        cwd: project,
        env: { ...env, ...more.env },
        stdio: 'pipe',
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
      child.stdin.on('error', () => {});
      child.stdin.end(more.stdin ?? '');
    });

  const json = async (args: readonly string[], more?: { readonly stdin?: string }) => {
    const ended = await run([...args, '--json'], more);
    return { ...ended, data: JSON.parse(ended.stdout) };
  };

  return { root, home, project, env, run, json };
}
