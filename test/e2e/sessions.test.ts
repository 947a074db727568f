import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startPty } from '../support/pty.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

type Person = ReturnType<typeof newPerson>;

const open = (person: Person, args: readonly string[] = [], env: Record<string, string> = {}) =>
  startPty(process.execPath, [PROGRAM, ...args], {
    env: { ...person.env, ...env },
    cwd: person.project,
  });

async function enter(pty: ReturnType<typeof open>, line: string, answer: string): Promise<void> {
  pty.type(`${line}\r`);
  await pty.waitFor(answer, (screen) => screen.includes(answer));
}

async function leave(pty: ReturnType<typeof open>): Promise<void> {
  pty.type('/quit\r');
  expect(await pty.exitCode()).toBe(0);
}

const stateOf = ({ home }: Person) => {
  const workspaces = join(home, 'state', 'tinycode', 'workspaces');
  return join(workspaces, readdirSync(workspaces)[0] as string);
};

describe('sessions in a terminal', () => {
  it('come back after the program was killed, with what was said and the mode it had', async () => {
    const person = newPerson();
    const first = open(person);
    await enter(first, '/mode propose', 'may make plans');
    first.kill('SIGKILL');
    await first.exitCode();
    const second = open(person, ['--continue']);
    await second.waitFor('the old transcript', (screen) => screen.includes('may make plans'));
    await second.waitFor('the old mode', (screen) => screen.includes('propose · standard'));
    expect(second.screen()).toContain('chat › /mode propose');
    await leave(second);
    expect(await person.json(['audit', 'verify'])).toMatchObject({ code: 0, data: { ok: true } });
  });

  it('are not taken from a living TinyCode, and both go on', async () => {
    const person = newPerson();
    const first = open(person);
    await enter(first, '/rename the first', 'now called');
    const busy = await person.json(['mode', '--continue']);
    expect(busy).toMatchObject({ code: 7, data: { error: { code: 'busy' } } });
    const [{ id }] = (await person.json(['sessions'])).data;
    const named = await person.json(['mode', 'propose', '--resume', id]);
    expect(named).toMatchObject({ code: 7, data: { error: { code: 'busy' } } });
    const second = open(person);
    await enter(second, '/rename the second', 'now called');
    await enter(second, '/sessions', 'open elsewhere');
    await enter(first, '/mode propose', 'may make plans');
    await leave(second);
    await leave(first);
    expect(await person.json(['audit', 'verify'])).toMatchObject({ code: 0, data: { ok: true } });
    expect((await person.json(['sessions'])).data).toHaveLength(2);
  });

  it('remember what was entered in earlier ones', async () => {
    const person = newPerson();
    const first = open(person);
    await enter(first, '/level strict', 'Level strict');
    await leave(first);
    const second = open(person);
    await second.waitFor('the prompt', (screen) => screen.includes('no model'));
    second.type('\x1b[A');
    second.type('\x1b[A');
    await second.waitFor('the line before /quit', (screen) => screen.includes('/level strict'));
    second.close();
  });

  it('start where nothing can be kept, say so, and let nothing act', async () => {
    const person = newPerson();
    // Below a file there can be no folder, not even for root.
    const file = join(person.root, 'file');
    writeFileSync(file, '');
    const pty = open(person, [], { XDG_STATE_HOME: file, XDG_CONFIG_HOME: file });
    await pty.waitFor('what is wrong', (screen) => screen.includes('nothing can act'));
    await enter(pty, '/mode propose', 'cannot run now');
    await enter(pty, '/policy check ls', 'allow');
    await leave(pty);
  });

  it('start beside a damaged log, leave it as it is, and say how to go on', async () => {
    const person = newPerson();
    await person.run(['mode', 'propose']);
    const database = join(stateOf(person), 'audit.db');
    const damage = 'no database at all '.repeat(500);
    writeFileSync(database, damage);
    const pty = open(person);
    await pty.waitFor('what is wrong', (screen) => screen.includes('nothing can act'));
    await enter(pty, '/level strict', 'cannot run now');
    await leave(pty);
    expect((await person.run(['audit', 'verify'])).code).toBe(12);
    const doctor = await person.run(['doctor']);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toContain('mv ');
    expect(readFileSync(database, 'utf8')).toBe(damage);
  });
});

describe('many at once', () => {
  it('twelve headless runs in one workspace lose no record and break no chain', async () => {
    const person = newPerson();
    const modes = ['propose', 'execute', 'chat'];
    const runs = Array.from({ length: 12 }, (_, at) =>
      person.run(['mode', modes[at % 3] as string]),
    );
    for (const ended of await Promise.all(runs)) expect(ended).toMatchObject({ code: 0 });
    const { data } = await person.json(['audit', 'verify']);
    expect(data).toEqual({ ok: true, records: 60 });
    expect((await person.json(['sessions'])).data).toHaveLength(12);
  });
});
