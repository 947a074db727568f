import { afterEach, describe, expect, it } from 'vitest';
import { authorLab, outline, whole } from '../support/author-lab.ts';
import type { Reply } from '../support/ollama/spoken.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { CTRL_C, CTRL_D, waitForInk } from '../support/terminal-door.ts';
import { PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

const WRONG = 'export const sum = (a, b) => a - b;\n';
const WORSE = 'export const sum = (a, b) => a * b;\n';
const OTHER = 'export const sum = (a, b) => b * a;\n';
const RIGHT = 'export const sum = (a, b) => a + b;\n';
const CHECK = `import { sum } from './sum.js';
if (sum(1, 2) !== 3) {
  console.log('expected 3, got ' + sum(1, 2));
  process.exit(1);
}
`;
const STEPS = [
  { kind: 'edit', path: 'sum.js', why: 'add both' },
  { kind: 'run', argv: ['node', 'check.js'], why: 'look at it', check: true },
];

async function open(says: readonly Reply[]) {
  const lab = await authorLab(
    { 'sum.js': WRONG, 'check.js': CHECK, 'package.json': '{"type":"module"}\n' },
    says,
  );
  const pty = startPty(process.execPath, [PROGRAM, '--mode', 'propose'], {
    cwd: lab.project,
    env: { ...lab.env, OLLAMA_HOST: lab.server.host },
    columns: 120,
    rows: 40,
  });
  running.add(pty);
  await pty.waitFor('the model', (screen) => screen.includes('tiny'));
  await waitForInk(pty);
  return { lab, pty };
}

describe('a plan by a model, in the terminal', () => {
  it('is made, sent back, approved, run, fails at its check, is repaired, and taken back', async () => {
    const { lab, pty } = await open([
      { ...outline(...STEPS), pieceMs: 20 },
      { ...whole('sum.js', WORSE), pieceMs: 40 },
      whole('sum.js', OTHER),
      outline(...STEPS),
      whole('sum.js', RIGHT),
    ]);
    pty.type('sum has to add\r');
    await pty.waitFor('the outline', (screen) => /writing, \d+ tokens/.test(screen));
    await pty.waitFor('what it wants', (screen) => screen.includes('wants to: edit sum.js'));
    await pty.waitFor('the edit', (screen) => screen.includes('=> a * b'));
    await pty.waitFor('the plan', (screen) => screen.includes('looks at every change'));
    expect(lab.text('sum.js')).toBe(WRONG);

    pty.type('/plan rework latest 1 "b comes first"\r');
    await pty.waitFor('the revision', (screen) => screen.includes('is amended'));
    pty.type('/approve latest\r');
    await pty.waitFor('the approval', (screen) => screen.includes('then /execute'));
    pty.type('/mode execute\r');
    await pty.waitFor('the mode', (screen) => screen.includes('execute ›'));
    pty.type('/execute latest\r');
    await pty.waitFor('the failure', (screen) => screen.includes('expected 3, got 2'));
    expect(lab.text('sum.js')).toBe(OTHER);
    await wait(600);
    pty.type('k\r');
    await pty.waitFor('its end', (screen) => screen.includes('/fix asks a model'));

    pty.type('/fix\r');
    await pty.waitFor(
      'the repair',
      (screen) => (screen.match(/looks at every change/g) ?? []).length > 1,
    );
    pty.type('/approve latest\r');
    await pty.waitFor('its approval', (screen) => (screen.match(/^Approved/gm) ?? []).length > 1);
    pty.type('/execute latest\r');
    await pty.waitFor('success', (screen) => screen.includes('2 of 2 steps done'));
    expect(lab.text('sum.js')).toBe(RIGHT);
    expect(lab.asked().at(-2)).toContain('expected 3, got 2');
    pty.type('/rollback latest\r');
    await pty.waitFor('the way back', (screen) => screen.includes('1 path is as before'));
    expect(lab.text('sum.js')).toBe(OTHER);
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
  });

  it('is stopped while it is written: nothing is kept, and the prompt is there again', async () => {
    const { lab, pty } = await open([
      outline(...STEPS),
      { ...whole('sum.js', RIGHT), pieceMs: 300 },
    ]);
    pty.type('sum has to add\r');
    await pty.waitFor(
      'the edit',
      (screen) => screen.includes('sum.js\n') && /writing/.test(screen),
    );
    pty.type(CTRL_C);
    await pty.waitFor('the end', (screen) => screen.includes('was cancelled'));
    expect((await lab.json(['plan', 'list'])).data).toEqual([]);
    pty.type('/mode\r');
    await pty.waitFor(
      'an answer',
      (screen) => screen.includes('Mode propose') || screen.includes('propose'),
    );
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
    expect(lab.server.aborted()).toBe(1);
  });
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
