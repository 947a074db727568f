import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoors, openOddDoor } from '../../support/doors.ts';
import {
  canBeOrdinary,
  isRoot,
  newVictim,
  newWord,
  PYTHON,
  rungsHere,
  type User,
} from '../../support/escape-lab.ts';

const RUNGS = await rungsHere();
const strong = RUNGS.filter((rung) => rung === 'L3' || rung === 'L2');

async function newGround(user: User, place: 'tmp' | 'opt' | 'run' | 'workspace' = 'tmp') {
  const victim = newVictim({ user });
  const word = newWord('door');
  const folder = {
    tmp: join(victim.root, 'services'),
    opt: `/opt/${word}`,
    run: `/run/${word}`,
    workspace: join(victim.project, 'services'),
  }[place];
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const doors = await openDoors(folder, word);
  victim.bring('reach-out.py');
  victim.settle();
  return { ...victim, doors, words: [PYTHON ?? '', 'reach-out.py', ...doors.words] };
}

describe.each([
  { user: 'self' as const, isHere: true },
  { user: 'ordinary' as const, isHere: canBeOrdinary },
])('services on this machine, as $user', ({ user, isHere }) => {
  const canRun = isHere && PYTHON !== null;
  const all = ['abstract', 'tcp', 'tcp6', 'udp', 'unix'];

  it.skipIf(!canRun)('are reached by a program without a cage', async () => {
    const { bare, words, doors } = await newGround(user);
    const { out } = await bare(words);
    expect([...doors.knocked()].sort(), out).toEqual(all);
  });

  it.skipIf(!canRun).each(strong)('are not reached from %s', async (rung) => {
    const { attack, words, doors } = await newGround(user);
    const { data, raw } = await attack(rung, words);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(doors.knocked()).toEqual([]);
    expect(data.stdout).not.toContain('reached');
    for (const made of ['raw', 'packet', 'address', 'bluetooth']) {
      expect(data.stdout).not.toContain(`made ${made}`);
    }
  });

  it.skipIf(!canRun || !RUNGS.includes('L1'))(
    'are not reached over any network from L1, but by a path they are, as files are',
    async () => {
      const { attack, words, doors } = await newGround(user);
      const { data, raw } = await attack('L1', words);
      expect(data, raw).toMatchObject({ rung: 'L1', exitCode: 0 });
      expect(doors.knocked()).toEqual(['unix']);
      for (const made of ['raw', 'packet', 'address']) {
        expect(data.stdout).not.toContain(`made ${made}`);
      }
    },
  );

  it.skipIf(!canRun || !RUNGS.includes('L0'))(
    'are all reached from L0, which holds nothing',
    async () => {
      const { attack, words, doors } = await newGround(user);
      await attack('L0', words);
      expect([...doors.knocked()].sort()).toEqual(all);
    },
  );
});

describe.skipIf(PYTHON === null || !isRoot)('services with a path', () => {
  it.each(
    strong.flatMap((rung) => (['opt', 'run', 'workspace'] as const).map((at) => ({ rung, at }))),
  )('in $at are not reached from $rung', async ({ rung, at }) => {
    const { attack, words, doors } = await newGround('self', at);
    const { data, raw } = await attack(rung, words);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(doors.knocked()).toEqual([]);
  });

  // A socket is hidden by the path that it was bound to; docs/cages.md says what that leaves open.
  describe.each(['relative', 'renamed', 'linked'] as const)('of which one is %s', (way) => {
    it.each(strong)('are in reach from %s by that path, as is said', async (rung) => {
      const victim = newVictim();
      const door = await openOddDoor(PYTHON ?? '', `/opt/${newWord('odd')}`, way);
      victim.bring('reach-out.py');
      const { data } = await victim.attack(rung, [PYTHON ?? '', 'reach-out.py', ...door.words]);
      expect(data).toMatchObject({ rung, exitCode: 0 });
      expect(door.knocked()).toBe(true);
    });
  });
});

describe.skipIf(PYTHON === null)('the sockets of virtual machines', () => {
  const hasThem =
    spawnSync(PYTHON ?? 'python3', ['-c', 'import socket; socket.socket(40, 1)']).status === 0;
  const ask = async (rung: 'L2' | 'L3') => {
    const victim = newVictim();
    victim.bring('reach-out.py');
    return (await victim.attack(rung, [PYTHON ?? '', 'reach-out.py'])).data;
  };

  it.skipIf(!hasThem || !RUNGS.includes('L3'))('are not made on L3', async () => {
    expect((await ask('L3')).stdout).not.toContain('made vsock');
  });

  // A network namespace does not close them; only the filter of L3 does.
  it.skipIf(!hasThem || !RUNGS.includes('L2'))('are not made on L2', async () => {
    expect((await ask('L2')).stdout).not.toContain('made vsock');
  });
});

describe('a rehearsal of a plan', () => {
  it.skipIf(PYTHON === null || RUNGS[0] === 'L0')(
    'has no network, also where its step asks for one',
    async () => {
      const { importPlan, tinycode, words, doors } = await newGround('self');
      const id = await importPlan([
        { id: 'a', action: { kind: 'shell.run', argv: words, network: true }, check: true },
      ]);
      const { data, raw } = await tinycode(['plan', 'rehearse', id, '--json']);
      expect(data.steps[0], raw).toMatchObject({ exitCode: 0 });
      expect(doors.knocked().filter((door) => door !== 'unix' || RUNGS[0] !== 'L1')).toEqual([]);
    },
  );
});
