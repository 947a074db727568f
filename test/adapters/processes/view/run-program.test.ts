import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ProgramEnd } from '../../../../src/ports.ts';
import { must } from '../../../support/audit-lab.ts';
import { lacks, nameOf, newMark, newViewLab, runnerIn, STANDS } from '../../../support/view-lab.ts';
import { openDescriptors } from '../../../support/workspace-lab.ts';

const isLacking = await lacks();

for (const stand of STANDS) {
  const { rung, kind, isHeld } = stand;
  const isLoose = !isHeld && rung === 'L0';
  const newLab = async (given: Parameters<typeof newViewLab>[0] = {}) => {
    const lab = newViewLab({ kind, isHeld, ...given });
    return { ...lab, ...runnerIn(await lab.open(), rung) };
  };

  describe.skipIf(isLacking(stand))(`a program on ${nameOf(stand)}`, () => {
    it('gets its words as they are, without a shell, and its exit code is told', async () => {
      const lab = await newLab();
      const words = ['$HOME', '*', '; echo x', "it's", 'zwei  Wörter', '', '-n', 'a\nb'];
      const end = must(await lab.run(['printf', '[%s]', ...words]));
      expect(end.output).toBe(words.map((word) => `[${word}]`).join(''));
      expect(end).toMatchObject({ exitCode: 0, signal: null, droppedBytes: 0, limits: [] });
      expect(end.tookMs).toBeGreaterThan(0);
      expect(must(await lab.sh('exit 7'))).toMatchObject({ exitCode: 7, signal: null });
    });

    it('tells an exit by a signal from an exit with its number', async () => {
      const lab = await newLab();
      for (const name of ['KILL', 'TERM', 'SEGV', 'ABRT', 'HUP']) {
        const end = must(await lab.sh(`kill -${name} $$`));
        expect(end).toMatchObject({ exitCode: null, signal: `SIG${name}` });
      }
      for (const code of [126, 127, 130, 137, 139, 143, 255]) {
        expect(must(await lab.sh(`exit ${code}`))).toMatchObject({ exitCode: code, signal: null });
      }
    });

    it('says on each of its streams what it says there, and both as it comes', async () => {
      const lab = await newLab();
      const script = 'echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three';
      const pieces: string[] = [];
      const end = must(await lab.sh(script, {}, (text) => void pieces.push(text)));
      expect(pieces).toEqual(['one\n', 'two\n', 'three\n']);
      expect(end).toMatchObject({
        stdout: 'one\nthree\n',
        stderr: 'two\n',
        output: 'one\ntwo\nthree\n',
      });
    });

    it('reads what it is given and no more, and has no terminal', async () => {
      const lab = await newLab();
      const given = 'grüße\n'.repeat(50_000);
      const read = must(await lab.sh('wc -c; echo end', { input: given }));
      expect(read.stdout.trim()).toBe(`${Buffer.byteLength(given)}\nend`);
      expect(must(await lab.sh('exit 3', { input: given })).exitCode).toBe(3);
      const none = must(await lab.sh('cat; tty; (: < /dev/tty) 2>&1 || echo none'));
      expect(none.stdout).toMatch(/^not a tty\n(.*\n)?none\n$/);
    });

    it('has a terminal where it asks for one, which nobody types into', async () => {
      const lab = await newLab();
      const script =
        'test -t 0 && test -t 1 && test -t 2 && echo three; : < /dev/tty && cat; exit 4';
      const end = must(await lab.sh(script, { hasTerminal: true }));
      expect(end).toMatchObject({ output: 'three\r\n', exitCode: 4, signal: null });
      const words = ["it's", '$HOME', '"', 'a\nb', '\\'];
      const printed = must(await lab.run(['printf', '[%s]', ...words], { hasTerminal: true }));
      expect(printed.output).toBe(
        words
          .map((word) => `[${word}]`)
          .join('')
          .replace('\n', '\r\n'),
      );
      const killed = must(await lab.sh('kill -9 $$', { hasTerminal: true }));
      expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
      const gone = await lab.run(['no-such-program-here'], { hasTerminal: true });
      expect(gone).toMatchObject({ ok: false, error: { code: 'not-found' } });
    });

    it('gets few variables, those that were asked for, and no secret', async () => {
      const lab = await newLab({
        env: {
          PATH: `.:${process.env.PATH}:node_modules/.bin:`,
          LANG: 'de_DE.UTF-8',
          LC_ALL: 'C.UTF-8',
          TERM: 'xterm-256color',
          GITHUB_TOKEN: 'secret',
          LD_PRELOAD: '/tmp/evil.so',
          SSH_AUTH_SOCK: '/tmp/agent',
        },
      });
      const wanted = { CI: '1', LANG: 'C', 'ODD-NAME': 'a b\nc', EMPTY: '', IFS: 'x' };
      const { output } = must(await lab.run(['env', '-0'], { env: wanted }));
      const pairs = output.split('\0').map((pair) => pair.split(/=(.*)/s).slice(0, 2));
      const env = Object.fromEntries(pairs);
      const { PATH = '', ...rest } = env;
      const own = rung === 'L2' || rung === 'L3' ? { TMPDIR: '/tmp' } : {};
      expect(rest).toEqual({ ...wanted, ...own, '': undefined, LC_ALL: 'C.UTF-8', TERM: 'dumb' });
      expect(output).not.toMatch(/secret|evil|SSH_AUTH_SOCK/);
      expect(PATH.split(':').every((folder: string) => folder.startsWith('/'))).toBe(true);
    });

    it('has its variables inside of the cage alone', async () => {
      const lab = await newLab();
      const env = {
        LD_PRELOAD: '/no/such/library.so',
        BASH_ENV: '/no',
        ENV: '/no',
        A: "it's $HOME",
      };
      const end = must(await lab.run(['printenv', 'A'], { env }));
      expect(end).toMatchObject({ stdout: "it's $HOME\n", exitCode: 0 });
      // By the program alone: nothing that stands before it was asked to load it.
      expect(end.stderr.match(/cannot be preloaded/g)).toHaveLength(1);
    });

    it('runs in the workspace, or in a folder of it', async () => {
      const lab = await newLab();
      mkdirSync(join(lab.workspace, 'a b/c'), { recursive: true });
      const other = runnerIn(await lab.open(), rung);
      for (const [cwd, folder] of [
        ['', ''],
        ['.', ''],
        ['a b/c', '/a b/c'],
      ] as const) {
        const { output } = must(await other.run(['pwd'], { cwd }));
        if (isHeld || rung === 'L3' || kind === 'direct') {
          expect(output).toBe(`${lab.workspace}${folder}\n`);
        } else expect(output).toMatch(new RegExp(`/copy${folder}\n$`));
      }
    });

    it('runs in no folder that a link leads to, in none outside and in none that is not there', async () => {
      const lab = newViewLab({ kind, isHeld });
      symlinkSync('/tmp', lab.at('link'));
      mkdirSync(lab.at('real'));
      symlinkSync('real', lab.at('inner'));
      const { run } = runnerIn(await lab.open(), rung);
      for (const cwd of ['link', 'link/x', 'inner', '..', '/tmp', 'real/../..']) {
        const denied = await run(['touch', 'made'], { cwd });
        expect(denied).toMatchObject({ ok: false, error: { code: 'denied' } });
      }
      const gone = await run(['pwd'], { cwd: 'none' });
      expect(gone).toMatchObject({ ok: false, error: { code: 'not-found' } });
    });

    it('that is not there, or cannot run, is told of with what to do', async () => {
      const lab = newViewLab({ kind, isHeld });
      writeFileSync(lab.at('script.sh'), '#!/bin/sh\necho ran\n');
      writeFileSync(lab.at('orphan'), '#!/no/such/interpreter\n', { mode: 0o755 });
      writeFileSync(lab.at('broken'), '\u007fELF\u0001\u0002\u0003', { mode: 0o755 });
      const { run, sh } = runnerIn(await lab.open(), rung);
      const said: string[] = [];
      const gone = await run(['no-such-program-here'], {}, (text) => void said.push(text));
      expect(gone).toMatchObject({
        ok: false,
        error: {
          code: 'not-found',
          message: 'no-such-program-here cannot be run: there is no such program.',
          hint: expect.stringContaining('Install it'),
        },
      });
      expect(said).toEqual([]);
      expect(await run(['./none'])).toMatchObject({ error: { code: 'not-found' } });
      expect(await run(['./orphan'])).toMatchObject({ error: { code: 'not-found' } });
      expect(await run(['./script.sh'])).toMatchObject({
        error: { code: 'failed', hint: expect.stringContaining('chmod +x') },
      });
      expect(await run(['./broken'])).toMatchObject({ error: { code: 'failed' } });
      must(await sh('chmod +x script.sh'));
      expect(must(await run(['./script.sh'])).output).toBe('ran\n');
      for (const builtin of ['eval', 'exit', 'export', '.', ':']) {
        const refused = await run([builtin, 'touch made-by-a-shell']);
        expect(refused).toMatchObject({ ok: false });
      }
      expect(must(await sh('ls')).output).not.toContain('made-by-a-shell');
    });

    it('is not started where the request makes no sense', async () => {
      const lab = await newLab();
      for (const argv of [[], [''], ['echo', 'a\0b'], ['-n', 'x']]) {
        expect(await lab.run(argv)).toMatchObject({ ok: false, error: { code: 'invalid' } });
      }
      for (const env of [{ 'A=B': 'x' }, { '': 'x' }, { A: '\0' }]) {
        const refused = await lab.run(['env'], { env: env as Record<string, string> });
        expect(refused).toMatchObject({ ok: false, error: { code: 'invalid' } });
      }
      const long = Array.from({ length: 40 }, () => 'x'.repeat(120_000));
      expect(await lab.run(['echo', ...long])).toMatchObject({ error: { code: 'limit' } });
    });

    it('finds no descriptor but its own three', async () => {
      const lab = await newLab();
      const { stdout } = must(await lab.run(['ls', '-l', '/proc/self/fd']));
      const found = stdout
        .split('\n')
        .map((line) => /(\d+) -> (.*)$/.exec(line)?.slice(1) ?? [])
        .filter(([fd, path]) => fd !== undefined && !/^\/proc\/\d+\/fd$/.test(path ?? ''));
      const others = found.filter(([fd]) => Number(fd) > 2);
      expect(found.map(([fd]) => fd)).toEqual(expect.arrayContaining(['0', '1', '2']));
      // Of those that this process was itself started with, nothing is left but the number.
      expect(others.filter(([, path]) => path !== '/dev/null')).toEqual([]);
    });
  });

  describe.skipIf(isLacking(stand))(`what a program says on ${nameOf(stand)}`, () => {
    it('is put together where a character comes in two pieces, and replaced where it is none', async () => {
      const lab = await newLab();
      const script =
        "printf 'gr\\303'; sleep 0.2; printf '\\274\\303\\237e '; printf '\\377\\303' >&2";
      const { stdout, stderr } = must(await lab.sh(script));
      expect(stdout).toBe('grüße ');
      expect(stderr).toBe('\ufffd\ufffd');
    });

    it('keeps its beginning and its end within the limit, and the rest is counted', async () => {
      const lab = await newLab();
      const limits = { outputBytes: 1000 };
      const script = 'echo first; seq 1 200000; echo last; echo short >&2';
      const end = must(await lab.sh(script, { limits }));
      expect(end.stdout.startsWith('first\n1\n2\n')).toBe(true);
      expect(end.stdout.endsWith('\n200000\nlast\n')).toBe(true);
      expect(end.stdout.length).toBeLessThan(1100);
      expect(end.stderr).toBe('short\n');
      expect(end.droppedBytes).toBe(1_288_895 + 'first\nlast\n'.length - 1000);
      expect(end.stdout).toContain(`[${end.droppedBytes} bytes left out]`);
      expect(end.output.length).toBeLessThan(2200);
      expect(end).toMatchObject({ limits: ['output'], exitCode: 0 });
    });

    it('is read to its end, however much it is, and ends nobody before the time is over', async () => {
      const lab = await newLab();
      let length = 0;
      const limits = { outputBytes: 100, wallMs: 1200 };
      const script = 'head -c 20000000 /dev/zero | tr "\\0" x; echo done >&2; exec yes';
      const count = (text: string) => {
        length += text.length;
      };
      const end = must(await lab.sh(script, { limits }, count));
      expect(length).toBeGreaterThan(20_000_000);
      expect(end).toMatchObject({ limits: ['time', 'output'], stderr: 'done\n' });
    });

    it('stops the program where nobody can take it', async () => {
      const lab = await newLab();
      const mark = newMark();
      const thrown = lab.sh(`echo x; ${mark.sleep}`, {}, () => {
        throw new Error('no room');
      });
      await expect(thrown).rejects.toThrow('no room');
      await mark.expectGone();
    });
  });

  describe.skipIf(isLacking(stand))(`all that a program starts on ${nameOf(stand)}`, () => {
    it('ends with it, and holds nobody up', async () => {
      const lab = await newLab();
      const mark = newMark();
      const script = `${mark.sleep} & sh -c 'trap "" TERM; ${mark.sleep} & wait' & timeout 60 ${mark.sleep} & sleep 0.2`;
      const end = must(await lab.sh(script));
      expect(end.exitCode).toBe(0);
      expect(end.tookMs).toBeLessThan(5000);
      await mark.expectGone();
    });

    if (!isLoose)
      it('ends with it also where it left its session', async () => {
        const lab = await newLab();
        const mark = newMark();
        const daemon = `setsid sh -c 'setsid ${mark.sleep} > /dev/null 2>&1 < /dev/null & :'`;
        const end = must(await lab.sh(`${daemon}; sleep 0.2; echo over`));
        expect(end).toMatchObject({ exitCode: 0, output: 'over\n' });
        await mark.expectGone();
      });

    if (isLoose)
      it('gets away where it left its session, which nothing promises to hold', async () => {
        const lab = await newLab();
        const end = must(await lab.sh('echo begun; setsid sleep 3 & sleep 0.1'));
        expect(end.output).toBe('begun\n');
        expect(end.tookMs).toBeLessThan(2500);
      });

    it('ends when its time is over, whether it listens or not', async () => {
      const lab = await newLab();
      const mark = newMark();
      const limits = { wallMs: 400 };
      const calm = must(await lab.sh(`echo x; ${mark.sleep} & wait`, { limits }));
      expect(calm).toMatchObject({ exitCode: null, signal: 'SIGTERM', limits: ['time'] });
      expect(calm.output).toBe('x\n');
      const tidy = must(
        await lab.sh(`trap 'echo tidied; exit 5' TERM; ${mark.sleep} & wait`, { limits }),
      );
      expect(tidy).toMatchObject({ exitCode: 5, output: 'tidied\n', limits: ['time'] });
      const deaf = `trap '' TERM; ${mark.sleep} & setsid ${mark.sleep} & while :; do sleep 1; done`;
      const killed = must(await lab.sh(isLoose ? deaf.replace('setsid ', '') : deaf, { limits }));
      expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL', limits: ['time'] });
      expect(killed.tookMs).toBeLessThan(8000);
      await mark.expectGone();
    });

    it('ends when it is called off, and what it said so far is told', async () => {
      const lab = await newLab();
      const mark = newMark();
      const control = new AbortController();
      const script = `echo begun; ${mark.sleep} & wait`;
      const ended = await lab.sh(script, { signal: control.signal }, () => control.abort());
      expect(ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      const { data } = (ended as unknown as { error: { data: ProgramEnd } }).error;
      expect(data).toMatchObject({ output: 'begun\n', signal: 'SIGTERM' });
      await mark.expectGone();
      const late = await lab.sh('touch made', { signal: AbortSignal.abort() });
      expect(late).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      expect(must(await lab.sh('ls')).output).not.toContain('made');
    });

    it('ends when it is called off at any moment of its beginning', async () => {
      const lab = await newLab();
      const mark = newMark();
      for (const ms of [0, 1, 2, 4, 6, 8, 10, 14, 18]) {
        const control = new AbortController();
        const running = lab.sh(mark.sleep, { signal: control.signal });
        await sleep(ms);
        control.abort();
        expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled' } });
        await mark.expectGone();
      }
    });

    it.skipIf(!existsSync('/usr/bin/perl'))(
      'ends also where it stops who waits for it',
      async () => {
        const lab = await newLab();
        const stopped = must(await lab.sh('kill -STOP $PPID; exit 4'));
        expect(stopped).toMatchObject({ exitCode: 4, limits: [] });
        const ptrace = process.arch === 'x64' ? 101 : 117;
        const attached = must(
          await lab.run(['perl', '-e', `syscall(${ptrace}, 16, getppid(), 0, 0)`]),
        );
        expect(attached).toMatchObject({ exitCode: 0, limits: [] });
        expect(attached.tookMs).toBeLessThan(5000);
      },
    );

    it('leaves no descriptor open and nobody listening', async () => {
      const lab = await newLab();
      const all = async () => {
        await lab.sh('echo x; sleep 60 &');
        await lab.run(['no-such-program-here']);
        await lab.run(['pwd'], { cwd: 'none' });
        await lab.run(['cat'], { input: 'x' });
      };
      await all();
      await sleep(50);
      const before = openDescriptors();
      for (let round = 0; round < 5; round++) await all();
      await sleep(50);
      expect(openDescriptors()).toBeLessThanOrEqual(before);
      expect(process.listenerCount('exit')).toBeLessThan(10);
    });
  });
}
