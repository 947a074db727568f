import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/core/types.ts';
import { startOllama } from '../support/fake-ollama.ts';
import type { ScriptedScene } from '../support/ollama/scripted-server.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { writeFiles } from '../support/shop.ts';
import {
  QUESTION,
  REASON,
  RIGHT,
  STORY_FILES,
  STORY_SCRIPT,
  WISH,
  WRONG,
} from '../support/story.ts';
import { CTRL_C, CTRL_D, shown, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';
import { treeHash } from '../support/tree-hash.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

/** Longer than a question must stand before it takes keys. */
const settle = () => new Promise((done) => setTimeout(done, 500));

async function open(script: readonly ScriptedScene[], mode = 'chat') {
  const ollama = await startOllama({ script });
  const person = newPerson();
  writeFiles(person.project, STORY_FILES);
  const env = { ...person.env, OLLAMA_HOST: ollama.host };
  const pty = startPty(process.execPath, [PROGRAM, '--mode', mode], { cwd: person.project, env });
  running.add(pty);
  await pty.waitFor('the model', (screen) => screen.includes('tiny'));
  await waitForInk(pty);
  return { person, ollama, pty };
}

/** Enters a line, and waits for what comes of it. */
async function enter(pty: Pty, line: string, sign: RegExp | string): Promise<void> {
  pty.type(`${line}\r`);
  await pty.waitFor(`what comes of ${line}`, (screen) =>
    typeof sign === 'string' ? screen.includes(sign) : sign.test(screen),
  );
}

const logOf = async (person: ReturnType<typeof newPerson>): Promise<readonly AuditEntry[]> =>
  (await person.run(['audit', 'export', '--json'])).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the whole story, in a terminal', () => {
  it('asks, cites, plans, refuses a hunk, runs, fails, repairs, succeeds, and goes all the way back', async () => {
    const { person, pty } = await open(STORY_SCRIPT);
    const before = treeHash(person.project);
    const invoice = () => readFileSync(join(person.project, 'src/invoice.js'), 'utf8');

    await enter(pty, QUESTION, /src\/cart\.js:\d+-\d+ .* s\n/);
    await enter(pty, '/mode propose', 'propose ›');
    await enter(pty, WISH, 'looks at every change');
    await enter(pty, '/plan review', 'hunk 1 of 2');
    await settle();
    pty.type('j');
    await pty.waitFor('the other hunk', (screen) => screen.includes('› [x] hunk 2 of 2'));
    pty.type('n');
    await pty.waitFor('why', (screen) => screen.includes('Why is this hunk left out?'));
    await enter(pty, REASON, 'm sends it back to the model');
    expect(pty.screen().join('\n')).toContain(
      '2 of 2 steps, 1 of 2 hunks left out: 1 file changes, 1 command runs',
    );
    pty.type('m');
    await pty.waitFor('the new revision', (screen) => screen.includes('hunk 1 of 1'));
    // Nothing of what was refused, and nothing that was not on the screen.
    expect(pty.screen().join('\n')).not.toContain('Grand total');
    expect(treeHash(person.project)).toBe(before);
    await settle();
    pty.type('a');
    await pty.waitFor('the question', (screen) => screen.includes('Type y, Enter'));
    await settle();
    await enter(pty, 'y', 'then /execute');
    await enter(pty, '/mode execute', 'execute ›');
    await enter(pty, '/execute latest', /66 !== 0\.66|let a model plan a repair/);
    await pty.waitFor('the question', (screen) => screen.includes('let a model plan a repair'));
    expect(pty.screen().join('\n')).toMatch(
      /Step 2 ended with exit 1\. Done: 1\.\n {2}f {2}fix: .*\n {2}t {2}retry\n {2}s {2}skip it\n {2}b {2}roll back\n {2}k {2}keep/,
    );
    expect(invoice()).toBe(WRONG);
    await settle();
    await enter(pty, 'f', /succeed, at which plan \S+ failed[\s\S]*looks at every/);
    expect(pty.screen().join('\n')).toMatch(
      /execute › \/fix --plan \w+\ntiny:latest wants to: edit/,
    );
    await enter(pty, '/approve latest', /\/execute \S+ runs it/);
    await enter(pty, '/execute latest', '2 of 2 steps done');
    expect(invoice()).toBe(RIGHT);
    await enter(pty, '/fix', 'The plan that ran last did not fail at a program.');

    const { data: plans } = await person.json(['plan', 'list']);
    expect(plans).toMatchObject([
      {
        status: 'done',
        goal: `Make “node --test” succeed, at which plan ${plans[1].id} failed: ${WISH}`,
      },
      { status: 'failed', goal: WISH },
    ]);
    await enter(pty, '/rollback latest', '1 path is as before');
    expect(invoice()).toBe(WRONG);
    await enter(pty, `/rollback ${plans[1].id}`, /1 path is as before[\s\S]*1 path is as before/);
    expect(treeHash(person.project)).toBe(before);
    await enter(pty, '/audit verify', 'The audit log is intact');
    await pty.waitFor('the prompt', () => shown(pty).at(-2) === 'execute ›');
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
    expect(toldBy(await logOf(person))).toEqual(STORY);
    const { data: first } = await person.json(['plan', 'show', plans[1].id]);
    expect(first).toMatchObject({ status: 'rolled-back', revision: 2 });
    expect(first.history.map(({ what }: { what: string }) => what)).toEqual([
      ...['proposed', 'amended', 'approved', 'running', 'failed', 'rolled-back'],
    ]);
    expect(JSON.stringify(first.history)).toContain(REASON);
  });
});

/** What the log tells, without the lines that only say what was entered. */
const toldBy = (log: readonly AuditEntry[]): readonly string[] =>
  log
    .filter(({ action, details }) => action !== 'command' && details.phase !== 'intent')
    .map(({ action, details }) =>
      [action, details.command ?? details.step ?? ''].filter((word) => word !== '').join(' '),
    );

const STORY = [
  'session.started',
  'model.asked ask',
  'mode.set',
  'model.asked plan',
  'plan.proposed',
  'model.asked plan rework',
  'plan.amended',
  'plan.approve',
  'mode.set',
  'plan.started',
  'step.started 1',
  'step.done 1',
  'step.started 2',
  'step.failed 2',
  'plan.failed',
  'model.asked fix',
  'plan.proposed',
  'plan.approve',
  'plan.started',
  'step.started 1',
  'step.done 1',
  'step.started 2',
  'program.ended 2',
  'step.done 2',
  'plan.done',
  'rollback.started',
  'rollback.done',
  'rollback.started',
  'rollback.done',
  'session.ended',
];

const FAILING = JSON.stringify({
  goal: 'round each line',
  steps: [
    { action: { kind: 'file.edit', path: 'src/invoice.js', content: WRONG } },
    { action: { kind: 'shell.run', argv: ['node', '--test'] }, check: true },
  ],
});

describe('a repair that is asked for where the step failed', () => {
  it('can be stopped, which keeps nothing of it, and asked for again', async () => {
    const outline = STORY_SCRIPT.find(({ when }) => when?.mentions?.includes('66 !== 0.66'));
    const slow = { ...outline, reply: { ...outline?.reply, firstMs: 60_000 } } as ScriptedScene;
    const { person, ollama, pty } = await open([slow, ...STORY_SCRIPT.slice(-2)], 'execute');
    writeFileSync(join(person.root, 'plan.json'), FAILING);
    await enter(pty, `/plan import ${join(person.root, 'plan.json')}`, 'looks at every change');
    await enter(pty, '/approve latest', /\/execute \S+ runs it/);
    await enter(pty, '/execute latest', 'let a model plan a repair');
    await settle();
    await enter(pty, 'f', /reading [\d,]+ tokens.*Ctrl\+C stops/);
    pty.type(CTRL_C);
    await pty.waitFor('the stop', (screen) => screen.includes('fix was cancelled'));
    await pty.waitFor('the prompt', () => shown(pty).at(-2) === 'execute ›');
    expect(ollama.aborted()).toBe(1);
    expect((await person.json(['plan', 'list'])).data).toMatchObject([{ status: 'failed' }]);
    await enter(pty, '/fix', /succeed, at which plan[\s\S]*looks at every/);
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
    const lines = (await logOf(person))
      .filter(({ action }) => action === 'command')
      .map(({ details }) => `${details.line} ${details.outcome}`);
    expect(lines.slice(-3)).toEqual([
      '/execute latest done',
      expect.stringMatching(/^\/fix --plan \w+ cancelled$/),
      '/fix done',
    ]);
  });

  it('is not offered where no model is', async () => {
    const person = newPerson();
    writeFiles(person.project, STORY_FILES);
    await person.json(['plan', 'import', '-'], { stdin: FAILING });
    const args = [PROGRAM, '--mode', 'execute'];
    const pty = startPty(process.execPath, args, { cwd: person.project, env: person.env });
    running.add(pty);
    await pty.waitFor('the session', (screen) => screen.includes('no model'));
    await waitForInk(pty);
    await enter(pty, '/approve latest', /\/execute \S+ runs it/);
    await enter(pty, '/execute latest', /k {2}keep what is done/);
    expect(pty.screen().join('\n')).not.toMatch(/ f {2}fix/);
    pty.type(CTRL_C);
    await pty.waitFor('the prompt', () => shown(pty).at(-2) === 'execute ›');
    expect((await person.json(['plan', 'list'])).data).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('the whole story, without a terminal', () => {
  it('goes the same way, and every exit code says where it stands', async () => {
    const ollama = await startOllama({ script: STORY_SCRIPT });
    const person = newPerson();
    writeFiles(person.project, STORY_FILES);
    const before = treeHash(person.project);
    const env = { OLLAMA_HOST: ollama.host };
    const run = async (...words: readonly string[]) => {
      const { code, stdout } = await person.run([...words, '--json'], { env });
      return { code, data: JSON.parse(stdout) };
    };
    const [propose, execute] = [
      ['--mode', 'propose'],
      ['--mode', 'execute'],
    ] as const;

    const asked = await run('ask', QUESTION);
    expect(asked).toMatchObject({ code: 0, data: { cited: true, truncated: false } });
    expect(asked.data.sources).toContainEqual(expect.objectContaining({ path: 'src/cart.js' }));
    const { data: made } = await run('plan', WISH, ...propose);
    const { id } = made.plan;
    const reworked = await run('plan', 'rework', id, '1', '--hunks', '2', REASON, ...propose);
    expect(reworked).toMatchObject({
      code: 0,
      data: { plan: { id, steps: [{ action: { content: WRONG } }, {}] } },
    });
    expect((await run('execute', id, ...execute)).code).toBe(3);
    expect((await run('approve', id, '--hash', made.plan.hash)).code).toBe(5);
    expect((await run('approve', id, '--hash', reworked.data.plan.hash)).code).toBe(0);
    const failed = await run('execute', id, ...execute);
    expect(failed).toMatchObject({
      code: 1,
      data: { status: 'failed', steps: [{ status: 'done' }, { status: 'failed', exitCode: 1 }] },
    });
    const repair = await run('fix', ...propose);
    expect(repair.code).toBe(0);
    expect((await run('approve', repair.data.plan.id)).code).toBe(0);
    expect(await run('execute', repair.data.plan.id, ...execute)).toMatchObject({
      code: 0,
      data: { status: 'done' },
    });
    expect((await run('fix', ...propose)).code).toBe(2);
    expect((await run('rollback', repair.data.plan.id)).code).toBe(0);
    expect((await run('rollback', id)).code).toBe(0);
    expect(treeHash(person.project)).toBe(before);
    expect(await run('audit', 'verify')).toMatchObject({ code: 0, data: { ok: true } });
  });
});
