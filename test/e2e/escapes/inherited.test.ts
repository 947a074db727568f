import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GCC, newVictim, newWord, PYTHON, programAt, rungsHere } from '../../support/escape-lab.ts';
import { PROGRAM } from '../../support/tinycode.ts';

const RUNGS = await rungsHere();

/** A parent that leaves a folder, a file and a socket open on descriptors of all kinds of numbers. */
const PARENT = `
import os, resource, socket, sys
folder, numbers, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
ours, theirs = socket.socketpair()
for number in map(int, numbers.split(',')):
    kind = number % 3
    fd = (os.open(folder, os.O_RDONLY) if kind == 0
          else os.open(folder + '/open', os.O_RDWR | os.O_CREAT) if kind == 1
          else theirs.fileno())
    os.dup2(fd, number, inheritable=True)
pid = os.fork()
if pid == 0:
    os.execv(rest[0], rest)
os.waitpid(pid, 0)
ours.setblocking(False)
try:
    os.write(2, b'socket ' + ours.recv(100))
except OSError:
    pass
`;
const NUMBERS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 19, 20, 100, 255, 256, 257, 1020, 1021, 1022];
const HIGH = [1023, 1024, 1025, 2001, 2002, 2003];

describe.skipIf(PYTHON === null)('descriptors that were open before TinyCode was started', () => {
  const start = async (
    numbers: readonly number[],
    behind: (victim: ReturnType<typeof newVictim>) => readonly string[],
  ) => {
    const victim = newVictim();
    const word = newWord('descriptor');
    victim.bring('use-descriptor.py');
    const words = [...behind(victim), PYTHON ?? '', 'use-descriptor.py', word];
    const ended = await victim.run([
      PYTHON ?? '',
      '-c',
      PARENT,
      victim.outside,
      numbers.join(','),
      ...words,
    ]);
    const written = existsSync(join(victim.outside, 'open'))
      ? readFileSync(join(victim.outside, 'open'), 'utf8')
      : '';
    const isUsed =
      ended.err.includes('socket heard') ||
      written !== '' ||
      existsSync(join(victim.outside, word));
    return { ...ended, isUsed };
  };

  it('are found and used by a program without a cage', async () => {
    const { isUsed, out } = await start([...NUMBERS, ...HIGH], () => []);
    expect(isUsed).toBe(true);
    expect(out).toContain('found 2003');
  });

  it.each(RUNGS)('are not found on %s', async (rung) => {
    const { isUsed, out } = await start([...NUMBERS, ...HIGH], () => [
      ...[process.execPath, PROGRAM, 'rehearse', '--json', '--rung', rung, '--'],
    ]);
    expect(JSON.parse(out)).toMatchObject({ rung, exitCode: 0, stdout: 'over\n' });
    expect(isUsed).toBe(false);
  });

  it.skipIf(RUNGS[0] === 'L0')('are not found by a program with a terminal', async () => {
    const { isUsed, out } = await start(NUMBERS, () => [
      ...[process.execPath, PROGRAM, 'rehearse', '--json', '--terminal', '--'],
    ]);
    expect(JSON.parse(out)).toMatchObject({ exitCode: 0, stdout: 'over\r\n' });
    expect(isUsed).toBe(false);
  });
});

describe.skipIf(GCC === null)('variables that load code', () => {
  const newGround = () => {
    const victim = newVictim();
    const word = newWord('loaded');
    const library = victim.inProject('evil.so');
    execFileSync(GCC ?? 'cc', ['-shared', '-fPIC', '-w', '-o', library, programAt('preload.c')]);
    victim.put('project/evil.js', `require('fs').writeFileSync('/tmp/${word}', 'x')`);
    victim.put('project/evil.sh', `echo x > /tmp/${word}`);
    const env = {
      LD_PRELOAD: library,
      BASH_ENV: victim.inProject('evil.sh'),
      ENV: victim.inProject('evil.sh'),
      PYTHONSTARTUP: victim.inProject('evil.sh'),
      GIT_EXTERNAL_DIFF: victim.inProject('evil.sh'),
      TCESCAPE_LOG: join(victim.root, 'loaded'),
    };
    const isLoaded = () =>
      existsSync(env.TCESCAPE_LOG) || readdirSync('/tmp').some((name) => name === word);
    return { ...victim, loads: env, isLoaded };
  };

  it('load it where there is no cage', async () => {
    const { run, loads, isLoaded } = newGround();
    await run(['sh', '-c', 'true'], { env: loads });
    expect(isLoaded()).toBe(true);
  });

  it.each(Object.keys(newVariables()))('are not named by a step: %s', async (name) => {
    const { importPlan, tinycode, loads, isLoaded, root } = newGround();
    const env = { [name]: loads[name as keyof typeof loads] ?? `${root}/x` };
    const action = { kind: 'shell.run', argv: ['true'], env };
    const id = await importPlan([{ id: 'a', action, check: true }]);
    const { data, raw } = await tinycode(['plan', 'rehearse', id, '--json']);
    expect(data.steps[0], raw).toMatchObject({ ok: false, error: { code: 'denied' } });
    expect(isLoaded()).toBe(false);
  });

  it.each(RUNGS)('do not reach a program on %s from whoever started TinyCode', async (rung) => {
    const { tinycode, loads } = newGround();
    const { LD_PRELOAD, ...rest } = loads;
    const words = ['rehearse', '--json', '--rung', rung, '--', 'env'];
    const { data } = await tinycode(words, { env: { ...rest, NODE_PATH: '/x', SECRET: 'x' } });
    expect(data).toMatchObject({ rung, exitCode: 0 });
    expect(data.stdout).not.toMatch(/^(BASH_ENV|ENV|PYTHONSTARTUP|GIT_EX|NODE_|SECRET|TCESCAPE)/m);
  });
});

function newVariables() {
  return {
    LD_PRELOAD: 1,
    LD_AUDIT: 1,
    LD_LIBRARY_PATH: 1,
    NODE_OPTIONS: 1,
    BASH_ENV: 1,
    GIT_EXTERNAL_DIFF: 1,
  };
}
