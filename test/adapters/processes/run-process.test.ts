import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createProcessRunner } from '../../../src/adapters/processes/run-process.ts';
import { isAlive } from '../../../src/adapters/system/processes.ts';
import { createWorkingFolders } from '../../../src/adapters/workspace/working-folder.ts';
import type { ProcessEnd, ProcessRequest } from '../../../src/ports.ts';
import { must } from '../../support/audit-lab.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { temporaryFolder } from '../../support/files.ts';
import { openDescriptors } from '../../support/workspace-lab.ts';

describe('a program that runs', () => {
  it('gets its words as they are, without a shell, and its exit code is told', async () => {
    const lab = newLab();
    const words = ['$HOME', '*', '; echo x', "it's", 'zwei  Wörter', ''];
    const { output, ...end } = must(await lab.run(['printf', '[%s]', ...words]));
    expect(output).toBe(words.map((word) => `[${word}]`).join(''));
    expect(end).toMatchObject({ exitCode: 0, signal: null, droppedBytes: 0, limits: [] });
    expect(end.tookMs).toBeGreaterThan(0);
    expect(must(await lab.sh('exit 7'))).toMatchObject({ exitCode: 7, signal: null });
    expect(must(await lab.sh('kill -9 $$'))).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  it('has no input and no terminal', async () => {
    const lab = newLab();
    const said = must(await lab.sh('cat; echo end; (: < /dev/tty) 2>&1 || echo none')).output;
    expect(said.startsWith('end\n')).toBe(true);
    expect(said.endsWith('none\n')).toBe(true);
  });

  it('gets few variables, those that were asked for, and no secret', async () => {
    const own = {
      PATH: process.env.PATH,
      HOME: '/home/ada',
      LANG: 'de_DE.UTF-8',
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm-256color',
      GITHUB_TOKEN: 'secret',
      AWS_SECRET_ACCESS_KEY: 'secret',
      LD_PRELOAD: '/tmp/evil.so',
      NODE_OPTIONS: '--require /tmp/evil.js',
      LC_secret: 'secret',
      SSH_AUTH_SOCK: '/tmp/agent',
    };
    const lab = newLab({ ...own, PATH: `.:${own.PATH}:node_modules/.bin:` });
    const { output } = must(await lab.run(['env'], { env: { CI: '1', LANG: 'C' } }));
    expect(output.trim().split('\n').sort()).toEqual(
      [
        'CI=1',
        'HOME=/home/ada',
        'LANG=C',
        'LC_ALL=C.UTF-8',
        `PATH=${own.PATH}`,
        'TERM=dumb',
      ].sort(),
    );
  });

  it('runs in the workspace, or in a folder of it', async () => {
    const lab = newLab();
    mkdirSync(join(lab.workspace, 'a b/c'), { recursive: true });
    for (const cwd of ['', '.']) {
      expect(must(await lab.run(['pwd'], { cwd })).output).toBe(`${lab.workspace}\n`);
    }
    const { output } = must(await lab.run(['pwd'], { cwd: 'a b/c' }));
    expect(output).toBe(`${lab.workspace}/a b/c\n`);
  });

  it('runs in no folder that a link leads to, in none outside and in none that is not there', async () => {
    const lab = newLab();
    symlinkSync('/tmp', join(lab.workspace, 'link'));
    mkdirSync(join(lab.workspace, 'real'));
    symlinkSync('real', join(lab.workspace, 'inner'));
    for (const cwd of ['link', 'link/x', 'inner', '..', '/tmp', 'real/../..']) {
      expect(await lab.run(['pwd'], { cwd })).toMatchObject({
        ok: false,
        error: { code: 'denied' },
      });
    }
    const gone = await lab.run(['pwd'], { cwd: 'none' });
    expect(gone).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('that is not there, or cannot run, is told of with what to do', async () => {
    const lab = newLab();
    expect(await lab.run(['no-such-program-here'])).toMatchObject({
      ok: false,
      error: {
        code: 'not-found',
        message: 'no-such-program-here cannot be run: there is no such program.',
        hint: expect.stringContaining('Install it'),
      },
    });
    const closed = join(lab.workspace, 'closed');
    writeFileSync(closed, 'no program, and not executable');
    const other = newLab({ PATH: `${lab.workspace}:${process.env.PATH}` });
    expect(await other.run(['closed'])).toMatchObject({ error: { code: 'not-found' } });
    writeFileSync(join(lab.workspace, 'script.sh'), '#!/bin/sh\necho ran\n');
    expect(await lab.run(['./script.sh'])).toMatchObject({
      error: { code: 'failed', hint: expect.stringContaining('chmod +x') },
    });
    chmodSync(join(lab.workspace, 'script.sh'), 0o755);
    expect(must(await lab.run(['./script.sh'])).output).toBe('ran\n');
    expect(await lab.run([])).toMatchObject({ error: { code: 'invalid' } });
    expect(await lab.run(['echo', 'a\0b'])).toMatchObject({ error: { code: 'invalid' } });
    expect(await lab.run(['env'], { env: { 'A=B': 'x' } })).toMatchObject({
      error: { code: 'invalid' },
    });
    const long = Array.from({ length: 40 }, () => 'x'.repeat(120_000));
    expect(await lab.run(['echo', ...long])).toMatchObject({ error: { code: 'limit' } });
  });
});

describe('what a program says', () => {
  it('comes piece by piece, of both streams, and is there in the end', async () => {
    const lab = newLab();
    const pieces: string[] = [];
    const script = 'echo one; sleep 0.2; echo two >&2; sleep 0.2; echo three';
    const { output } = must(await lab.sh(script, {}, (text) => void pieces.push(text)));
    expect(pieces).toEqual(['one\n', 'two\n', 'three\n']);
    expect(output).toBe('one\ntwo\nthree\n');
  });

  it('is put together where a character comes in two pieces, and replaced where it is none', async () => {
    const lab = newLab();
    const script =
      "printf 'gr\\303'; sleep 0.3; printf '\\274\\303\\237e '; printf '\\377\\303' >&2";
    const { output } = must(await lab.sh(script));
    expect([...output].sort().join('')).toBe([...'grüße \ufffd\ufffd'].sort().join(''));
    expect(output).toContain('üße');
  });

  it('keeps its beginning and its end within the limit, and the rest is counted', async () => {
    const lab = newLab();
    const limits = { wallMs: 20_000, outputBytes: 1000 };
    const end = must(await lab.sh('echo first; seq 1 200000; echo last', { limits }));
    expect(end.output.startsWith('first\n1\n2\n')).toBe(true);
    expect(end.output.endsWith('\n200000\nlast\n')).toBe(true);
    expect(end.output.length).toBeLessThan(1100);
    expect(end.droppedBytes).toBe(1_288_895 + 'first\nlast\n'.length - 1000);
    expect(end.output).toContain(`[${end.droppedBytes} bytes left out]`);
    expect(end.limits).toEqual(['output']);
  });

  it('is read to its end, however much it is', async () => {
    const lab = newLab();
    let length = 0;
    const limits = { wallMs: 20_000, outputBytes: 100 };
    const script = 'head -c 30000000 /dev/zero | tr "\\0" x';
    const count = (text: string) => {
      length += text.length;
    };
    must(await lab.sh(script, { limits }, count));
    expect(length).toBe(30_000_000);
  });

  it('stops the program where nobody can take it', async () => {
    const lab = newLab();
    const thrown = lab.sh('echo $$; sleep 60', {}, (text) => {
      lab.pids.push(Number(text));
      throw new Error('no room');
    });
    await expect(thrown).rejects.toThrow('no room');
    await lab.expectAllGone(1);
  });
});

describe('all that a program starts', () => {
  it('ends with it, and holds nobody up', async () => {
    const lab = newLab();
    const script = `sleep 60 & echo $!; sh -c 'trap "" TERM; sleep 60 & echo $!; wait' & sleep 0.2`;
    const end = must(await lab.sh(script, {}, lab.notePids));
    expect(end.exitCode).toBe(0);
    expect(end.tookMs).toBeLessThan(5000);
    await lab.expectAllGone(2);
  });

  it('ends with it also in a group of its own', async () => {
    const lab = newLab();
    const script = 'timeout 60 sleep 60 & echo $!; sleep 0.3';
    must(await lab.sh(script, {}, lab.notePids));
    await lab.expectAllGone(1);
  });

  it('ends when its time is over, whether it listens or not', async () => {
    const lab = newLab();
    const limits = { wallMs: 300, outputBytes: 1000 };
    const calm = must(await lab.sh('echo $$; sleep 60 & echo $!; wait', { limits }, lab.notePids));
    expect(calm).toMatchObject({ exitCode: null, signal: 'SIGTERM', limits: ['time'] });
    expect(calm.output).toMatch(/^\d+\n\d+\n$/);
    const deaf = `trap '' TERM; echo $$; sh -c 'sleep 60' & echo $!; while :; do sleep 1; done`;
    const killed = must(await lab.sh(deaf, { limits }, lab.notePids));
    expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL', limits: ['time'] });
    expect(killed.tookMs).toBeLessThan(8000);
    await lab.expectAllGone(4);
  }, 30_000);

  it('ends when it is called off, and what it said so far is told', async () => {
    const lab = newLab();
    const control = new AbortController();
    const running = lab.sh(
      'echo $$; sleep 60 & echo $!; wait',
      { signal: control.signal },
      (text) => {
        lab.notePids(text);
        if (lab.pids.length === 2) control.abort();
      },
    );
    const ended = await running;
    expect(ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    const { output } = (ended as unknown as { error: { data: ProcessEnd } }).error.data;
    expect(output).toMatch(/^\d+\n\d+\n$/);
    await lab.expectAllGone(2);
    const late = await lab.sh('echo never', { signal: AbortSignal.abort() }, lab.notePids);
    expect(late).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(lab.pids).toHaveLength(2);
  });

  it('holds nobody up either where it got away with the pipe', async () => {
    const lab = newLab();
    await lab.sh('echo once');
    const before = openDescriptors();
    const end = must(await lab.sh('echo begun; setsid sleep 8 & sleep 0.1'));
    await sleep(50);
    expect(openDescriptors()).toBeLessThanOrEqual(before);
    expect(end.output).toBe('begun\n');
    expect(end.tookMs).toBeLessThan(4000);
  });

  it('ends when TinyCode itself ends', async () => {
    const lab = newLab();
    const program = bundleProgram('run-and-exit');
    const child = spawn(process.execPath, [program, lab.workspace]);
    child.stdout.on('data', (text: Buffer) => lab.notePids(text.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(3);
    await lab.expectAllGone(2);
  });

  it('leaves no descriptor open', async () => {
    const lab = newLab();
    await lab.sh('echo once');
    const before = openDescriptors();
    for (let round = 0; round < 10; round++) {
      await lab.sh('echo x; sleep 60 &');
      await lab.run(['no-such-program-here']);
      await lab.run(['pwd'], { cwd: 'none' });
    }
    await sleep(50);
    expect(openDescriptors()).toBeLessThanOrEqual(before);
    expect(process.listenerCount('exit')).toBeLessThan(10);
  });
});

type More = Partial<ProcessRequest> & { readonly signal?: AbortSignal };

function newLab(env: Readonly<Record<string, string | undefined>> = { PATH: process.env.PATH }) {
  const workspace = realpathSync(temporaryFolder());
  const pids: number[] = [];
  const runner = createProcessRunner({
    openFolder: createWorkingFolders({ workspace }),
    env,
    clock: { now: () => new Date(), monotonicMs: () => performance.now() },
  });
  const run = (
    argv: readonly string[],
    { signal = new AbortController().signal, ...more }: More = {},
    onOutput: (text: string) => void = () => {},
  ) => {
    const limits = { wallMs: 20_000, outputBytes: 100_000 };
    return runner.run({ argv, cwd: '.', env: {}, limits, ...more }, onOutput, signal);
  };
  return {
    workspace,
    pids,
    run,
    sh: (script: string, more?: More, onOutput?: (text: string) => void) =>
      run(['/bin/sh', '-c', script], more, onOutput),
    /** For programs that print the numbers of their processes. */
    notePids: (text: string) => {
      pids.push(
        ...text
          .split('\n')
          .filter((line) => /^\d+$/.test(line))
          .map(Number),
      );
    },
    expectAllGone: async (count: number) => {
      expect(pids).toHaveLength(count);
      await sleep(50);
      expect(pids.filter(isRunning)).toEqual([]);
    },
  };
}

/** A dead one that nobody has fetched yet still has a number. */
function isRunning(pid: number): boolean {
  if (!isAlive({ pid, born: '' })) return false;
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
