import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newPerson, PROGRAM } from '../support/tinycode.ts';
import { treeHash } from '../support/tree-hash.ts';

type Change = { readonly path: string; readonly kind: string };
const paths = (changes: readonly Change[]) => changes.map(({ path, kind }) => `${kind} ${path}`);

/** A project with a few files of every kind. */
function newProject() {
  const person = newPerson();
  const put = (path: string, text: string) => {
    mkdirSync(join(person.project, path, '..'), { recursive: true });
    writeFileSync(join(person.project, path), text);
  };
  put('old.txt', 'old\n');
  put('run.sh', '#!/bin/sh\necho ran\n');
  put('lib/a.txt', 'a\n');
  put('lib/b.txt', 'b\n');
  symlinkSync('old.txt', join(person.project, 'link'));
  const left = () => {
    const state = join(person.home, 'state');
    return existsSync(state)
      ? readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((path) =>
          /\/views\/.+/.test(path),
        )
      : [];
  };
  const mounts = () =>
    readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .filter((line) => line.includes(person.root));
  // All words behind `--` belong to the program.
  const json = (args: readonly string[], more?: { readonly stdin?: string }) => {
    const at = args.indexOf('--');
    return at < 0
      ? person.json(args, more)
      : person.run([...args.slice(0, at), '--json', ...args.slice(at)], more).then((ended) => ({
          ...ended,
          data: JSON.parse(ended.stdout),
        }));
  };
  const importPlan = async (plan: object) => {
    put('../plan.json', JSON.stringify(plan));
    const { data } = await json(['plan', 'import', join(person.root, 'plan.json')]);
    return data.plan.id as string;
  };
  const execute = (id: string) => json(['execute', id, '--mode', 'execute']);
  return { ...person, put, left, mounts, json, importPlan, execute };
}

/** Processes whose command line names this word. */
function running(word: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}

describe('a rehearsal of one program', () => {
  it('tells what it would change, and leaves the workspace as it was', async () => {
    const { project, json, left, mounts } = newProject();
    const before = treeHash(project);
    const script =
      'echo new > new.txt; echo more >> old.txt; rm lib/a.txt; chmod +x run.sh; ln -s lib other; echo said; echo wrong >&2';
    const { code, data } = await json(['rehearse', '--', 'sh', '-c', script]);
    expect(data).toMatchObject({ exitCode: 0, stdout: 'said\n', stderr: 'wrong\n', limits: [] });
    expect(['L3', 'L2', 'L1', 'L0']).toContain(data.rung);
    expect(paths(data.changes).sort()).toEqual([
      'create new.txt',
      'delete lib/a.txt',
      'link other',
      'mode run.sh',
      'modify old.txt',
    ]);
    expect(code).toBe(0);
    expect(treeHash(project)).toBe(before);
    expect(left()).toEqual([]);
    expect(mounts()).toEqual([]);
  });

  it('tells of a folder that was deleted and made anew', async () => {
    const { json } = newProject();
    const { data } = await json([
      'rehearse',
      '--',
      'sh',
      '-c',
      'rm -r lib; mkdir lib; echo c > lib/c',
    ]);
    expect(paths(data.changes).sort()).toEqual([
      'create lib/c',
      'delete lib/a.txt',
      'delete lib/b.txt',
    ]);
  });

  it('gives the program what comes in, if it is told to', async () => {
    const { json } = newProject();
    const { data } = await json(['rehearse', '--stdin', '--', 'cat'], { stdin: 'grüße\n' });
    expect(data).toMatchObject({ stdout: 'grüße\n' });
    const without = await json(['rehearse', '--', 'cat'], { stdin: 'not for it' });
    expect(without.data).toMatchObject({ stdout: '', exitCode: 0 });
  });

  it('fails as the program fails, and with its signal', async () => {
    const { json } = newProject();
    const failed = await json(['rehearse', '--', 'sh', '-c', 'exit 7']);
    expect(failed).toMatchObject({ code: 1, data: { exitCode: 7 } });
    const killed = await json(['rehearse', '--', 'sh', '-c', 'kill -SEGV $$']);
    expect(killed).toMatchObject({ code: 1, data: { exitCode: null, signal: 'SIGSEGV' } });
    const missing = await json(['rehearse', '--', 'no-such-program-here']);
    expect(missing).toMatchObject({ code: 1, data: { error: { code: 'not-found' } } });
  });

  it('runs nothing on a rung that this machine does not have', async () => {
    const { json } = newProject();
    const tried = await json(['rehearse', '--rung', 'L3', '--', 'true']);
    if (tried.code === 0) expect(tried.data).toMatchObject({ rung: 'L3' });
    else expect(tried.data).toMatchObject({ error: { code: 'unavailable' } });
  });

  it('leaves nothing when it is stopped, nor when TinyCode is killed', async () => {
    const person = newProject();
    const before = treeHash(person.project);
    const word = `987654${process.pid}`;
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const child = spawn(
        process.execPath,
        [PROGRAM, 'rehearse', '--', 'sh', '-c', `echo x > made; setsid sleep ${word}; sleep 60`],
        { cwd: person.project, env: person.env, stdio: 'ignore' },
      );
      const ended = new Promise((resolve) => child.once('exit', resolve));
      while (running(`sleep\0${word}`).length === 0) await sleep(20);
      child.kill(signal);
      await ended;
      for (let waits = 0; waits < 200 && running(word).length > 0; waits++) await sleep(20);
      expect(running(word)).toEqual([]);
      if (signal === 'SIGINT') expect(person.left()).toEqual([]);
    }
    await person.json(['rehearse', '--', 'true']);
    expect(person.left()).toEqual([]);
    expect(person.mounts()).toEqual([]);
    expect(treeHash(person.project)).toBe(before);
  });
});

const PLAN = {
  goal: 'Say hello',
  steps: [
    { id: 'a', action: { kind: 'file.write', path: 'hello.txt', content: 'hello\n' } },
    {
      id: 'b',
      action: { kind: 'shell.run', command: 'tr a-z A-Z < hello.txt > loud.txt; rm old.txt' },
    },
    { id: 'c', action: { kind: 'file.move', from: 'loud.txt', to: 'docs/loud.txt' } },
    {
      id: 'd',
      action: { kind: 'shell.run', argv: ['grep', '-q', 'HELLO', 'docs/loud.txt'] },
      check: true,
    },
  ],
};

describe('a plan with programs', () => {
  it('is rehearsed whole, with its checks, and changes nothing', async () => {
    const person = newProject();
    const { importPlan, execute } = person;
    const before = treeHash(person.project);
    const id = await importPlan({
      ...PLAN,
      steps: PLAN.steps
        .filter((step) => step.id !== 'c')
        .map((step) =>
          step.id === 'd'
            ? { ...step, action: { kind: 'shell.run', argv: ['grep', '-q', 'HELLO', 'loud.txt'] } }
            : step,
        ),
    });
    const { code, data } = await person.json(['plan', 'rehearse', id]);
    expect(data).toMatchObject({ plan: id, ok: true });
    expect(code).toBe(0);
    expect(data.steps.map((step: { id: string; ok: boolean }) => [step.id, step.ok])).toEqual([
      ['a', true],
      ['b', true],
      ['d', true],
    ]);
    expect(paths(data.steps[1].changes).sort()).toEqual(['create loud.txt', 'delete old.txt']);
    expect(paths(data.changes).sort()).toEqual([
      'create hello.txt',
      'create loud.txt',
      'delete old.txt',
    ]);
    expect(treeHash(person.project)).toBe(before);
    expect(person.left()).toEqual([]);

    const diff = await person.run(['plan', 'diff', id]);
    expect(diff.stdout).toContain('+HELLO');
    const approved = await person.json(['approve', id]);
    expect(approved.code).toBe(0);
    const done = await execute(id);
    expect(done).toMatchObject({ code: 0, data: { status: 'done' } });
    expect(readFileSync(join(person.project, 'loud.txt'), 'utf8')).toBe('HELLO\n');
    expect(existsSync(join(person.project, 'old.txt'))).toBe(false);

    const back = await person.json(['rollback', id]);
    expect(back).toMatchObject({ code: 0, data: { conflicts: [] } });
    expect(treeHash(person.project)).toBe(before);
  });

  it('whose program changes what nobody has seen waits for eyes, and then takes exactly that', async () => {
    const person = newProject();
    const { importPlan, execute } = person;
    const before = treeHash(person.project);
    const id = await importPlan({
      goal: 'Make something',
      steps: [
        {
          id: 'a',
          action: {
            kind: 'shell.run',
            argv: ['node', '-e', "require('fs').writeFileSync('made.txt', String(Math.random()))"],
          },
        },
      ],
    });
    await person.json(['approve', id]);
    const unseen = await execute(id);
    expect(unseen).toMatchObject({
      code: 3,
      data: { status: 'failed', steps: [{ status: 'failed', error: { code: 'needs-approval' } }] },
    });
    expect(treeHash(person.project)).toBe(before);
    const seen = (await person.json(['plan', 'diff', id])).data[0].diff as string;
    const number = /\+(0\.\d+)/.exec(seen)?.[1];
    expect(number).toBeDefined();
    await person.json(['approve', id]);
    expect(await execute(id)).toMatchObject({ code: 0, data: { status: 'done' } });
    expect(readFileSync(join(person.project, 'made.txt'), 'utf8')).toBe(number);
    await person.json(['rollback', id]);
    expect(treeHash(person.project)).toBe(before);
  });

  it('that was rehearsed runs its programs again where something has changed since', async () => {
    const person = newProject();
    const { importPlan, execute } = person;
    const id = await importPlan({
      goal: 'Copy',
      steps: [{ id: 'a', action: { kind: 'shell.run', argv: ['cp', 'lib/a.txt', 'copy.txt'] } }],
    });
    expect((await person.json(['plan', 'rehearse', id])).data.ok).toBe(true);
    await person.json(['approve', id]);
    person.put('lib/a.txt', 'another\n');
    expect(await execute(id)).toMatchObject({ code: 0 });
    expect(readFileSync(join(person.project, 'copy.txt'), 'utf8')).toBe('another\n');
    await person.json(['rollback', id]);
    person.put('lib/a.txt', 'a\n');
  });

  it('fails its rehearsal where a test fails, and says at which step', async () => {
    const person = newProject();
    const { importPlan } = person;
    const before = treeHash(person.project);
    const id = await importPlan({
      goal: 'Break',
      steps: [
        { id: 'a', action: { kind: 'file.write', path: 'x.txt', content: 'x\n' } },
        {
          id: 'b',
          action: { kind: 'shell.run', command: 'echo checked > log.txt; echo no >&2; exit 3' },
          check: true,
        },
        { id: 'c', action: { kind: 'file.delete', path: 'lib/b.txt' } },
      ],
    });
    const { code, data } = await person.json(['plan', 'rehearse', id]);
    expect(code).toBe(1);
    expect(data).toMatchObject({
      ok: false,
      steps: [
        { id: 'a', ok: true },
        { id: 'b', ok: false, exitCode: 3, stderr: 'no\n' },
        { id: 'c', ok: false },
      ],
    });
    expect(treeHash(person.project)).toBe(before);
    expect(person.left()).toEqual([]);
  });

  it('finds the hook that a test plants, in the rehearsal and in the doing', async () => {
    const person = newProject();
    const { importPlan, execute } = person;
    execFileSync('git', ['init', '-q', person.project]);
    rmSync(join(person.project, '.git/hooks'), { recursive: true, force: true });
    const before = treeHash(person.project);
    const id = await importPlan({
      goal: 'Plant',
      steps: [
        {
          id: 'a',
          action: {
            kind: 'shell.run',
            argv: [
              'node',
              '-e',
              // Spelt so that the policy does not see the name: what is done must show it.
              "const fs=require('fs');const dir=['.git','hooks'].join('/');fs.mkdirSync(dir,{recursive:true});fs.writeFileSync(dir+'/pre-commit','#!/bin/sh\\n',{mode:0o755})",
            ],
          },
        },
      ],
    });
    const { data } = await person.json(['plan', 'rehearse', id]);
    expect(data).toMatchObject({ ok: false, steps: [{ error: { code: 'denied' } }] });
    await person.json(['approve', id]);
    expect(await execute(id)).toMatchObject({ code: 4, data: { status: 'failed' } });
    expect(treeHash(person.project)).toBe(before);
  });

  it('throws away what a check changes', async () => {
    const person = newProject();
    const { importPlan, execute } = person;
    const before = treeHash(person.project);
    const id = await importPlan({
      goal: 'Look',
      steps: [
        {
          id: 'a',
          action: { kind: 'shell.run', command: 'mkdir coverage; echo 1 > coverage/all' },
          check: true,
        },
      ],
    });
    await person.json(['approve', id]);
    expect(await execute(id)).toMatchObject({ code: 0, data: { status: 'done' } });
    expect(treeHash(person.project)).toBe(before);
  });

  it('finds after a check what lay there before it', async () => {
    const person = newProject();
    const id = await person.importPlan({
      goal: 'Look, then go on',
      steps: [
        {
          id: 'a',
          action: {
            kind: 'shell.run',
            command: 'echo 1 > made; rm -r lib; echo changed >> old.txt; chmod 600 run.sh',
          },
          check: true,
        },
        {
          id: 'b',
          dependsOn: ['a'],
          action: { kind: 'shell.run', command: 'ls -R; cat old.txt; stat -c %a run.sh' },
        },
      ],
    });
    const { data } = await person.json(['plan', 'rehearse', id]);
    expect(data).toMatchObject({ ok: true, changes: [] });
    const [looked, next] = data.steps;
    expect(looked.changes.length).toBeGreaterThan(3);
    const mode = (statSync(join(person.project, 'run.sh')).mode & 0o777).toString(8);
    expect(next.stdout).toBe(
      `.:\nlib\nlink\nold.txt\nrun.sh\n\n./lib:\na.txt\nb.txt\nold\n${mode}\n`,
    );
  });

  it('does all kinds of changes of files on the view as it would in the workspace', async () => {
    const person = newProject();
    const before = treeHash(person.project);
    const list = 'find . | sort; cat old.txt more/deep/new.txt; stat -c %a moved.sh';
    const id = await person.importPlan({
      goal: 'Change everything',
      steps: [
        { id: 'a', action: { kind: 'file.write', path: 'old.txt', content: 'new\n' } },
        { id: 'b', action: { kind: 'file.move', from: 'lib', to: 'shelf/lib' } },
        { id: 'c', action: { kind: 'file.move', from: 'run.sh', to: 'moved.sh' } },
        { id: 'd', action: { kind: 'file.delete', path: 'link' } },
        { id: 'e', action: { kind: 'file.write', path: 'more/deep/new.txt', content: 'n\n' } },
        { id: 'f', action: { kind: 'file.delete', path: 'shelf/lib/a.txt' } },
        { id: 'g', action: { kind: 'folder.create', path: 'empty' } },
        {
          id: 'h',
          dependsOn: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
          check: true,
          action: { kind: 'shell.run', command: list },
        },
      ],
    });
    const rehearsed = (await person.json(['plan', 'rehearse', id])).data;
    expect(rehearsed.ok).toBe(true);
    expect(rehearsed.steps.at(-1).changes).toEqual([]);
    expect(treeHash(person.project)).toBe(before);
    await person.json(['approve', id]);
    expect((await person.execute(id)).code).toBe(0);
    const really = execFileSync('sh', ['-c', list], { cwd: person.project, encoding: 'utf8' });
    expect(rehearsed.steps.at(-1).stdout).toBe(really);
  });

  it('tells nothing of what it made and took away again', async () => {
    const person = newProject();
    const id = await person.importPlan({
      goal: 'Come and go',
      steps: [
        { id: 'a', action: { kind: 'file.write', path: 'gone.txt', content: 'x' } },
        { id: 'b', action: { kind: 'file.delete', path: 'gone.txt' } },
      ],
    });
    const { data } = await person.json(['plan', 'rehearse', id]);
    expect(data).toMatchObject({ ok: true, changes: [] });
  });

  it('asks the rules again, which may be stricter by now', async () => {
    const person = newProject();
    const id = await person.importPlan({
      goal: 'Show it',
      steps: [{ id: 'a', action: { kind: 'shell.run', argv: ['cat', 'old.txt'] } }],
    });
    mkdirSync(join(person.home, 'config/tinycode/policies'), { recursive: true });
    writeFileSync(
      join(person.home, 'config/tinycode/policies/own.yaml'),
      [
        'rules:',
        '  - id: no-cat',
        '    verdict: deny',
        '    reason: Not here',
        '    when: { program: [cat] }',
        '    examples: { match: ["cat a"], not: ["ls"] }',
        '',
      ].join('\n'),
    );
    const { code, data } = await person.json(['plan', 'rehearse', id]);
    expect(code).toBe(1);
    expect(data.steps[0]).toMatchObject({ ok: false, stdout: '', error: { code: 'denied' } });
  });

  it('runs its programs where a step before them did not go as it was rehearsed', async () => {
    const person = newProject();
    const id = await person.importPlan({
      goal: 'Fetch, then count',
      steps: [
        { id: 'a', action: { kind: 'shell.run', argv: ['true'], network: true } },
        {
          id: 'b',
          dependsOn: ['a'],
          check: true,
          action: { kind: 'shell.run', command: 'echo counted' },
        },
      ],
    });
    expect((await person.json(['plan', 'rehearse', id])).data.ok).toBe(true);
    await person.json(['approve', id, '--steps', 'a,b']);
    expect((await person.execute(id)).code).toBe(0);
    const { stdout } = await person.run(['audit', 'export', '--json']);
    const started = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ action }) => action === 'step.started');
    expect(started.map(({ details }) => [details.step, details.rehearsed ?? false])).toEqual([
      ['a', false],
      ['b', false],
    ]);
  });

  it('ends a program that never ends, and leaves the workspace as it was', async () => {
    const person = newProject();
    const { importPlan } = person;
    chmodSync(join(person.project, 'run.sh'), 0o755);
    const before = treeHash(person.project);
    const id = await importPlan({
      goal: 'Wait',
      steps: [
        {
          id: 'a',
          action: {
            kind: 'shell.run',
            command: 'echo x > x.txt; while true; do sleep 0.1; done',
            limits: { seconds: 1 },
          },
        },
      ],
    });
    const { code, data } = await person.json(['plan', 'rehearse', id]);
    expect(code).toBe(1);
    expect(data.steps[0]).toMatchObject({ ok: false, limits: ['time'] });
    expect(treeHash(person.project)).toBe(before);
    expect(person.left()).toEqual([]);
  });

  it('refuses a program that waits for keys before anything runs', async () => {
    const person = newProject();
    const { importPlan } = person;
    const id = await importPlan({
      goal: 'Edit',
      steps: [{ id: 'a', action: { kind: 'shell.run', argv: ['less', 'old.txt'] } }],
    });
    const approved = await person.json(['approve', id]);
    expect(approved.code).not.toBe(0);
    expect(approved.data.error.message).toContain('keys');
  });
});
