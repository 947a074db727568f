import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  canBeOrdinary,
  newVictim,
  newWord,
  PYTHON,
  rungsHere,
  type User,
} from '../../support/escape-lab.ts';
import { treeHash } from '../../support/tree-hash.ts';

const RUNGS = await rungsHere();
const best = RUNGS[0] ?? 'L0';

function newGround(user: User = 'self') {
  const victim = newVictim({ user });
  victim.put('project/sub/a.txt', 'a\n');
  victim.put('project/b.txt', 'b\n');
  victim.put('outside/theirs.txt', 'theirs\n');
  const views = () => {
    const state = join(victim.home, 'state');
    return existsSync(state)
      ? readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((path) =>
          /\/views\/.+/.test(path),
        )
      : [];
  };
  const mounts = () =>
    readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .filter((line) => line.includes(victim.root));
  return { ...victim, views, mounts };
}

const TOO_MUCH =
  'i=0; while [ $i -lt 80 ]; do truncate -s 9M s$i; printf $i | dd of=s$i conv=notrunc status=none; i=$((i+1)); done';

/** What a program leaves that is hard to read, to name or to remove. */
const LEAVINGS: readonly (readonly [what: string, script: string, code: string | null])[] = [
  ['no workspace any more', 'rm -rf ./* ./.[a-z]*; rmdir "$PWD"; true', null],
  ['a workspace that is closed', 'chmod 000 .', null],
  ['folders that are closed', 'mkdir -p x/y; chmod 000 x/y x sub', null],
  [
    'names of every kind',
    'echo 1 > "$(printf "a\\nb")"; echo 2 > "$(printf "\\033[2J")"; echo 3 > " "; echo 4 > "-rf"; echo 5 > "$(printf "e\\314\\201")"; echo 6 > "$(printf "\\303\\251")"',
    null,
  ],
  ['a name that is no text', 'echo 1 > "$(printf "\\377\\376")"', 'unreadable'],
  ['a link whose target is no text', 'ln -s "$(printf "\\377")" bad', null],
  ['long names', 'n=$(printf "%0255d" 0); mkdir $n; echo x > $n/$n', null],
  [
    'folders without an end',
    'i=0; while [ $i -lt 400 ]; do mkdir d; cd d; i=$((i+1)); done; echo x > x',
    'limit',
  ],
  [
    'links in a circle',
    'ln -s b2 a2; ln -s a2 b2; ln -s . here; ln -s /proc/self/root root; ln -s /proc/1/fd/4/. up',
    null,
  ],
  ['pipes and sockets where files were', 'rm b.txt; mkfifo b.txt; mkfifo sub/p', null],
  ['more than could be kept', TOO_MUCH, null],
  [
    'attributes of the overlay',
    'mkdir o; setfattr -n user.overlay.opaque -v y o sub; setfattr -n user.overlay.redirect -v /../../outside sub; setfattr -n user.overlay.whiteout -v y b.txt; true',
    null,
  ],
  [
    'a folder that comes and goes as a link',
    'mv sub was; ln -s ../outside sub; rm sub; mkdir sub; ln -s ../../outside sub/out',
    null,
  ],
];

describe.each([
  { user: 'self' as const, isHere: true },
  { user: 'ordinary' as const, isHere: canBeOrdinary },
])('what a program leaves in its view, as $user', ({ user, isHere }) => {
  it.skipIf(!isHere).each(user === 'self' ? LEAVINGS : LEAVINGS.slice(0, 3))(
    'is told or refused, and cleaned up: %s',
    async (_, script, code) => {
      const victim = newGround(user);
      victim.put('project/do.sh', script);
      victim.settle();
      const [before, outside] = [treeHash(victim.project), treeHash(victim.outside)];
      const { data, raw } = await victim.attack(best, ['sh', 'do.sh']);
      expect(data, raw).not.toBe(null);
      if (code === null)
        expect(data.error === undefined || data.error.code === 'unreadable', raw).toBe(true);
      else expect(data.error, raw).toMatchObject({ code });
      expect(treeHash(victim.project)).toBe(before);
      expect(treeHash(victim.outside)).toBe(outside);
      for (let waits = 0; waits < 100 && victim.views().length > 0; waits++) await sleep(20);
      expect(victim.views()).toEqual([]);
      expect(victim.mounts()).toEqual([]);
    },
  );
});

describe('more than can be kept', () => {
  it('is refused where it would come into the workspace', async () => {
    const victim = newGround();
    victim.put('project/do.sh', TOO_MUCH);
    const before = treeHash(victim.project);
    const { code, data, raw } = await victim.execute([
      { id: 'a', action: { kind: 'shell.run', argv: ['sh', 'do.sh'] } },
    ]);
    expect(code, raw).toBe(1);
    expect(data.steps[0], raw).toMatchObject({ status: 'failed', error: { code: 'limit' } });
    expect(treeHash(victim.project)).toBe(before);
  });
});

describe('a file that a program gave two names', () => {
  it('is told as two files', async () => {
    const victim = newGround();
    const { data } = await victim.attack(best, ['sh', '-c', 'echo x > one; ln one two']);
    expect(data.changes).toEqual([
      { path: 'one', kind: 'create' },
      { path: 'two', kind: 'create' },
    ]);
  });
});

describe.skipIf(PYTHON === null)('a race', () => {
  const SWAP = `
import os, sys, time
target, word = sys.argv[1], sys.argv[2]
end = time.time() + 4
while time.time() < end:
    try:
        os.rename('sub', 'kept'); os.symlink(target, 'sub')
        os.unlink('sub'); os.rename('kept', 'sub')
    except OSError:
        pass
`;

  it('of one outside, who swaps folders of the workspace for links, writes nothing there', async () => {
    const victim = newGround();
    const word = newWord('race');
    const before = treeHash(victim.outside);
    const id = await victim.importPlan(
      Array.from({ length: 3 }, (_, at) => ({
        id: `s${at}`,
        action: { kind: 'shell.run', command: `cp b.txt sub/new${at}.txt` },
      })),
    );
    await victim.tinycode(['approve', id, '--json']);
    const swapper = spawn(PYTHON ?? '', ['-c', SWAP, victim.outside, word], {
      cwd: victim.project,
    });
    onTestFinished(() => void swapper.kill('SIGKILL'));
    await victim.tinycode(['execute', id, '--mode', 'execute', '--json']);
    for (let turn = 0; turn < 3; turn++) await victim.attack(best, ['sh', '-c', 'echo x > sub/x']);
    expect(treeHash(victim.outside)).toBe(before);
  });

  it('of one left in the view, while the changes are read, is over before that', async () => {
    const victim = newGround();
    const word = newWord('swap');
    victim.put('project/swap.py', SWAP);
    const script = `setsid ${PYTHON} swap.py ${victim.outside} ${word} >/dev/null 2>&1 & sleep 0.2`;
    const before = treeHash(victim.outside);
    for (const rung of RUNGS) {
      const { data, raw } = await victim.attack(rung, ['sh', '-c', script]);
      expect(data.exitCode, raw).toBe(0);
    }
    expect(treeHash(victim.outside)).toBe(before);
  });
});

describe('a path that is hard to mount', () => {
  it.each(RUNGS)('leads nowhere else on %s', async (rung) => {
    for (const name of [
      'a:b,upperdir=x',
      'with space\\040and\ttab',
      'line\nbreak',
      '--bind',
      "it's $(x)",
    ]) {
      const victim = newVictim({ project: `odd/${name}` });
      writeFileSync(victim.inProject('there.txt'), 'there\n');
      const before = treeHash(victim.root);
      const { data, raw } = await victim.attack(rung, [
        'sh',
        '-c',
        'cat there.txt; echo x > made.txt',
      ]);
      expect(data, raw).toMatchObject({ rung, exitCode: 0, stdout: 'there\n' });
      expect(data.changes).toEqual([{ path: 'made.txt', kind: 'create' }]);
      expect(existsSync(victim.inProject('made.txt'))).toBe(false);
      expect(before).not.toBe('');
    }
  });

  it.each(RUNGS)('that goes through a link leads to what it means on %s', async (rung) => {
    const victim = newVictim();
    mkdirSync(join(victim.root, 'real/deep'), { recursive: true });
    symlinkSync('real/deep', join(victim.root, 'short'));
    const words = ['rehearse', '--json', '--rung', rung, '--', 'sh', '-c', 'echo x > made; pwd'];
    const { data, raw } = await victim.tinycode(words, { cwd: join(victim.root, 'short') });
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(readdirSync(join(victim.root, 'real/deep'))).toEqual([]);
  });
});
