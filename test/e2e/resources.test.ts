import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProgramUse } from '../../src/core/types.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const WAITING = 'sleep 30 & sleep 30 & wait';

function newDesk() {
  const person = newPerson();
  /** A TinyCode that runs a program for as long as the test wants. */
  const rehearse = (script: string): ChildProcess => {
    const words = ['rehearse', '--', 'sh', '-c', script];
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: person.project,
      env: person.env,
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const look = async () => (await person.json(['resources'])).data;
  const running = async (): Promise<readonly ProgramUse[]> => (await look()).running;
  /** Until there are so many programs, or time is up. */
  const wait = async (count: number) => {
    for (let turn = 0; turn < 100; turn++) {
      const found = await running();
      if (found.length === count) return found;
      await sleep(50);
    }
    throw new Error(`There are never ${count} programs.`);
  };
  const notes = () => {
    const state = join(person.home, 'state');
    return existsSync(state)
      ? readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((path) =>
          /\/running\/.+/.test(path),
        )
      : [];
  };
  return { ...person, rehearse, look, running, wait, notes };
}

describe('resources', () => {
  it('shows what another TinyCode runs here, and what it uses now', async () => {
    const desk = newDesk();
    const child = desk.rehearse(WAITING);
    await desk.wait(1);
    await expect.poll(async () => (await desk.running())[0]?.processes).toBe(3);
    const [use] = await desk.running();
    expect(use).toMatchObject({ argv: ['sh', '-c', WAITING], processes: 3 });
    expect(use?.memoryBytes).toBeGreaterThan(0);
    expect(use?.openFiles).toBeGreaterThanOrEqual(3);
    expect(use?.limits.openFiles).toBe(100);
    const { stdout } = await desk.run(['resources']);
    expect(stdout).toContain(`sh -c '${WAITING}'`);
    expect(stdout).toMatch(/processes +3 of \d+/);
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(await desk.running()).toEqual([]);
    expect(desk.notes()).toEqual([]);
  });

  it('forgets what a TinyCode ran that was killed', async () => {
    const desk = newDesk();
    const child = desk.rehearse(WAITING);
    await desk.wait(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await desk.running()).toEqual([]);
    expect(desk.notes()).toEqual([]);
    // The next one that runs something removes what the system still holds of it.
    expect((await desk.run(['rehearse', '--', 'true'])).code).toBe(0);
  });

  it('shows what TinyCode itself uses, and leaves no trace', async () => {
    const desk = newDesk();
    const { running, self } = await desk.look();
    expect(running).toEqual([]);
    expect(self.memoryBytes).toBeGreaterThan(10_000_000);
    expect(self.queues).toMatchObject([{ name: 'waiting lines', held: 0 }, { held: 1 }]);
    expect(existsSync(join(desk.home, 'state'))).toBe(false);
  });
});
