import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Pty, startPty } from '../support/pty.ts';
import { CTRL_C, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';
import { treeHash } from '../support/tree-hash.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

/** A project with an approved plan of one program, before a terminal in mode execute. */
async function openWith(code: string, check = false) {
  const person = newPerson();
  writeFileSync(join(person.project, 'old.txt'), 'old\n');
  const plan = {
    goal: 'Run something',
    steps: [{ id: 'a', check, action: { kind: 'shell.run', argv: ['node', '-e', code] } }],
  };
  writeFileSync(join(person.root, 'plan.json'), JSON.stringify(plan));
  await person.json(['plan', 'import', join(person.root, 'plan.json')]);
  const pty = startPty(process.execPath, [PROGRAM, '--mode', 'execute'], {
    cwd: person.project,
    env: person.env,
    columns: 110,
    rows: 34,
  });
  running.add(pty);
  await pty.waitFor('the session', (screen) => screen.includes('no model'));
  await waitForInk(pty);
  pty.type('/approve latest\r');
  await pty.waitFor('the approval', (screen) => /programs on rung L\d/.test(screen));
  return { person, pty, before: treeHash(person.project) };
}

const WRITES =
  "const fs=require('fs');fs.writeFileSync('made.txt','one\\ntwo\\n');fs.appendFileSync('old.txt','more\\n')";

describe('a program in the terminal', () => {
  it('shows what it changed before any of it is in the workspace, and waits for a word', async () => {
    const { person, pty, before } = await openWith(WRITES);
    pty.type('/execute latest\r');
    await pty.waitFor('the question', (screen) => screen.includes('accept all of it'));
    await pty.waitFor('the changes', (screen) =>
      ['+more', 'create  made.txt', 'modify  old.txt'].every((text) => screen.includes(text)),
    );
    expect(treeHash(person.project)).toBe(before);
    await wait(300);
    pty.type('a\r');
    await pty.waitFor('the end', (all) => all.includes('1 of 1 steps done'));
    expect(readFileSync(join(person.project, 'made.txt'), 'utf8')).toBe('one\ntwo\n');
    expect(readFileSync(join(person.project, 'old.txt'), 'utf8')).toBe('old\nmore\n');
    pty.type('/rollback latest\r');
    await pty.waitFor('the way back', (all) => all.includes('2 paths are as before'));
    expect(treeHash(person.project)).toBe(before);
  });

  it('leaves nothing where its changes are thrown away', async () => {
    const { person, pty, before } = await openWith(WRITES);
    pty.type('/execute latest\r');
    await pty.waitFor('the question', (screen) => screen.includes('accept all of it'));
    await wait(300);
    pty.type('n\r');
    await pty.waitFor('what to do next', (screen) => screen.includes('was not accepted'));
    await wait(300);
    pty.type('k\r');
    await pty.waitFor('the end', (screen) => screen.includes('0 of 1 steps done'));
    expect(treeHash(person.project)).toBe(before);
  });

  it('tells what it uses while it runs, and is stopped at once', async () => {
    const { person, pty, before } = await openWith(
      "require('fs').writeFileSync('made.txt','x');setInterval(()=>{},1000)",
    );
    pty.type('/execute latest\r');
    await pty.waitFor('what it uses', (screen) => /L\d .*\d+ (MB|kB|KB)/.test(screen));
    const { data } = await person.json(['resources']);
    expect(data.running).toMatchObject([{ argv: ['node', '-e', expect.any(String)] }]);
    pty.type(CTRL_C);
    await pty.waitFor('the end', (screen) => screen.includes('0 of 1 steps done'));
    expect(existsSync(join(person.project, 'made.txt'))).toBe(false);
    expect(treeHash(person.project)).toBe(before);
    expect((await person.json(['resources'])).data.running).toEqual([]);
  });
});
