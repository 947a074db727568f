import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serve, startOllama } from '../support/fake-ollama.ts';
import { installOllama, isRunning } from '../support/install-ollama.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

async function begin(more: Readonly<Record<string, string>> = {}) {
  const person = newPerson();
  const ollama = await installOllama(join(person.root, 'programs'));
  const env = { ...ollama.env, ...more };
  const json = async (...args: readonly string[]) => {
    const ended = await person.run([...args, '--json'], { env });
    return { ...ended, data: JSON.parse(ended.stdout) };
  };
  const open = async () => {
    const pty = startPty(process.execPath, [PROGRAM], {
      cwd: person.project,
      env: { ...person.env, ...env },
    });
    running.add(pty);
    await pty.waitFor('no model', (screen) => screen.includes('no model'));
    await waitForInk(pty);
    return pty;
  };
  return { person, ollama, env, json, open };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 600));

describe('models serve', () => {
  it('starts the installed program, which answers and goes on without TinyCode', async () => {
    const { ollama, json, person } = await begin();
    const { code, data, stderr } = await json('models', 'serve', '--yes');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const [one] = ollama.started();
    expect(ollama.started()).toHaveLength(1);
    expect(one).toMatchObject({
      words: ['serve'],
      host: ollama.host,
      noCloud: '1',
      folder: '/',
    });
    expect(data).toEqual({ host: ollama.host, log: data.log, started: true, pid: one?.pid });
    expect(statSync(data.log).mode & 0o777).toBe(0o600);
    expect(data.log).toContain(join(person.home, 'state'));
    expect(readFileSync(data.log, 'utf8')).toContain('"noCloud":"1"');
    expect((await json('ask', 'are you there?')).data).toMatchObject({ answer: 'Here I am.' });
    expect(isRunning(one?.pid ?? 0)).toBe(true);
    expect(await json('models', 'serve', '--yes')).toMatchObject({
      code: 0,
      data: { host: ollama.host, started: false },
    });
    expect(ollama.started()).toHaveLength(1);
  });

  it('stands in the audit log: what was meant to be started, and the process that was', async () => {
    const { ollama, json, person } = await begin();
    const { data } = await json('models', 'serve', '--yes');
    const { stdout } = await person.run(['audit', 'export', '--json']);
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ action }) => action === 'server.start');
    expect(records).toMatchObject([
      {
        risk_level: 'medium',
        details: { phase: 'intent', argv: [ollama.program, 'serve'], host: ollama.host },
      },
      { details: { phase: 'done', pid: data.pid } },
    ]);
  });

  it('says as text how it is stopped, and truncates what was said before', async () => {
    const { ollama, person, env, json } = await begin();
    const first = await json('models', 'serve', '--yes');
    process.kill(first.data.pid, 'SIGKILL');
    await settle();
    const { code, stdout } = await person.run(['models', 'serve', '--yes'], { env });
    expect(code).toBe(0);
    const pid = ollama.started()[1]?.pid;
    expect(stdout).toContain(`Stop it with: kill ${pid}`);
    expect(readFileSync(first.data.log, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('starts nothing where nobody has agreed', async () => {
    const { ollama, json } = await begin();
    expect(await json('models', 'serve')).toMatchObject({
      code: 3,
      data: { error: { code: 'needs-approval', hint: 'models serve --yes' } },
    });
    const asked = await json('ask', 'are you there?');
    expect(asked.code).toBe(6);
    expect(asked.data.error.hint).toBe('It is installed. Start it with: models serve');
    expect(ollama.started()).toEqual([]);
  });

  it('starts nothing for another machine, below a path, or where something else listens', async () => {
    const other = await serve((_, response) => void response.writeHead(404).end());
    for (const [host, words] of [
      ['192.0.2.1:11434', 'not a server that could be started here'],
      ['https://127.0.0.1:9', 'not a server that could be started here'],
      ['http://127.0.0.1:9/gate', 'not a server that could be started here'],
      [other.host, 'does not answer as Ollama does'],
    ] as const) {
      const { ollama, json } = await begin({ OLLAMA_HOST: host });
      const { code, data } = await json('models', 'serve', '--yes');
      expect(code).toBe(1);
      expect(data.error).toMatchObject({ code: 'unavailable' });
      expect(data.error.message).toContain(words);
      expect(ollama.started()).toEqual([]);
    }
  });

  it('starts no program of the workspace, wherever the search path leads', async () => {
    const person = newPerson();
    const bin = join(person.project, 'bin');
    const ollama = await installOllama(bin);
    const relative = ['.', 'bin', '', bin].join(':');
    const env = { ...ollama.env, PATH: `${relative}:${process.env.PATH}` };
    const { code, stdout } = await person.run(['models', 'serve', '--yes', '--json'], { env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe('not-found');
    const doctor = await person.run(['doctor'], { env });
    expect(doctor.stdout).toContain('Ollama is not installed');
    expect(ollama.started()).toEqual([]);
  });

  it('passes no word through a shell', async () => {
    const person = newPerson();
    const odd = join(person.root, 'a $(touch oops) ; b');
    const ollama = await installOllama(odd);
    const { code } = await person.run(['models', 'serve', '--yes'], { env: ollama.env });
    expect(code).toBe(0);
    expect(ollama.started()).toMatchObject([{ words: ['serve'] }]);
    for (const folder of ['/', person.project]) expect(readdirSync(folder)).not.toContain('oops');
  });

  it('tells why the program did not stay, with its own last words', async () => {
    const { json } = await begin({ FAKE_OLLAMA_FAILS: '1' });
    const { code, data } = await json('models', 'serve', '--yes');
    expect(code).toBe(1);
    expect(data.error.message).toContain('it ended with 3');
    expect(data.error.message).toContain('no memory for that');
  });

  it('tells of a program that cannot be run at all', async () => {
    const person = newPerson();
    const folder = join(person.root, 'programs');
    mkdirSync(folder);
    writeFileSync(join(folder, 'ollama'), '#!/nowhere/at-all\n');
    chmodSync(join(folder, 'ollama'), 0o755);
    const env = { PATH: `${folder}:${process.env.PATH}` };
    const { code, stdout } = await person.run(['models', 'serve', '--yes', '--json'], { env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.message).toContain('could not be started');
  });

  it('ends what it started when nobody waits for it any more', async () => {
    const { ollama, open } = await begin({ FAKE_OLLAMA_SLEEPS: '1' });
    const pty = await open();
    pty.type('/models serve --yes\r');
    await pty.waitFor('the start', (screen) => screen.includes('Starting Ollama'));
    await expect.poll(() => ollama.started().length).toBe(1);
    pty.type('\x03');
    await pty.waitFor('the end', (screen) => screen.includes('was ended again'));
    await expect.poll(() => isRunning(ollama.started()[0]?.pid ?? 0)).toBe(false);
  });
});

describe('the offer to start Ollama', () => {
  it('stands in the notice at the start, and before a command that needs a model; yes starts it', async () => {
    const { ollama, open } = await begin();
    const pty = await open();
    await pty.waitFor('the notice', (screen) =>
      screen.includes('It is installed; start it with: /models serve'),
    );
    pty.type('are you there?\r');
    await pty.waitFor('the question', (screen) =>
      screen.includes('Ollama is installed but not running. Start it?'),
    );
    await settle();
    pty.type('\r');
    await settle();
    expect(ollama.started()).toEqual([]);
    pty.type('y\r');
    await pty.waitFor('the answer', (screen) => screen.includes('Here I am.'));
    const [one] = ollama.started();
    expect(pty.screen().join('\n')).toContain(`kill ${one?.pid}`);
    pty.type('/quit\r');
    expect(await pty.exitCode()).toBe(0);
    expect(isRunning(one?.pid ?? 0)).toBe(true);
  });

  it('is taken as no by n, is not made again, and the command says what it lacks', async () => {
    const { ollama, open } = await begin();
    const pty = await open();
    pty.type('are you there?\r');
    await pty.waitFor('the question', (screen) => screen.includes('Start it?'));
    await settle();
    pty.type('n\r');
    await pty.waitFor('the refusal', (screen) => screen.includes('ask cannot run now'));
    pty.type('and now?\r');
    await pty.waitFor(
      'the second refusal',
      (screen) => (screen.match(/ask cannot run now/g) ?? []).length === 2,
    );
    expect(ollama.started()).toEqual([]);
    pty.type('/models serve\r');
    await pty.waitFor('its own question', (screen) =>
      screen.includes('goes on when TinyCode ends'),
    );
    await settle();
    pty.type('y\r');
    await pty.waitFor('the end', (screen) => screen.includes('Stop it with: kill'));
    pty.type('and now?\r');
    await pty.waitFor('the answer', (screen) => screen.includes('Here I am.'));
  });

  it('is not made where Ollama runs, or is not installed', async () => {
    const server = await startOllama({ script: [{ reply: { says: 'I run.' } }] });
    const { ollama, json } = await begin({ OLLAMA_HOST: server.host });
    expect((await json('ask', 'are you there?')).data).toMatchObject({ answer: 'I run.' });
    expect(ollama.started()).toEqual([]);
    const person = newPerson();
    const asked = await person.json(['ask', 'are you there?']);
    expect(asked.data.error.hint).toBe('Start it with: ollama serve');
    const doctor = await json('doctor');
    const check = (name: string) =>
      doctor.data.find((each: { check: string }) => each.check === name);
    expect(check('ollama').detail).toContain('answers at');
  });

  it('is what doctor points to', async () => {
    const { json } = await begin();
    const { data } = await json('doctor');
    const ollama = data.find(({ check }: { check: string }) => check === 'ollama');
    expect(ollama.remedy).toBe('Start it with: models serve');
  });
});
