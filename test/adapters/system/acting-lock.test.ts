import { spawn, spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createActingLock } from '../../../src/adapters/system/acting-lock.ts';
import { ownProcess } from '../../../src/adapters/system/processes.ts';
import { ok } from '../../../src/core/result.ts';
import { must } from '../../support/audit-lab.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { temporaryFolder } from '../../support/files.ts';
import { sha256 } from '../../support/workspace-lab.ts';

describe('the lock of those who act', () => {
  it('is held by one at a time, and says who that is', () => {
    const { state, lock } = newLock();
    const taken = must(lock.take());
    expect(taken.wasLeft).toBe(false);
    expect(lstatSync(join(state, 'acting.lock')).mode & 0o777).toBe(0o600);
    expect(lock.take()).toMatchObject({ ok: false, error: { code: 'busy' } });
    const message = expect.stringContaining('This TinyCode');
    expect(newLock(state).lock.take()).toMatchObject({ error: { message } });
    must(taken.release());
    expect(readdirSync(state)).toEqual([]);
    must(must(lock.take()).release());
  });

  it('of another process names it', () => {
    const { state, lock } = newLock();
    put(state, ownProcess(process.ppid));
    expect(lock.take()).toMatchObject({
      ok: false,
      error: { code: 'busy', message: expect.stringContaining(`process ${process.ppid}`) },
    });
    expect(lock.isLeft()).toBe(false);
  });

  it('is left by a process that died, and taken over with word of that', () => {
    const { state, lock } = newLock();
    expect(lock.isLeft()).toBe(false);
    put(state, deadProcess());
    expect(lock.isLeft()).toBe(true);
    const taken = must(lock.take());
    expect(taken.wasLeft).toBe(true);
    expect(lock.isLeft()).toBe(false);
    expect(readdirSync(state)).toEqual(['acting.lock']);
    must(taken.release());
    expect(must(lock.take()).wasLeft).toBe(false);
  });

  it('is not mistaken for that of a later process with the same number', () => {
    const { state, lock } = newLock();
    put(state, { pid: process.pid, born: 'another-run-of-the-machine:17' });
    expect(lock.isLeft()).toBe(true);
    expect(must(lock.take()).wasLeft).toBe(true);
  });

  it('is given back only by the one who has it', () => {
    const { state, lock } = newLock();
    const first = must(lock.take());
    put(state, ownProcess(process.ppid));
    must(first.release());
    expect(readFileSync(join(state, 'acting.lock'), 'utf8')).toContain(`${process.ppid}`);
    renameSync(join(state, 'acting.lock'), join(state, 'gone'));
    must(first.release());
    const second = must(lock.take());
    must(first.release());
    expect(lock.take()).toMatchObject({ error: { code: 'busy' } });
    must(second.release());
  });

  it('that cannot be understood is a left one', () => {
    for (const text of ['', 'x', '{"pid":-1}', '{"pid":1,"born":3}', 'null']) {
      const { state, lock } = newLock();
      writeFileSync(join(state, 'acting.lock'), text);
      expect(lock.isLeft()).toBe(true);
      expect(must(lock.take()).wasLeft).toBe(true);
    }
  });

  it('is no link and no folder', () => {
    const { state, lock } = newLock();
    const outside = join(temporaryFolder(), 'outside');
    symlinkSync(outside, join(state, 'acting.lock'));
    expect(lock.isLeft()).toBe(true);
    expect(lock.take()).toMatchObject({ ok: false, error: { code: 'failed' } });
    const other = newLock();
    mkdirSync(join(other.state, 'acting.lock'));
    expect(other.lock.take()).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(readdirSync(state)).toEqual(['acting.lock']);
  });

  it('is taken over also where the one who took it over died at that', () => {
    const { state, lock } = newLock();
    const dead = deadProcess();
    put(state, dead);
    // As far as a process comes that is killed with its claim on the lock, and another with one on that.
    const claims = [];
    for (let name = 'acting.lock', depth = 0; depth < 3; depth++) {
      name = `acting.lock.${hashOf(state, name)}`;
      put(state, dead, name, `claim-${depth}`);
      claims.push(name);
    }
    expect(must(lock.take()).wasLeft).toBe(true);
    expect(readdirSync(state)).toEqual(['acting.lock']);
  });

  it('is had by one of many processes at any time', async () => {
    const { state } = newLock();
    const lines = await contend(state, 6, 2500, 'live');
    expect(lines.filter((line) => line === 'took').length).toBeGreaterThan(100);
    expect(lines.filter((line) => line !== 'took')).toEqual([]);
    expect(readdirSync(state)).toEqual([]);
  });

  it('is had by one at a time also where it is left again and again, and processes die', async () => {
    const { state } = newLock();
    const lines = await contend(state, 6, 4000, 'leave');
    const count = (what: string) => lines.filter((line) => line === what).length;
    expect(count('took over')).toBeGreaterThan(50);
    expect(lines.filter((line) => !['took', 'took over'].includes(line))).toEqual([]);
  });
});

function newLock(state = temporaryFolder()) {
  const lock = createActingLock({
    places: { state },
    pid: process.pid,
    prepareState: () => ok(undefined),
  });
  return { state, lock };
}

function put(
  state: string,
  mark: { readonly pid: number; readonly born: string },
  name = 'acting.lock',
  id = 'x',
): void {
  writeFileSync(join(state, name), JSON.stringify({ ...mark, id }));
}

function hashOf(state: string, name: string): string {
  return sha256(readFileSync(join(state, name))).slice(0, 16);
}

function deadProcess() {
  const { pid } = spawnSync('true');
  return { pid, born: 'x:1' };
}

/** So many processes at once; one that dies is followed by another. */
async function contend(state: string, count: number, ms: number, how: string) {
  const program = bundleProgram('acting-lock');
  const end = Date.now() + ms;
  const lines: string[] = [];
  const runOne = async (): Promise<void> => {
    const child = spawn(process.execPath, [program, state, String(end), how]);
    let text = '';
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    // Some are killed at any moment, such as while they take the lock.
    const age = (lines.length % 13) * 40;
    const die = () => setTimeout(() => child.kill('SIGKILL'), age);
    if (how === 'leave') child.stdout.once('data', die);
    await new Promise((resolve) => child.once('close', resolve));
    // A last line may be torn by the kill.
    lines.push(...text.split('\n').slice(0, -1));
    if (Date.now() < end - 500) await runOne();
  };
  await Promise.all(Array.from({ length: count }, runOne));
  return lines;
}
