import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForWriting } from '../../src/adapters/sqlite/open-database.ts';
import { newPerson } from '../support/tinycode.ts';

type Person = ReturnType<typeof newPerson>;

const GREETING = `goal: Say hello
steps:
  - id: a
    title: Write the greeting
    action: { kind: file.write, path: hello.txt, content: "hello\\n" }
  - id: b
    title: Move it
    dependsOn: [a]
    action: { kind: file.move, from: hello.txt, to: docs/hello.txt }
  - id: c
    title: Remove the old one
    action: { kind: file.delete, path: old.txt }
  - id: d
    title: Look whether it is there
    action: { kind: shell.run, argv: [ls, docs/hello.txt] }
    check: true
`;

const importing = (person: Person, plan: unknown) =>
  person.json(['plan', 'import', '-'], {
    stdin: typeof plan === 'string' ? plan : JSON.stringify(plan),
  });
const write = (path: string, content: string) => ({ kind: 'file.write', path, content });
const planOf = (...actions: readonly unknown[]) => ({
  goal: 'a test',
  steps: actions.map((action) => ({ action })),
});
const put = ({ project }: Person, path: string, content: string | Buffer) =>
  writeFileSync(join(project, path), content);
const text = ({ project }: Person, path: string) => readFileSync(join(project, path), 'utf8');
const isThere = ({ project }: Person, path: string) => existsSync(join(project, path));

/** Imports, approves and executes; what came of it. */
async function carryOut(person: Person, plan: unknown) {
  const imported = await importing(person, plan);
  expect(imported.code).toBe(0);
  const { id } = imported.data.plan;
  const approved = await person.json(['approve', id]);
  expect(approved).toMatchObject({ code: 0 });
  const executed = await person.json(['execute', id, '--mode', 'execute']);
  return { id, hash: imported.data.plan.hash, executed };
}

describe('a plan file', () => {
  it('is imported, approved, executed and rolled back to the byte', async () => {
    const person = newPerson();
    put(person, 'old.txt', 'old\n');
    const { id, executed } = await carryOut(person, GREETING);
    expect(executed.code).toBe(0);
    expect(executed.data).toMatchObject({
      plan: id,
      status: 'done',
      steps: [
        { id: 'a', status: 'done' },
        { id: 'b', status: 'done' },
        { id: 'c', status: 'done' },
        { id: 'd', status: 'done', exitCode: 0 },
      ],
    });
    expect(text(person, 'docs/hello.txt')).toBe('hello\n');
    expect(isThere(person, 'old.txt')).toBe(false);
    const back = await person.json(['rollback', id]);
    expect(back).toMatchObject({ code: 0, data: { conflicts: [] } });
    expect(back.data.restored).toContain('old.txt');
    expect(text(person, 'old.txt')).toBe('old\n');
    expect(readdirSync(person.project)).toEqual(['old.txt']);
    expect(await person.json(['audit', 'verify'])).toMatchObject({ code: 0, data: { ok: true } });
  });

  it('is the one that is looked at where none is named, if it is the newest', async () => {
    const person = newPerson();
    await importing(person, planOf(write('one.txt', '1\n')));
    const { data } = await importing(person, planOf(write('two.txt', '2\n')));
    for (const words of [['show'], ['diff'], ['export'], ['rehearse']]) {
      const { code, stdout } = await person.run(['plan', ...words, '--json']);
      expect(code, stdout).toBe(0);
      expect(stdout).toContain('two.txt');
      expect(stdout).not.toContain('one.txt');
    }
    expect((await person.json(['plan', 'show'])).data.plan.id).toBe(data.plan.id);
    expect((await person.json(['approve'])).code).toBe(2);
  });

  it('is read as JSON too, without ids, and gets them', async () => {
    const person = newPerson();
    const { code, data } = await importing(
      person,
      planOf(write('a.txt', 'a'), write('b.txt', 'b')),
    );
    expect(code).toBe(0);
    expect(data.plan.steps.map(({ id }: { id: string }) => id)).toEqual(['1', '2']);
    expect(data.plan.steps[0]).toMatchObject({
      title: 'write a.txt',
      risk: 'low',
      before: [{ path: 'a.txt', kind: 'absent' }],
      after: [{ path: 'a.txt', kind: 'file', size: 1 }],
    });
    expect(data.plan.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(isThere(person, 'a.txt')).toBe(false);
  });

  it.each([
    ['no plan at all', '[1, 2]', /mapping/],
    ['a broken document', 'goal: [', /neither JSON nor YAML/],
    ['a key that is not known', 'goal: x\nstepps: []', /stepps/],
    ['an action that is not known', planOf({ kind: 'file.wirte', path: 'x' }), /file\.wirte/],
    ['a step without content', planOf({ kind: 'file.write', path: 'x' }), /content/],
    [
      'steps in a circle',
      {
        goal: 'x',
        steps: [
          { id: 'a', dependsOn: ['b'], action: write('a', '') },
          { id: 'b', dependsOn: ['a'], action: write('b', '') },
        ],
      },
      /circle/,
    ],
    [
      'an id that is there twice',
      {
        goal: 'x',
        steps: [
          { id: 'a', action: write('a', '') },
          { id: 'a', action: write('b', '') },
        ],
      },
      /Two steps/,
    ],
  ])('is refused with a reason where it is %s', async (_, plan, reason) => {
    const person = newPerson();
    const { code, data } = await importing(person, plan);
    expect(code).not.toBe(0);
    expect(data.error.message).toMatch(reason);
    expect((await person.json(['plan', 'list'])).data).toEqual([]);
  });

  it('that reaches outside, into git or through a link cannot be approved', async () => {
    const person = newPerson();
    mkdirSync(join(person.project, 'real'));
    symlinkSync('real', join(person.project, 'link'));
    symlinkSync(person.home, join(person.project, 'way-out'));
    for (const path of [
      '../outside.txt',
      '/etc/motd',
      '.git/hooks/pre-commit',
      'sub/../../x',
      'link/x.txt',
      'way-out/x.txt',
    ]) {
      const { data } = await importing(person, planOf(write(path, 'x')));
      expect(data.findings, path).toContainEqual(
        expect.objectContaining({ severity: 'error', step: '1' }),
      );
      const approved = await person.json(['approve', data.plan.id]);
      expect(approved.code, path).toBe(4);
      expect((await person.json(['execute', data.plan.id, '--mode', 'execute'])).code).toBe(3);
    }
    expect(readdirSync(join(person.project, 'real'))).toEqual([]);
  });
});

describe('an approval', () => {
  it('is needed, serves once, and names the bytes', async () => {
    const person = newPerson();
    const { data } = await importing(person, planOf(write('a.txt', 'a')));
    const { id, hash } = data.plan;
    const execute = () => person.json(['execute', id, '--mode', 'execute']);
    expect((await execute()).code).toBe(3);
    expect((await person.json(['approve', id, '--hash', 'f'.repeat(64)])).code).toBe(5);
    const approved = await person.json(['approve', id, '--hash', hash]);
    expect(approved.data).toEqual({ approved: ['1'], planHash: hash });
    expect((await execute()).code).toBe(0);
    expect((await execute()).code).toBe(3);
  });

  it('of some steps leaves the others out, and what needs them is refused', async () => {
    const person = newPerson();
    put(person, 'old.txt', 'old\n');
    const { data } = await importing(person, GREETING);
    const { id } = data.plan;
    expect((await person.json(['approve', id, '--steps', 'b'])).code).toBe(2);
    const approved = await person.json(['approve', id, '--steps', 'a,c']);
    expect(approved.data.approved).toEqual(['a', 'c']);
    const executed = await person.json(['execute', id, '--mode', 'execute']);
    expect(executed.data.steps).toEqual([
      { id: 'a', status: 'done' },
      { id: 'c', status: 'done' },
    ]);
    expect(text(person, 'hello.txt')).toBe('hello\n');
    // The rest follows with an approval of its own.
    expect((await person.json(['approve', id])).data.approved).toEqual(['b', 'd']);
    expect((await person.json(['execute', id, '--mode', 'execute'])).code).toBe(0);
    expect(isThere(person, 'docs/hello.txt')).toBe(true);
  });

  it('is void when a file was changed after it, and loses nothing of the change', async () => {
    const person = newPerson();
    put(person, 'a.txt', 'one\n');
    const { data } = await importing(person, planOf(write('a.txt', 'two\n')));
    await person.json(['approve', data.plan.id]);
    put(person, 'a.txt', 'my own work\n');
    const executed = await person.json(['execute', data.plan.id, '--mode', 'execute']);
    expect(executed.code).toBe(5);
    expect(executed.data.steps[0]).toMatchObject({ status: 'failed', error: { code: 'changed' } });
    expect(text(person, 'a.txt')).toBe('my own work\n');
  });

  it('is not given for what lies differently already', async () => {
    const person = newPerson();
    const { data } = await importing(person, planOf(write('a.txt', 'two\n')));
    put(person, 'a.txt', 'somebody was faster\n');
    expect((await person.json(['approve', data.plan.id])).code).toBe(5);
  });

  it('is void when the level is another one', async () => {
    const person = newPerson();
    const { data } = await importing(person, planOf(write('a.txt', 'a')));
    await person.json(['approve', data.plan.id]);
    const executed = await person.json([
      'execute',
      data.plan.id,
      '--mode',
      'execute',
      '--level',
      'strict',
    ]);
    expect(executed.code).toBe(5);
    expect(isThere(person, 'a.txt')).toBe(false);
  });

  it('does not hold in the modes that run nothing', async () => {
    const person = newPerson();
    const { data } = await importing(person, planOf(write('a.txt', 'a')));
    await person.json(['approve', data.plan.id]);
    for (const mode of ['chat', 'propose']) {
      expect((await person.json(['execute', data.plan.id, '--mode', mode])).code).toBe(4);
    }
    expect(isThere(person, 'a.txt')).toBe(false);
  });
});

describe('a plan that was tampered with', () => {
  it('is neither approved nor executed when a byte of it was changed where it is kept', async () => {
    const person = newPerson();
    const { data } = await importing(person, planOf(write('a.txt', 'a')));
    const { id } = data.plan;
    const path = join(await stateOf(person), 'plans.db');
    const alter = (from: string, to: string) => {
      const db = openForWriting(path);
      if (!db.ok) throw new Error(db.error.message);
      db.value.prepare('UPDATE revisions SET document = replace(document, ?, ?)').run(from, to);
      db.value.close();
    };
    await person.json(['approve', id]);
    alter('"content":"a"', '"content":"evil"');
    expect((await person.json(['execute', id, '--mode', 'execute'])).code).toBe(5);
    expect((await person.json(['approve', id])).code).toBe(5);
    expect(isThere(person, 'a.txt')).toBe(false);
  });

  it('is not executed when the rules were changed after it was approved', async () => {
    const person = newPerson();
    const { data } = await importing(person, planOf(write('a.txt', 'a')));
    await person.json(['approve', data.plan.id]);
    const folder = join(person.home, 'config/tinycode/policies');
    mkdirSync(folder, { recursive: true });
    const rule = [
      'rules:',
      '  - id: no-b',
      '    verdict: deny',
      '    reason: Not here',
      '    when: { access: [write], path: ["{workspace}/never/**"] }',
      '    examples: { match: [echo x > never/a], not: [cat never/a] }',
    ];
    writeFileSync(join(folder, 'mine.yaml'), `${rule.join('\n')}\n`);
    const executed = await person.json(['execute', data.plan.id, '--mode', 'execute']);
    expect(executed.code).toBe(5);
    expect(isThere(person, 'a.txt')).toBe(false);
  });
});

/** The workspace's own folder below the state folder. */
async function stateOf({ home }: Person): Promise<string> {
  const workspaces = join(home, 'state/tinycode/workspaces');
  return join(workspaces, readdirSync(workspaces)[0] as string);
}

describe('executing', () => {
  it('stops at a failing check, tells which steps are done, and can be taken back', async () => {
    const person = newPerson();
    const plan = planOf(
      write('a.txt', 'a'),
      { kind: 'shell.run', argv: ['false'] },
      write('b.txt', 'b'),
    );
    const { id, executed } = await carryOut(person, plan);
    expect(executed.code).toBe(1);
    expect(executed.data).toMatchObject({
      status: 'failed',
      steps: [{ status: 'done' }, { status: 'failed', exitCode: 1 }, { status: 'skipped' }],
    });
    expect(isThere(person, 'b.txt')).toBe(false);
    expect((await person.json(['rollback', id])).code).toBe(0);
    expect(readdirSync(person.project)).toEqual([]);
  });

  it('keeps modes, line ends and bytes that are no text', async () => {
    const person = newPerson();
    put(person, 'run.sh', '#!/bin/sh\r\necho one\r\n');
    chmodSync(join(person.project, 'run.sh'), 0o750);
    const bytes = Buffer.from([0, 255, 1, 254, 10, 13]);
    put(person, 'image.bin', bytes);
    const { id, executed } = await carryOut(
      person,
      planOf(
        { kind: 'file.edit', path: 'run.sh', edits: [{ search: 'one', replace: 'two' }] },
        {
          kind: 'file.write',
          path: 'image.bin',
          content: { base64: Buffer.from([9, 8]).toString('base64') },
        },
        { kind: 'file.write', path: 'new.sh', content: 'x', isExecutable: true },
      ),
    );
    expect(executed.code).toBe(0);
    expect(text(person, 'run.sh')).toBe('#!/bin/sh\r\necho two\r\n');
    expect(lstatSync(join(person.project, 'run.sh')).mode & 0o777).toBe(0o750);
    expect(lstatSync(join(person.project, 'new.sh')).mode & 0o111).not.toBe(0);
    await person.json(['rollback', id]);
    expect(readFileSync(join(person.project, 'image.bin'))).toEqual(bytes);
    expect(text(person, 'run.sh')).toBe('#!/bin/sh\r\necho one\r\n');
    expect(isThere(person, 'new.sh')).toBe(false);
  });

  it('deletes and moves whole folders, and brings them back with all that was in them', async () => {
    const person = newPerson();
    mkdirSync(join(person.project, 'lib/deep/empty'), { recursive: true });
    put(person, 'lib/a.txt', 'a');
    put(person, 'lib/deep/b.bin', Buffer.from([0, 1]));
    symlinkSync('../a.txt', join(person.project, 'lib/deep/link'));
    mkdirSync(join(person.project, 'old'));
    put(person, 'old/c.txt', 'c');
    const { id, executed } = await carryOut(
      person,
      planOf(
        { kind: 'file.delete', path: 'lib' },
        { kind: 'file.move', from: 'old', to: 'new/place' },
      ),
    );
    expect(executed.code).toBe(0);
    expect(readdirSync(person.project)).toEqual(['new']);
    expect(text(person, 'new/place/c.txt')).toBe('c');
    expect((await person.json(['rollback', id])).code).toBe(0);
    expect(readdirSync(person.project).sort()).toEqual(['lib', 'old']);
    expect(readdirSync(join(person.project, 'lib/deep')).sort()).toEqual([
      'b.bin',
      'empty',
      'link',
    ]);
    expect(text(person, 'lib/deep/link')).toBe('a');
  });

  it('refuses what another TinyCode is doing already', async () => {
    const person = newPerson();
    const { data: slow } = await importing(
      person,
      planOf({ kind: 'shell.run', argv: ['sleep', '3'] }),
    );
    const { data: quick } = await importing(person, planOf(write('a.txt', 'a')));
    await person.json(['approve', slow.plan.id]);
    await person.json(['approve', quick.plan.id]);
    const first = person.json(['execute', slow.plan.id, '--mode', 'execute']);
    const state = join(person.home, 'state');
    const files = () => readdirSync(state, { recursive: true, encoding: 'utf8' });
    await expect.poll(() => files().some((path) => path.endsWith('acting.lock'))).toBe(true);
    expect((await person.json(['execute', quick.plan.id, '--mode', 'execute'])).code).toBe(7);
    expect((await first).code).toBe(0);
    expect((await person.json(['execute', quick.plan.id, '--mode', 'execute'])).code).toBe(0);
  });

  it('takes names with newlines, spaces and both normal forms of Unicode', async () => {
    const person = newPerson();
    const names = ['a b.txt', 'new\nline.txt', 'caf\u00e9.txt', 'cafe\u0301.txt', '-rf', "it's"];
    const { id, executed } = await carryOut(
      person,
      planOf(...names.map((name) => write(name, name))),
    );
    expect(executed.code).toBe(0);
    expect(readdirSync(person.project).sort()).toEqual([...names].sort());
    for (const name of names) expect(text(person, name)).toBe(name);
    expect((await person.json(['rollback', id])).code).toBe(0);
    expect(readdirSync(person.project)).toEqual([]);
  });
});

describe('a step whose end is not known', () => {
  it('is settled before anything acts again, and recorded', async () => {
    const person = newPerson();
    await carryOut(person, planOf(write('a.txt', 'a')));
    const path = join(await stateOf(person), 'checkpoints.db');
    const db = openForWriting(path);
    if (!db.ok) throw new Error(db.error.message);
    db.value.prepare("UPDATE checkpoints SET status = 'open'").run();
    db.value.close();
    const statuses = async () =>
      (await person.json(['checkpoints'])).data.map(({ status }: { status: string }) => status);
    expect(await statuses()).toEqual(['open']);
    const { executed } = await carryOut(person, planOf(write('b.txt', 'b')));
    expect(executed.code).toBe(0);
    expect(await statuses()).toEqual(['done', 'done']);
    const { stdout } = await person.run(['audit', 'export', '--json']);
    expect(stdout).toContain('"step.recovered"');
  });
});

describe('rolling back', () => {
  it('leaves alone what somebody changed since, says so, and keeps both versions', async () => {
    const person = newPerson();
    put(person, 'a.txt', 'first\n');
    put(person, 'b.txt', 'first\n');
    const { id } = await carryOut(
      person,
      planOf(write('a.txt', 'second\n'), write('b.txt', 'second\n')),
    );
    put(person, 'a.txt', 'mine\n');
    const back = await person.json(['rollback', id]);
    expect(back).toMatchObject({ code: 5, data: { restored: ['b.txt'], conflicts: ['a.txt'] } });
    expect(text(person, 'a.txt')).toBe('mine\n');
    expect(text(person, 'b.txt')).toBe('first\n');
    const { data: kept } = await person.json(['checkpoints']);
    const first = kept.find(({ entries }: { entries: { before: { path: string } }[] }) =>
      entries.some(({ before }) => before.path === 'a.txt'),
    );
    const shown = await person.json(['checkpoints', 'show', String(first.id), 'a.txt']);
    expect(shown.data.content).toBe('first\n');
  });

  it('can itself be taken back, and that again', async () => {
    const person = newPerson();
    put(person, 'a.txt', 'first\n');
    const { id } = await carryOut(
      person,
      planOf(write('a.txt', 'second\n'), write('n/new.txt', 'n')),
    );
    expect((await person.json(['rollback', id])).code).toBe(0);
    expect(text(person, 'a.txt')).toBe('first\n');
    expect(isThere(person, 'n')).toBe(false);
    expect((await person.json(['rollback', id])).code).toBe(2);
    expect((await person.json(['rollback', id, '--redo'])).code).toBe(0);
    expect(text(person, 'a.txt')).toBe('second\n');
    expect(text(person, 'n/new.txt')).toBe('n');
    expect((await person.json(['rollback', id])).code).toBe(0);
    expect(text(person, 'a.txt')).toBe('first\n');
    expect(isThere(person, 'n')).toBe(false);
  });

  it('keeps a folder that somebody has put something into', async () => {
    const person = newPerson();
    const { id } = await carryOut(person, planOf(write('made/a.txt', 'a')));
    put(person, 'made/mine.txt', 'mine');
    expect((await person.json(['rollback', id])).data.restored).toContain('made/a.txt');
    expect(readdirSync(join(person.project, 'made'))).toEqual(['mine.txt']);
  });

  it('of one step leaves the others as they are', async () => {
    const person = newPerson();
    const { id } = await carryOut(person, planOf(write('a.txt', 'a'), write('b.txt', 'b')));
    await person.json(['rollback', id, '--steps', '1']);
    expect(readdirSync(person.project)).toEqual(['b.txt']);
  });
});

describe('a plan that is amended', () => {
  it('gets a new hash, keeps the reason, and voids the approval', async () => {
    const person = newPerson();
    const { data } = await importing(person, planOf(write('a.txt', 'a'), write('b.txt', 'b')));
    const { id, hash } = data.plan;
    await person.json(['approve', id]);
    const amended = await person.json([
      'plan',
      'amend',
      id,
      '--without',
      '2',
      '--reason',
      'not now',
    ]);
    expect(amended.data.plan.hash).not.toBe(hash);
    expect((await person.json(['execute', id, '--mode', 'execute'])).code).toBe(3);
    expect((await person.json(['approve', id, '--hash', hash])).code).toBe(5);
    const shown = await person.json(['plan', 'show', id]);
    expect(JSON.stringify(shown.data.history)).toContain('not now');
    const compared = await person.json(['plan', 'compare', `${id}@${hash.slice(0, 12)}`, id]);
    expect(compared.data).toEqual([
      { step: '2', title: 'write b.txt', kind: 'removed', parts: [] },
    ]);
  });

  it('leaves single hunks out', async () => {
    const person = newPerson();
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}\n`);
    put(person, 'a.txt', lines.join(''));
    const changed = lines.map((line, index) =>
      index === 4 || index === 30 ? `new ${line}` : line,
    );
    const { data } = await importing(person, planOf(write('a.txt', changed.join(''))));
    const { id } = data.plan;
    const amended = await person.json(['plan', 'amend', id, '--leave', '1:2']);
    expect(amended.code).toBe(0);
    await person.json(['approve', id]);
    expect((await person.json(['execute', id, '--mode', 'execute'])).code).toBe(0);
    const expected = lines.map((line, index) => (index === 4 ? `new ${line}` : line));
    expect(text(person, 'a.txt')).toBe(expected.join(''));
  });

  it('is exported as a file that makes the same plan again', async () => {
    const person = newPerson();
    put(person, 'old.txt', 'old\n');
    const { data } = await importing(person, GREETING);
    const exported = await person.json(['plan', 'export', data.plan.id]);
    const again = await importing(person, exported.data);
    expect(again.data.plan.steps).toEqual(data.plan.steps);
    const markdown = await person.run(['plan', 'export', data.plan.id, '--as', 'markdown']);
    expect(markdown.stdout).toContain('# Plan');
  });
});

describe('plain words', () => {
  it('become a plan where the rules understand them, and are refused where not', async () => {
    const person = newPerson();
    mkdirSync(join(person.project, 'src'));
    put(person, 'src/a.ts', 'export function parseArgs() {}\nparseArgs(); // parseArgs\n');
    const planned = await person.json([
      'plan',
      'rename parseArgs to readArgs in src',
      '--mode',
      'propose',
    ]);
    expect(planned.code).toBe(0);
    expect(planned.data.plan.steps).toHaveLength(1);
    await person.json(['approve', planned.data.plan.id]);
    await person.json(['execute', planned.data.plan.id, '--mode', 'execute']);
    expect(text(person, 'src/a.ts')).toBe(
      'export function readArgs() {}\nreadArgs(); // parseArgs\n',
    );
    const refused = await person.json(['plan', 'make it nicer somehow', '--mode', 'propose']);
    expect(refused.code).not.toBe(0);
    expect((await person.json(['plan', 'rename a to b', '--mode', 'chat'])).code).toBe(4);
  });
});
