import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newPerson } from '../support/tinycode.ts';

describe('the headless door', () => {
  it('lists every command for machines, with what is not available and why', async () => {
    const { json } = newPerson();
    const { code, data } = await json(['commands']);
    expect(code).toBe(0);
    expect(data.length).toBeGreaterThan(25);
    for (const command of data) {
      expect(command).toMatchObject({
        name: expect.any(String),
        aliases: expect.any(Array),
        family: expect.any(String),
        summary: expect.any(String),
        kind: expect.stringMatching(/^(look|steer|propose)$/),
        risk: expect.stringMatching(/^(none|low|medium|high|critical)$/),
        modes: expect.any(Array),
        examples: expect.any(Array),
        available: expect.any(Boolean),
      });
      if (!command.available) {
        expect(command).toMatchObject({ why: expect.any(String), remedy: expect.any(String) });
      }
    }
    expect(data.find(({ name }: { name: string }) => name === 'quit').available).toBe(false);
  });

  it('leaves no trace of looks', async () => {
    const { run, home } = newPerson();
    for (const line of ['help', 'commands', 'version', 'sessions', 'audit verify', 'policy show']) {
      expect(await run(line.split(' '))).toMatchObject({ code: 0 });
    }
    expect(readdirSync(home)).toEqual([]);
  });

  it('records what steers, and verifies and exports it', async () => {
    const { run, json } = newPerson();
    expect(await run(['mode', 'propose'])).toMatchObject({ code: 0 });
    const verified = await json(['audit', 'verify']);
    expect(verified).toMatchObject({ code: 0, data: { ok: true } });
    const exported = await run(['audit', 'export', '--json']);
    const records = exported.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toHaveLength(verified.data.records);
    expect(records.map(({ action }) => action)).toEqual([
      'session.started',
      'mode.set',
      'mode.set',
      'command',
      'session.ended',
    ]);
    expect(records[1]).toMatchObject({ mode: 'chat', details: { phase: 'intent' } });
    expect(records[2]).toMatchObject({ details: { phase: 'done', intent: 2 } });
  });

  it('keeps the state out of the workspace, in a folder for this user alone', async () => {
    const { run, project, home } = newPerson();
    await run(['mode', 'propose']);
    expect(readdirSync(project)).toEqual([]);
    const workspaces = join(home, 'state', 'tinycode', 'workspaces');
    const [name] = readdirSync(workspaces);
    const folder = join(workspaces, name as string);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(folder)) {
      expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0);
    }
  });

  it('goes on with the newest session, in the mode it was left in', async () => {
    const { run, json } = newPerson();
    await run(['mode', 'propose']);
    expect(await json(['mode', '--continue'])).toMatchObject({ data: { mode: 'propose' } });
    expect(await json(['mode'])).toMatchObject({ data: { mode: 'chat' } });
    const { data } = await json(['sessions']);
    const exported = await json(['sessions', 'export', data.at(-1).id]);
    expect(exported.data.events).toContainEqual({ kind: 'line.entered', line: 'mode propose' });
    await run(['sessions', 'delete', data.at(-1).id]);
    const left = await json(['sessions']);
    expect(left.data.map(({ id }: { id: string }) => id)).not.toContain(data.at(-1).id);
  });

  it('does not go straight from chat to execute at the strict levels', async () => {
    const { json } = newPerson();
    const refused = await json(['mode', 'execute', '--level', 'strict']);
    expect(refused).toMatchObject({ code: 4, data: { error: { code: 'mode' } } });
  });

  it.each([
    [['frobnicate'], 2, 'unknown-command', ''],
    [['audti', 'verify'], 2, 'unknown-command', 'audit verify'],
    [['audit', 'vrify'], 2, 'unknown-command', 'audit verify'],
    [['sessions', 'frobnicate'], 2, 'unknown-command', 'sessions export'],
    [['audit', 'show', '--lats', '3'], 2, 'usage', '--last'],
    [['mode', 'sideways'], 2, 'usage', ''],
    [['--mode', 'sideways', 'help'], 2, 'usage', ''],
    [['sessions', 'export', 'nothing'], 1, 'not-found', ''],
    [['--resume', 'nothing', 'mode'], 1, 'not-found', ''],
    [['quit'], 1, 'unavailable', ''],
    [[], 2, 'usage', ''],
  ])('answers %j with exit code %i and %s', async (args, code, failure, hint) => {
    const { json, run } = newPerson();
    const ended = await json(args);
    expect(ended).toMatchObject({ code, data: { error: { code: failure } } });
    expect(ended.data.error.hint).toContain(hint);
    const readable = await run(args);
    expect(readable).toMatchObject({ code, stdout: '' });
    expect(readable.stderr).toContain(ended.data.error.message);
  });

  it('takes global options before and behind the command', async () => {
    const { run, root } = newPerson();
    mkdirSync(join(root, 'other'));
    const ended = await run(['--json', '--cwd', join(root, 'other'), 'mode', '--mode', 'propose']);
    expect(JSON.parse(ended.stdout)).toEqual({ mode: 'propose' });
  });

  it('refuses a workspace that is not there for whatever would be kept', async () => {
    const { json, root, home } = newPerson();
    const ended = await json(['mode', 'propose', '--cwd', join(root, 'nowhere')]);
    expect(ended).toMatchObject({ code: 2, data: { error: { code: 'usage' } } });
    expect(existsSync(join(home, 'state'))).toBe(false);
  });

  it('prints the version from the package', async () => {
    const { run } = newPerson();
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: 'tinycode 0.1.0\n' });
    expect(await run(['mode', '--version'])).toMatchObject({ stdout: 'tinycode 0.1.0\n' });
  });

  it('says what is wrong with the configuration, and still helps to mend it', async () => {
    const { run, json, home } = newPerson();
    mkdirSync(join(home, 'config', 'tinycode'), { recursive: true });
    writeFileSync(join(home, 'config', 'tinycode', 'config.yaml'), 'levle: strict\n');
    const ended = await json(['mode', 'propose']);
    expect(ended).toMatchObject({ code: 1, data: { error: { code: 'invalid' } } });
    expect(JSON.stringify(ended.data)).toContain('level');
    expect(await run(['help'])).toMatchObject({ code: 0 });
    expect((await run(['doctor'])).stdout).toContain('levle');
  });
});

describe('rules of a person and of a workspace', () => {
  const rule = (verdict: string) => `rules:
  - id: mine
    when: { program: [ls] }
    verdict: ${verdict}
    reason: as the test wants
    examples: { match: [ls], not: [cat a] }
`;
  const check = async (person: ReturnType<typeof newPerson>, command: string) =>
    (await person.json(['policy', 'check', command])).data.verdict;

  it('hold for the person, and an unreadable one lets nothing through', async () => {
    const person = newPerson();
    const folder = join(person.home, 'config', 'tinycode', 'policies');
    mkdirSync(folder, { recursive: true });
    expect(await check(person, 'ls -l')).toBe('allow');
    writeFileSync(join(folder, 'mine.yaml'), rule('deny'));
    expect(await check(person, 'ls -l')).toBe('deny');
    mkdirSync(join(folder, 'broken.yaml'));
    expect((await person.run(['policy', 'check', 'ls -l'])).code).toBe(1);
  });

  it('of a workspace tighten at once, and loosen nothing before they are trusted', async () => {
    const person = newPerson();
    const folder = join(person.project, '.tinycode', 'policies');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'x.yaml'), rule('deny'));
    expect(await check(person, 'ls -l')).toBe('deny');
    writeFileSync(join(folder, 'x.yaml'), rule('allow').replaceAll('ls]', 'npm]'));
    expect(await check(person, 'npm install x')).toBe('ask');
    expect(await person.run(['trust', 'grant'])).toMatchObject({ code: 0 });
    // The strictest match wins: not even a trusted allow takes back what another rule asks.
    expect(await check(person, 'npm install x')).toBe('ask');
  });
});
