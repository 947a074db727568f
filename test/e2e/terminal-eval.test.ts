import { afterEach, describe, expect, it } from 'vitest';
import { outline, whole } from '../support/author-lab.ts';
import { evalLab, hasCage, saying, sumTask } from '../support/eval-lab.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { CTRL_C, waitForInk } from '../support/terminal-door.ts';
import { PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

const STEP = { kind: 'edit', path: 'sum.js', why: 'add both' };
const RIGHT = 'export const sum = (a, b) => a + b;\n';

describe.skipIf(!hasCage)('an evaluation in the terminal', () => {
  it('shows what would run and asks, tells each task as it ends, and can be stopped', async () => {
    const lab = await evalLab([
      saying('quick', 'outline', outline(STEP)),
      saying('quick', 'edit sum.js', whole('sum.js', RIGHT)),
      saying('slow', 'outline', { ...outline(STEP), pieceMs: 2000 }),
    ]);
    for (const id of ['quick', 'slow']) lab.put(...sumTask(id));
    const pty = startPty(process.execPath, [PROGRAM], {
      cwd: lab.project,
      env: lab.env,
      columns: 80,
      rows: 30,
    });
    running.add(pty);
    await pty.waitFor('the model', (screen) => screen.includes('tiny'));
    await waitForInk(pty);
    pty.type(`/eval ${lab.tasks}\r`);
    await pty.waitFor('the question', (screen) => screen.includes('run them'));
    expect(pty.screen().join('\n')).toContain('  node check.js');
    await new Promise((done) => setTimeout(done, 300));
    pty.type('n\r');
    await pty.waitFor('nothing', (screen) => screen.includes('Nothing was run.'));
    expect(lab.server.chats()).toEqual([]);

    pty.type(`/eval ${lab.tasks}\r`);
    await pty.waitFor('the question again', (screen) => screen.includes('run them'));
    await new Promise((done) => setTimeout(done, 300));
    pty.type('y\r');
    await pty.waitFor('the first', (screen) => /✓ quick +javascript passed +1\/1/.test(screen));
    await pty.waitFor('the second', (screen) => screen.includes('1 of 2 tasks'));
    pty.type(CTRL_C);
    await pty.waitFor('the end', (screen) => screen.includes('It was stopped before its end.'));
    const screen = pty.screen().join('\n');
    expect(screen).toMatch(/! slow +javascript stopped/);
    expect(screen).toContain('1 of 1 passed, 100 percent.');
    expect(lab.left()).toEqual([]);
  });
});
