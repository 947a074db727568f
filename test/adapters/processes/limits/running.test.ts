import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRunning } from '../../../../src/adapters/processes/limits/running.ts';
import { createProgramReader } from '../../../../src/adapters/processes/limits/running-reader.ts';
import { isAlive, ownProcess } from '../../../../src/adapters/system/processes.ts';
import type { ProgramUse } from '../../../../src/core/types.ts';
import { must } from '../../../support/audit-lab.ts';
import { temporaryFolder } from '../../../support/files.ts';
import { LIMITS } from '../../../support/limit-lab.ts';
import { put } from '../../../support/temporary-places.ts';

function newLab() {
  const state = temporaryFolder();
  const folder = join(state, 'running');
  let now = 0;
  const running = createRunning({
    folder,
    owner: ownProcess(process.pid),
    monotonicMs: () => now,
  });
  return {
    folder,
    running,
    pass: (ms: number) => {
      now += ms;
    },
    names: () => readdirSync(folder),
    read: (id: string) => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')),
    list: async () =>
      must(await createProgramReader({ folder, isAlive, now: () => new Date() }).list()),
  };
}

/** Ended when the test is over. */
function startSh(script: string): ChildProcess & { readonly pid: number } {
  const child = spawn('sh', ['-c', script], { stdio: 'ignore', detached: true });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-(child.pid as number), 'SIGKILL');
    }
  });
  return child as ChildProcess & { readonly pid: number };
}

const useOf = (id: string, pid: number, more: Partial<ProgramUse> = {}): ProgramUse => ({
  id,
  what: 'plan 7f3a, step 3',
  argv: ['npm', 'test'],
  rung: 'L3',
  pid,
  startedAt: new Date(Date.now() - 2000).toISOString(),
  tookMs: 0,
  cpuMs: 0,
  memoryBytes: 0,
  processes: 0,
  openFiles: 0,
  limits: LIMITS,
  ...more,
});
const treeOf = ({ pid }: { readonly pid: number }) => ({ roots: [pid], wrappers: 0 });

describe('the register of what runs', () => {
  it('tells another process of it, with the numbers of this moment', async () => {
    const lab = newLab();
    const child = startSh(
      'sleep 20 & sleep 20 & i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; wait',
    );
    lab.running.note(useOf('one', child.pid), treeOf(child));
    await expect.poll(async () => (await lab.list())[0]?.processes).toBe(3);
    await expect.poll(async () => (await lab.list())[0]?.cpuMs).toBeGreaterThan(20);
    const [use, ...others] = await lab.list();
    expect(others).toEqual([]);
    expect(use).toMatchObject({ id: 'one', argv: ['npm', 'test'], processes: 3, limits: LIMITS });
    expect(use?.memoryBytes).toBeGreaterThan(0);
    expect(use?.openFiles).toBeGreaterThanOrEqual(3);
    expect(use?.tookMs).toBeGreaterThanOrEqual(2000);
  });

  it('keeps what was counted already where less of it is left to be seen', async () => {
    const lab = newLab();
    const child = startSh('sleep 20');
    lab.running.note(useOf('one', child.pid, { cpuMs: 90_000 }), treeOf(child));
    expect((await lab.list())[0]?.cpuMs).toBe(90_000);
  });

  it('is written when a program is new, then once a second, and for nobody else to read', () => {
    const lab = newLab();
    const note = (cpuMs: number) =>
      lab.running.note(useOf('one', 1, { cpuMs }), { roots: [1], wrappers: 0 });
    note(1);
    lab.pass(900);
    note(2);
    expect(lab.read('one').use.cpuMs).toBe(1);
    lab.pass(200);
    note(3);
    expect(lab.read('one').use.cpuMs).toBe(3);
    expect(statSync(join(lab.folder, 'one.json')).mode & 0o777).toBe(0o600);
    expect(statSync(lab.folder).mode & 0o777).toBe(0o700);
    expect(lab.names()).toEqual(['one.json']);
  });

  it('forgets a program that has ended, also where that was not said', async () => {
    const lab = newLab();
    const child = startSh('sleep 20');
    lab.running.note(useOf('one', child.pid), treeOf(child));
    lab.running.note(useOf('two', child.pid), treeOf(child));
    lab.running.end('one');
    expect((await lab.list()).map(({ id }) => id)).toEqual(['two']);
    process.kill(child.pid, 'SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await lab.list()).toEqual([]);
    lab.running.end('two');
    expect(lab.names()).toEqual([]);
  });

  it('drops what a TinyCode left that died, and nothing of another process with its number', async () => {
    const lab = newLab();
    const child = startSh('sleep 20');
    const stranger = startSh('sleep 20');
    const dead = createRunning({
      folder: lab.folder,
      owner: { pid: process.pid, born: 'another-start:1' },
      monotonicMs: () => 0,
    });
    dead.note(useOf('dead', child.pid), treeOf(child));
    put(join(lab.folder, '.4000000.tmp'), 'half');
    const borrowed = createRunning({
      folder: lab.folder,
      owner: ownProcess(stranger.pid),
      monotonicMs: () => 0,
    });
    borrowed.note(useOf('no-child-of-its', child.pid), treeOf(child));
    expect(await lab.list()).toEqual([]);
    expect(lab.names()).toEqual(['no-child-of-its.json']);
  });

  it('passes over what is no note of it', async () => {
    const lab = newLab();
    const child = startSh('sleep 20');
    lab.running.note(useOf('one', child.pid), treeOf(child));
    const good = readFileSync(join(lab.folder, 'one.json'), 'utf8');
    put(join(lab.folder, 'broken.json'), good.slice(0, -20));
    put(join(lab.folder, 'wrong.json'), good.replace('"L3"', '"L9"'));
    put(join(lab.folder, 'list.json'), '[null]');
    put(join(lab.folder, 'big.json'), `${good}${' '.repeat(300_000)}`);
    symlinkSync('one.json', join(lab.folder, 'link.json'));
    expect((await lab.list()).map(({ id }) => id)).toEqual(['one']);
  });

  it('is empty where nothing has run yet', async () => {
    expect(await newLab().list()).toEqual([]);
  });

  it('holds no more than it must of endless arguments, and no path in a name', () => {
    const lab = newLab();
    const argv = ['node', 'x'.repeat(5000), ...Array.from({ length: 500 }, () => 'y')];
    lab.running.note(useOf('../../one', 1, { argv }), { roots: [1], wrappers: 0 });
    expect(lab.names()).toEqual(['______one.json']);
    const kept = lab.read('______one').use.argv;
    expect(kept[1]).toBe(`${'x'.repeat(200)}…`);
    expect(kept.length).toBe(201);
  });

  it('lets a program run where it cannot be written', () => {
    const folder = put(join(temporaryFolder(), 'running'), 'no folder');
    const running = createRunning({ folder, owner: ownProcess(1), monotonicMs: () => 0 });
    running.note(useOf('one', 1), { roots: [1], wrappers: 0 });
    running.end('one');
    expect(readFileSync(folder, 'utf8')).toBe('no folder');
  });
});
