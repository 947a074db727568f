import { describe, expect, it } from 'vitest';
import { createDiskGauge } from '../../../../src/adapters/processes/limits/disk-use.ts';
import { temporaryFolder } from '../../../support/files.ts';
import { canCage, canCap, LIMITS, MB, runLimited, TIGHT } from '../../../support/limit-lab.ts';

const sh = (script: string) => ['sh', '-c', script];
const BURN = 'while :; do :; done';
const BOMB = 'bomb() { bomb | bomb & }; bomb; sleep 20';
/** Nothing but the watcher stands in its way. */
const alone = { isLimited: false };

describe.skipIf(!canCage)('a program that is watched', () => {
  it('is left alone within its limits, and its numbers are told four times a second at most', async () => {
    const run = await runLimited(sh('sleep 1.6 & sleep 1.6 & exec sleep 1.6'), { limits: TIGHT });
    expect(run).toMatchObject({ exitCode: 0, told: [] });
    expect(run.uses.length).toBeGreaterThanOrEqual(1);
    expect(run.uses.length).toBeLessThanOrEqual(8);
    const whole = run.uses.find(({ processes }) => processes === 3);
    expect(whole?.openFiles).toBeGreaterThanOrEqual(3);
    expect(whole?.openFiles).toBeLessThan(20);
    expect(whole?.memoryBytes).toBeGreaterThan(0);
    expect(run.peak.tookMs).toBeGreaterThan(1000);
    expect(run.peak.processes).toBe(3);
  });

  it('ends when a fork bomb has more processes than it may, while TinyCode goes on', async () => {
    const run = await runLimited(sh(BOMB), { limits: TIGHT, isGrouped: true });
    expect(run.told.map(({ name }) => name)).toEqual(['processes']);
    expect(run.tookMs).toBeLessThan(6000);
    expect(run.heldUpMs).toBeLessThan(3000);
  });

  it('does not get away with a bomb that waits until nobody looks so closely', async () => {
    const late = sh(`sleep 3.5; ${BOMB}`);
    const run = await runLimited(late, { limits: TIGHT, isGrouped: true });
    expect(run.told.map(({ name }) => name)).toEqual(['processes']);
    expect(run.tookMs).toBeLessThan(5500);
  });

  it.skipIf(!canCap)('has no numbers left for more of them where these are capped', async () => {
    // Whoever is refused dies of it; what holds on needs no number of its own.
    const many = sh('(while :; do sleep 20 & done); exec sleep 20');
    const run = await runLimited(many, { limits: TIGHT, ...alone, isCapped: true });
    expect(run.told.map(({ name }) => name)).toEqual(['processes']);
    expect(run.tookMs).toBeLessThan(3000);
  });

  it('ends when its threads are as many as a fork bomb', async () => {
    // They are all started for the first of them that is needed.
    const script = `process.env.UV_THREADPOOL_SIZE = 400;
      require('node:fs').stat('.', () => {}); setTimeout(() => {}, 9000);`;
    const limits = { ...LIMITS, processes: 1 };
    const run = await runLimited(['node', '-e', script], { limits, ...alone });
    expect(run.told.map(({ name }) => name)).toEqual(['processes']);
    expect(run.peak.processes).toBe(1);
  });

  it('ends when all its processes together have used the CPU that it may', async () => {
    const limits = { ...TIGHT, cpuMs: 700 };
    const run = await runLimited(sh(`(${BURN}) & (${BURN}) & ${BURN}`), { limits });
    expect(run.told.map(({ name }) => name)).toEqual(['cpu']);
    expect(run.peak.cpuMs).toBeGreaterThan(700);
    expect(run.peak.cpuMs).toBeLessThan(2500);
  });

  it('pays for children that are long gone', async () => {
    const child = 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done';
    const limits = { ...TIGHT, cpuMs: 900 };
    const run = await runLimited(sh(`while :; do sh -c '${child}'; done`), { limits });
    expect(run.told.map(({ name }) => name)).toEqual(['cpu']);
    expect(run.peak.processes).toBeLessThanOrEqual(3);
  });

  it('pays for children that have left it for a session of their own', async () => {
    const limits = { ...TIGHT, cpuMs: 700 };
    const run = await runLimited(sh(`(setsid sh -c '${BURN}' &); exec sleep 20`), { limits });
    expect(run.told.map(({ name }) => name)).toEqual(['cpu']);
  });

  it('ends when all its processes together have the memory that one may', async () => {
    const hog = '(head -c 40000000 /dev/zero; sleep 9) | tail > /dev/null';
    const hogs = sh(`for i in 1 2 3 4 5; do ${hog} & done; wait`);
    const run = await runLimited(hogs, { limits: TIGHT });
    expect(run.told.map(({ name }) => name)).toEqual(['memory']);
    expect(run.peak.memoryBytes).toBeGreaterThan(TIGHT.memoryBytes);
    expect(run.tookMs).toBeLessThan(3000);
  });

  it('does not pay twice for memory that its processes share', async () => {
    const script = `x=$(head -c 30000000 /dev/zero | tr '\\0' x)
      for i in 1 2 3 4 5 6 7 8; do (sleep 1.5; :) & done
      wait; echo $\{#x}`;
    const run = await runLimited(['bash', '-c', script], { limits: { ...TIGHT, processes: 40 } });
    expect(run).toMatchObject({ exitCode: 0, told: [], output: '30000000\n' });
  });

  it('ends when its files take up more than all of them may', async () => {
    const folder = temporaryFolder();
    const limits = { ...TIGHT, diskBytes: 8 * MB };
    const fill =
      'cd /mnt; i=0; while :; do head -c 1000000 /dev/zero > $i; i=$((i+1)); sleep 0.02; done';
    const run = await runLimited(sh(fill), {
      limits,
      cage: ['--bind', folder, '/mnt'],
      usedBytes: createDiskGauge(folder, limits.diskBytes, () => performance.now()),
    });
    expect(run.told.map(({ name }) => name)).toEqual(['disk']);
    expect(run.tookMs).toBeLessThan(5000);
  });

  it('ends when what it wrote has no name any more', async () => {
    const folder = temporaryFolder();
    const limits = { ...TIGHT, diskBytes: 5 * MB };
    const hide = 'cd /mnt; exec 5> hidden; rm hidden; head -c 9000000 /dev/zero >&5; sleep 20';
    const run = await runLimited(sh(hide), {
      limits,
      cage: ['--bind', folder, '/mnt'],
      usedBytes: createDiskGauge(folder, limits.diskBytes, () => performance.now()),
    });
    expect(run.told.map(({ name }) => name)).toEqual(['disk']);
  });
});
