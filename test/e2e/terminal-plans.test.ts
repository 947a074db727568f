import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Pty, startPty } from '../support/pty.ts';
import { CTRL_D, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

async function openIn(
  person: ReturnType<typeof newPerson>,
  mode: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Pty> {
  const pty = startPty(process.execPath, [PROGRAM, '--mode', mode], {
    cwd: person.project,
    env: { ...person.env, ...env },
    columns: 110,
    rows: 34,
  });
  running.add(pty);
  await pty.waitFor('the session', (screen) => screen.includes('no model'));
  await waitForInk(pty);
  return pty;
}

const CODE = `import { parseArgs } from './args.ts';

export function run(words: string[]): number {
  const args = parseArgs(words);
  return args.length;
}
`;

function newProject() {
  const person = newPerson();
  mkdirSync(join(person.project, 'src'));
  const file = join(person.project, 'src/run.ts');
  writeFileSync(file, CODE);
  return { person, file };
}

describe('the whole way of a change, in a terminal', () => {
  it('is asked for, reviewed, a hunk taken out, approved, run, taken back, and stands in the log', async () => {
    const { person, file } = newProject();
    const pty = await openIn(person, 'propose');
    pty.type('rename parseArgs to readArgs in src\r');
    await pty.waitFor('the plan', (screen) => screen.includes('looks at every change'));
    pty.type('/plan review\r');
    await pty.waitFor('the review', (screen) => screen.includes('hunk 2 of 2'));
    await pty.waitFor('its footer', (screen) => screen.includes('1 of 1 steps: 1 file changes'));
    // Nothing that is typed before the view can be read approves.
    await wait(300);
    pty.type('j');
    await wait(200);
    pty.type('n');
    await pty.waitFor('the reason', (screen) =>
      /why/i.test(screen.split('\n').slice(-6).join('\n')),
    );
    pty.type('later\r');
    await pty.waitFor('what is left out', (screen) => screen.includes('1 of 2 hunks left out'));
    pty.type('a');
    await pty.waitFor('the question', (screen) => screen.includes('all else is No'));
    await wait(300);
    pty.type('y\r');
    await pty.waitFor('the approval', (screen) => screen.includes('then /execute'));
    expect(readFileSync(file, 'utf8')).toBe(CODE);

    pty.type('/mode execute\r');
    await pty.waitFor('the mode', (screen) => screen.includes('execute ›'));
    pty.type('/execute latest\r');
    await pty.waitFor('the end', (screen) => screen.includes('1 of 1 steps done'));
    expect(readFileSync(file, 'utf8')).toBe(CODE.replace('{ parseArgs }', '{ readArgs }'));
    pty.type('/rollback latest\r');
    await pty.waitFor('the way back', (screen) => screen.includes('1 path is as before'));
    expect(readFileSync(file, 'utf8')).toBe(CODE);
    pty.type('/audit verify\r');
    await pty.waitFor('the log', (screen) => screen.includes('The audit log is intact'));
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);

    const { data: record } = await person.json(['plan', 'show', 'latest']);
    expect(record.status).toBe('rolled-back');
    expect(JSON.stringify(record.history)).toContain('later');
    const { stdout } = await person.run(['audit', 'export', '--json']);
    const actions = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).action);
    for (const action of [
      'plan.proposed',
      'plan.amended',
      'plan.approve',
      'plan.started',
      'step.started',
      'step.done',
      'plan.done',
      'rollback.started',
      'rollback.done',
    ]) {
      expect(actions).toContain(action);
    }
  });

  it('asks what is to be done when a step fails, and takes back what was done', async () => {
    const { person } = newProject();
    const plan = {
      goal: 'fail',
      steps: [
        { action: { kind: 'file.write', path: 'new.txt', content: 'new\n' } },
        { action: { kind: 'shell.run', argv: ['false'] } },
        { action: { kind: 'file.write', path: 'never.txt', content: '' } },
      ],
    };
    writeFileSync(join(person.root, 'plan.json'), JSON.stringify(plan));
    const pty = await openIn(person, 'execute');
    pty.type(`/plan import ${join(person.root, 'plan.json')}\r`);
    await pty.waitFor('the plan', (screen) => screen.includes('looks at every change'));
    pty.type('/approve latest\r');
    await pty.waitFor('the approval', (screen) => screen.includes('runs it'));
    pty.type('/execute latest\r');
    await pty.waitFor('the question', (screen) => screen.includes('roll back'));
    await wait(300);
    pty.type('b\r');
    await pty.waitFor('the way back', (screen) => screen.includes('1 path is as before'));
    pty.type(CTRL_D);
    await pty.exitCode();
    const { data } = await person.json(['plan', 'show', 'latest']);
    expect(data.steps.map(({ status }: { status: string }) => status)).toEqual([
      'rolled-back',
      'failed',
      'skipped',
    ]);
  });

  it('opens a plan in the editor, refuses what is none, and keeps what is', async () => {
    const { person } = newProject();
    const editor = join(person.root, 'editor.sh');
    // The first time it breaks the plan, the second time it mends it.
    writeFileSync(
      editor,
      `#!/bin/sh\nif [ -e ${person.root}/once ]; then sed -i 's/GOAL_IS/goal/; s/readArgs/otherArgs/g' "$1"; else sed -i 's/^goal/GOAL_IS/' "$1"; touch ${person.root}/once; fi\n`,
    );
    chmodSync(editor, 0o755);
    const pty = await openIn(person, 'propose', { EDITOR: editor, VISUAL: editor });
    pty.type('rename parseArgs to readArgs in src\r');
    await pty.waitFor('the plan', (screen) => screen.includes('looks at every change'));
    pty.type('/plan edit latest\r');
    await pty.waitFor('the offer', (screen) => screen.includes('Edit the plan'));
    await wait(300);
    pty.type('\r');
    await pty.waitFor('the refusal', (screen) => screen.includes('That is no plan'));
    await wait(300);
    pty.type('e\r');
    await wait(600);
    pty.type('\r');
    await pty.waitFor('the amended plan', (screen) => screen.includes('is amended'));
    const { data } = await person.json(['plan', 'show', 'latest']);
    expect(data.plan.steps[0].action.content).toContain('otherArgs');
    pty.type(CTRL_D);
    await pty.exitCode();
  });
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
