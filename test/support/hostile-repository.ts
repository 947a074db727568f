import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createGit } from '../../src/adapters/git/run-git.ts';
import { findDrivers } from '../../src/core/run/find-drivers.ts';
import { type GitCall, hardenGit } from '../../src/core/run/harden-git.ts';
import { must } from './audit-lab.ts';
import { temporaryFolder } from './files.ts';

/** A repository and a program that leaves a mark when it is run. */
export async function newHostileRepository() {
  const root = temporaryFolder();
  const [workspace, home, mark] = ['workspace', 'home', 'fired'].map((name) =>
    join(root, name),
  ) as [string, string, string];
  const trap = join(root, 'trap');
  for (const folder of [workspace, home]) mkdirSync(folder);
  writeFileSync(trap, `#!/bin/sh\n: > '${mark}'\n[ -t 0 ] || timeout 0.3 cat\nexit 0\n`);
  chmodSync(trap, 0o755);
  writeFileSync(join(home, '.gitconfig'), PERSON);
  const env = { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm' };
  const git = createGit({ workspace, env });

  const lab = {
    root,
    workspace,
    trap,
    env,
    git,
    runGit: git.run,
    at: (path: string) => join(workspace, path),
    write: (path: string, text: string): void => {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    },
    /** git as anybody calls it, with nothing switched off. */
    plain: (argv: readonly string[], input = '', cwd = workspace): Promise<string> =>
      new Promise((resolve) => {
        const options = { cwd, env, timeout: 10_000, killSignal: 'SIGKILL' } as const;
        const child = execFile('git', [...argv], options, (_error, out, err) => resolve(out + err));
        child.stdin?.on('error', () => {});
        child.stdin?.end(input);
      }),
    hardened: (argv: readonly string[], input = '') =>
      git.run(argv, new AbortController().signal, input),
    /** On a terminal, as a pager and a filter for colours want one. */
    onTerminal: async ({ argv, env: more }: GitCall, input = ''): Promise<string> => {
      const script = join(root, 'on-terminal');
      const quoted = argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
      writeFileSync(script, `exec ${quoted.join(' ')}\n`);
      const options = { cwd: workspace, env: { ...env, ...more }, timeout: 10_000 };
      return new Promise((resolve) => {
        const words = ['-qefc', `sh '${script}'`, '/dev/null'];
        const child = execFile('script', words, options, (_error, out) => resolve(out));
        child.stdin?.on('error', () => {});
        child.stdin?.end(input);
      });
    },
    /** What a plan's step would run, after every question to the repository was answered. */
    prepare: async (argv: readonly string[]): Promise<GitCall> => {
      const search = findDrivers(argv);
      let next = search.next();
      while (next.done !== true) {
        const stdout = await lab.plain(next.value.argv.slice(1));
        next = search.next({ exitCode: 0, stdout });
      }
      return hardenGit(argv, must(next.value));
    },
    set: (key: string, value: string, ...more: readonly string[]) =>
      lab.plain(['config', ...more, key, value]),
    /** Whether the program ran since this was asked for the last time. */
    hasFired: (): boolean => {
      const isThere = existsSync(mark);
      rmSync(mark, { force: true });
      return isThere;
    },
    /** Two branches, a change that is not committed, and attributes that name all drivers. */
    fill: async (folder = workspace): Promise<void> => {
      const git = (...argv: readonly string[]) => lab.plain(argv, '', folder);
      await git('init', '-q', '-b', 'main');
      writeFileSync(join(folder, '.gitattributes'), '* filter=x diff=x merge=x\n');
      writeFileSync(join(folder, 'file'), 'one\n');
      writeFileSync(join(folder, 'other'), 'same\n');
      await git('add', '.');
      await git('commit', '-qm', 'first');
      await git('checkout', '-qb', 'side');
      writeFileSync(join(folder, 'file'), 'side\n');
      await git('commit', '-qam', 'side');
      await git('checkout', '-q', 'main');
      writeFileSync(join(folder, 'file'), 'main\n');
      await git('commit', '-qam', 'second');
      await git('tag', 'v1');
      // As long as before: git then has to look into it, through a filter where there is one.
      writeFileSync(join(folder, 'file'), 'MAIN\n');
    },
  };
  return lab;
}
export type HostileRepository = Awaited<ReturnType<typeof newHostileRepository>>;

const PERSON = `[user]
  name = Ada
  email = ada@example.org
[init]
  defaultBranch = main
[advice]
  detachedHead = false
`;
