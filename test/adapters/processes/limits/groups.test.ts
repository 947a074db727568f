import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type Group,
  openGroup,
  sweepGroups,
  warmGroups,
} from '../../../../src/adapters/processes/limits/groups.ts';
import { isRunning } from '../../../../src/adapters/processes/limits/read-process.ts';
import { isAlive, ownProcess } from '../../../../src/adapters/system/processes.ts';
import type { RunLimits } from '../../../../src/core/types.ts';
import { canCage, controllers, runLimited, TIGHT } from '../../../support/limit-lab.ts';

const own = ownProcess(process.pid);
const has = (...names: readonly string[]) =>
  names.every((name) => controllers.some((each) => each === name));

/** Gone when the test is over. */
function open(id: string, limits: RunLimits = TIGHT, owner = own): Group {
  const group = openGroup(id, limits, owner);
  if (group === null) throw new Error('There should be a group.');
  onTestFinished(() => group.close());
  return group;
}

function run({ words: [shell = '', ...words] }: Group, ...argv: readonly string[]) {
  return spawnSync(shell, [...words, ...argv], { encoding: 'utf8', timeout: 10_000 });
}

/** Does not wait for what it leaves behind. */
function runAndLeave({ words: [shell = '', ...words] }: Group, script: string) {
  return spawnSync(shell, [...words, 'sh', '-c', script], { stdio: 'ignore', timeout: 10_000 });
}

const foldersOf = ({ words }: Group): readonly string[] =>
  words
    .filter((word) => word.endsWith('/cgroup.procs'))
    .map((word) => word.replace(/\/[^/]*$/, ''));

describe.skipIf(!has('pids', 'memory') || !canCage)('a group of processes', () => {
  it('is joined by a program before it begins, with all that it starts', () => {
    const group = open('joined');
    const ran = run(group, 'sh', '-c', 'cat /proc/self/cgroup; exit 3');
    expect(ran.status).toBe(3);
    expect(ran.stdout.match(/tinycode\.[^\n]*\.joined/g)?.length).toBe(foldersOf(group).length);
  });

  it('passes words on as they are', () => {
    const words = ['a b', '$HOME', '', '--', '*'];
    const ran = run(open('words'), 'printf', '[%s]', ...words);
    expect(ran.stdout).toBe(words.map((word) => `[${word}]`).join(''));
  });

  it('runs nothing when it cannot be joined', async () => {
    const group = open('gone');
    await group.close();
    const ran = run(group, 'echo', 'ran');
    expect(ran).toMatchObject({ status: 125, stdout: '' });
  });

  it('has somebody killed when all together need more memory than one may have', async () => {
    const hog = '(head -c 40000000 /dev/zero; sleep 9) | tail > /dev/null';
    const hogs = ['sh', '-c', `for i in 1 2 3 4 5; do ${hog} & done; wait`];
    const ran = await runLimited(hogs, { limits: TIGHT, isGrouped: true });
    expect(ran.refused).toContain('memory');
    expect(ran.told.map(({ name }) => name)).toEqual(['memory']);
    expect(ran.peak.memoryBytes).toBeLessThanOrEqual(TIGHT.memoryBytes);
  });

  it('says nothing of memory that the kernel could take back', async () => {
    const read = ['sh', '-c', 'head -c 300000000 /dev/zero > /dev/null; cat /usr/bin/* | wc -c'];
    const ran = await runLimited(read, { limits: TIGHT, isGrouped: true });
    expect(ran).toMatchObject({ exitCode: 0, told: [], refused: [] });
  });

  it('refuses to fork where a bomb has no namespace to be counted in', async () => {
    const group = open('bomb', { ...TIGHT, processes: 10 });
    const script = 'i=0; while [ $i -lt 400 ]; do sleep 5 & i=$((i+1)); done';
    expect(runAndLeave(group, script).status).not.toBe(0);
    expect(group.hits()).toEqual(['processes']);
    expect(group.pids().length).toBeGreaterThan(100);
    expect(group.pids().length).toBeLessThan(400);
  });

  it('counts what its members use', () => {
    const group = open('counted');
    expect(group.used().memoryBytes).toBeLessThan(10_000_000);
    run(group, 'sh', '-c', 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done');
    if (has('cpuacct')) expect(group.used().cpuMs).toBeGreaterThan(20);
  });

  it('is gone when it is closed, and so are those that would not end', async () => {
    const group = open('closed');
    runAndLeave(group, 'for i in 1 2 3; do setsid sh -c "trap : TERM HUP; sleep 60" & done');
    const members = group.pids();
    expect(members.length).toBeGreaterThanOrEqual(3);
    await group.close();
    expect(members.filter(isRunning)).toEqual([]);
    expect(foldersOf(group).filter((folder) => existsSync(folder))).toEqual([]);
  });

  it('is swept when the one who made it has died, and only then', async () => {
    const dead = ownProcess(await endedProcess());
    const left = open('left', TIGHT, dead);
    const sleeper = spawn(left.words[0] ?? '', [...left.words.slice(1), 'sleep', '60']);
    const mine = open('mine');
    while (left.pids().length === 0) await sleep(10);
    expect(await sweepGroups(isAlive)).toBeGreaterThanOrEqual(1);
    expect(foldersOf(left).filter((folder) => existsSync(folder))).toEqual([]);
    expect(foldersOf(mine).filter((folder) => !existsSync(folder))).toEqual([]);
    expect(isRunning(sleeper.pid as number)).toBe(false);
  });

  it('leaves this process where it is when it is warmed up', async () => {
    const where = () => spawnSync('cat', [`/proc/${process.pid}/cgroup`]).stdout.toString();
    const before = where();
    await warmGroups();
    expect(where()).toBe(before);
  });
});

async function endedProcess(): Promise<number> {
  const child = spawn('true');
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid as number;
}
