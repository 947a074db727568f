import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  canBeOrdinary,
  GCC,
  killAll,
  newVictim,
  newWord,
  PYTHON,
  rungsHere,
  running,
  type User,
} from '../../support/escape-lab.ts';

const RUNGS = await rungsHere();

/** Somebody else's process, which holds a secret. */
async function newGround(user: User) {
  const victim = newVictim({ user });
  const [word, secret] = [newWord('process'), newWord('memory')];
  const code =
    'import sys,time; held = bytearray(open("secret", "rb").read()); print("up", flush=True); time.sleep(60)';
  victim.put('project/secret', secret);
  victim.bring('harm-process.py');
  const child = victim.start([PYTHON ?? '', '-c', code, word], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { SECRET: secret },
  });
  let [isUp, isDead] = [false, false];
  child.stdout?.on('data', () => {
    isUp = true;
  });
  child.on('exit', () => {
    isDead = true;
  });
  onTestFinished(() => killAll(word));
  while (!isUp) await sleep(10);
  const words = [PYTHON ?? '', 'harm-process.py', `${child.pid}`, word, secret];
  const look = () => {
    const read = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
    const nice = read('stat').split(') ')[1]?.split(' ')[16];
    return [
      nice,
      read('limits'),
      read('oom_score_adj'),
      /Cpus_allowed:.*/.exec(read('status'))?.[0],
    ];
  };
  return { ...victim, words, look, isDead: () => isDead };
}

describe.each([
  { user: 'self' as const, isHere: true },
  { user: 'ordinary' as const, isHere: canBeOrdinary },
])('a process beside the cage, as $user', ({ user, isHere }) => {
  const canRun = isHere && PYTHON !== null;

  it.skipIf(!canRun)('is read and killed by a program without a cage', async () => {
    const { bare, words, isDead } = await newGround(user);
    const { out } = await bare(words);
    for (const way of ['environ', 'ptrace', 'priority', 'kill'])
      expect(out).toContain(`did ${way}`);
    await expect.poll(isDead).toBe(true);
  });

  // L0 promises nothing; where there is a view, its processes are apart all the same.
  it.skipIf(!canRun).each(RUNGS)('is neither seen nor touched from %s', async (rung) => {
    const { attack, words, look, isDead } = await newGround(user);
    const before = look();
    const { data, raw } = await attack(rung, words);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(data.stdout).toBe('over\n');
    await sleep(50);
    expect(isDead()).toBe(false);
    expect(look()).toEqual(before);
  });
});

/** What a rung lets a program ask of the kernel; what is not here is refused. */
const GRANTED: Readonly<Record<string, readonly string[]>> = {
  L3: [],
  // Its own processes, and what needs no capability.
  L2: [
    'io_uring',
    'keyctl',
    'ptrace',
    'pidfd_getfd',
    'process_vm_readv',
    'int80',
    'x32',
    'userfaultfd',
  ],
};
const NAMESPACES = ['unshare user', 'unshare user and mounts', 'clone user', 'clone3 user'];
/** As root, what root owns. */
const OWNED = ['disk', 'core_pattern', 'sysrq', 'cgroup'];

describe.skipIf(GCC === null)('what a program asks of the kernel', () => {
  it.each(RUNGS)('is refused on %s where it leads out', async (rung) => {
    const victim = newVictim();
    victim.compile('kernel.c');
    const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n').length;
    const { data, raw } = await victim.attack(rung, ['./kernel', victim.project]);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    const lines: readonly string[] = data.stdout.trim().split('\n');
    expect(lines.at(-1)).toBe('over');
    const got = lines.flatMap((line) => (line.startsWith('got ') ? [line.slice(4)] : []));
    const granted = GRANTED[rung] ?? [...(GRANTED.L2 ?? []), ...NAMESPACES, ...OWNED];
    expect(got.filter((each) => !granted.includes(each))).toEqual([]);
    expect(readFileSync('/proc/self/mounts', 'utf8').split('\n').length).toBe(mounts);
    const other =
      rung === 'L3' && process.arch === 'x64' ? ['killed int80 31', 'killed x32 31'] : [];
    expect(lines).toEqual(expect.arrayContaining(other));
  });

  it.skipIf(!canBeOrdinary).each(RUNGS)('is refused to an ordinary user on %s', async (rung) => {
    const victim = newVictim({ user: 'ordinary' });
    victim.compile('kernel.c');
    const { data, raw } = await victim.attack(rung, ['./kernel', victim.project]);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    const got: readonly string[] = data.stdout.match(/(?<=^got ).*$/gm) ?? [];
    const granted = GRANTED[rung] ?? [...(GRANTED.L2 ?? []), ...NAMESPACES];
    expect(got.filter((each) => !granted.includes(each))).toEqual([]);
  });
});

describe.skipIf(GCC === null)('keys that a session holds', () => {
  const ask = async (rung: string) => {
    const victim = newVictim();
    const secret = newWord('key');
    victim.compile('session-key.c');
    const words = ['rehearse', '--json', '--rung', rung, '--', './session-key'];
    const { out } = await victim.run([
      ...[victim.inProject('session-key'), secret, process.execPath],
      ...[join(import.meta.dirname, '../../../bin/tinycode.js'), ...words],
    ]);
    expect(JSON.parse(out)).toMatchObject({ rung, exitCode: 0 });
    return { out, secret };
  };

  it.skipIf(!RUNGS.includes('L3'))('are not read on L3', async () => {
    const { out, secret } = await ask('L3');
    expect(out).not.toContain(secret);
  });

  it.skipIf(!RUNGS.includes('L2'))('are not read on L2', async () => {
    const { out, secret } = await ask('L2');
    expect(out).not.toContain(secret);
  });
});

describe.skipIf(GCC === null)('the shell that watches a program', () => {
  const ask = async (rung: 'L2' | 'L3') => {
    const victim = newVictim();
    victim.compile('forge-end.c');
    const { data, raw } = await victim.attack(rung, ['./forge-end']);
    expect(data, raw).toMatchObject({ rung });
    return data;
  };

  it.skipIf(!RUNGS.includes('L3'))('cannot be made to lie on L3', async () => {
    expect((await ask('L3')).exitCode).toBe(7);
  });

  it.skipIf(!RUNGS.includes('L2'))('cannot be made to lie on L2', async () => {
    expect((await ask('L2')).exitCode).toBe(7);
  });
});

describe('programs that are left behind', () => {
  const script = (word: string) =>
    [
      `(trap '' TERM HUP; exec sleep 61 ${word}) & `.replace(`61 ${word}`, '61'),
      `nohup sh -c ': ${word}; sleep 62' >/dev/null 2>&1 &`,
      `setsid sh -c ': ${word}; trap "" TERM HUP INT; sleep 63' </dev/null >/dev/null 2>&1 &`,
      `(setsid sh -c '(: ${word}; sleep 64) & : ${word}; sleep 65' >/dev/null 2>&1 &)`,
      'sleep 0.3',
    ].join('\n');

  it('live on where there is no cage', async () => {
    const victim = newVictim();
    const word = newWord('left');
    onTestFinished(() => killAll(word));
    writeFileSync(victim.inProject('leave.sh'), script(word));
    const done = victim.run(['sh', 'leave.sh'], { stdio: 'ignore' });
    await done;
    expect(running(word).length).toBeGreaterThan(1);
  });

  it.each(RUNGS)('end with it on %s', async (rung) => {
    const victim = newVictim();
    const word = newWord('left');
    onTestFinished(() => killAll(word));
    writeFileSync(victim.inProject('leave.sh'), script(word));
    const { data, raw } = await victim.attack(rung, ['sh', 'leave.sh']);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(running(word)).toEqual([]);
  });
});
