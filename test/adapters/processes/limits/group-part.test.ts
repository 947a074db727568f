import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  cpuMsOf,
  killPart,
  makePart,
  memoryOf,
  pidsOf,
  removePart,
} from '../../../../src/adapters/processes/limits/group-part.ts';
import { isRunning } from '../../../../src/adapters/processes/limits/read-process.ts';
import { TIGHT } from '../../../support/limit-lab.ts';

/** Where the new cgroups are mounted; machines that still use the old ones mostly have both. */
const unified = readFileSync('/proc/self/mountinfo', 'utf8')
  .split('\n')
  .find((line) => line.includes(' - cgroup2 '))
  ?.split(' ')[4];

/** It need not be able to limit anything: counting and killing are there for every group. */
function make() {
  const folder = unified ?? '';
  const name = `tinycode-part-${process.pid}`;
  return makePart({ version: 2, controllers: ['cpuacct'], folder, own: folder }, name, TIGHT);
}

const canMake = (() => {
  const part = unified === undefined ? null : make();
  return part !== null && removePart(part);
})();

it.skipIf(!canMake)(
  'a group of the new kind counts its members and kills all at one word',
  async () => {
    const part = make();
    if (part === null) throw new Error('There should be a group.');
    onTestFinished(() => {
      killPart(part);
      removePart(part);
    });
    const child = spawn('sh', ['-c', 'read go; setsid sleep 60 & while :; do :; done'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    writeFileSync(join(part.folder, 'cgroup.procs'), `${child.pid}`);
    child.stdin.end('go\n');
    await expect.poll(() => cpuMsOf(part)).toBeGreaterThan(50);
    await expect.poll(() => pidsOf(part)).toHaveLength(2);
    const members = pidsOf(part);
    expect(members).toContain(child.pid);
    // Nobody counts memory in it.
    if (!existsSync(join(part.folder, 'memory.stat'))) expect(memoryOf(part)).toBeNull();
    expect(killPart(part)).toBe(true);
    await expect.poll(() => removePart(part)).toBe(true);
    expect(existsSync(part.folder)).toBe(false);
    expect(members.filter(isRunning)).toEqual([]);
  },
);
