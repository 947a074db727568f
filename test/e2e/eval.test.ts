import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { outline, replacing, whole } from '../support/author-lab.ts';
import { evalLab, hasCage, saying, sumTask } from '../support/eval-lab.ts';
import type { ScriptedScene } from '../support/ollama/scripted-server.ts';
import { PROGRAM } from '../support/tinycode.ts';

const RIGHT = 'export const sum = (a, b) => a + b;\n';
const STEP = { kind: 'edit', path: 'sum.js', why: 'add both' };
const good = (id: string): readonly ScriptedScene[] => [
  saying(id, 'outline', outline(STEP)),
  saying(id, 'edit sum.js', whole('sum.js', RIGHT)),
];
const CHECK = "if (sum(1, 2) !== 3) throw new Error('no sum');";
const cut = { says: '{"goal":"x","steps":[{"kind":"ed' };
const misses = replacing('sum.js', 'nothing like this stands there', 'x');

describe.skipIf(!hasCage)('an evaluation', () => {
  it('says of every task what came of it, whatever the model does', async () => {
    const lab = await evalLab([
      ...good('right'),
      saying('wrong', 'outline', outline(STEP)),
      saying('wrong', 'edit sum.js', whole('sum.js', 'export const sum = (a, b) => a * b;\n')),
      saying('refused', 'outline', outline(STEP)),
      saying('refused', 'edit sum.js', misses),
      { when: { mentions: ['Correct the sum of refused.', 'That could not'] }, reply: misses },
      saying('mended', 'outline', outline(STEP)),
      { when: { mentions: ['of mended.', 'That could not'] }, reply: whole('sum.js', RIGHT) },
      saying('mended', 'edit sum.js', misses, 1),
      saying('cut-json', 'outline', cut),
      saying('silent', 'outline', { fault: { kind: 'stall', after: 0 } }),
      saying('gone', 'outline', { fault: { kind: 'status', status: 500, error: 'no memory' } }),
      saying('breaks-off', 'outline', outline(STEP)),
      saying('breaks-off', 'edit sum.js', { says: 'sum.js\n```\n', reason: 'length' }),
      saying('cheats', 'outline', outline({ ...STEP, path: 'check.js' })),
      saying('cheats', 'edit check.js', replacing('check.js', CHECK, 'sum(1, 2);')),
      saying('runs', 'outline', outline(STEP, { kind: 'run', argv: ['ls'], why: 'look' })),
      saying('runs', 'edit sum.js', whole('sum.js', RIGHT)),
    ]);
    for (const id of ['right', 'wrong', 'refused', 'mended', 'cut-json', 'silent', 'gone']) {
      lab.put(...sumTask(id));
    }
    for (const id of ['breaks-off', 'cheats', 'runs']) lab.put(...sumTask(id));
    const [, task, files] = sumTask('other');
    lab.put('lacking', { ...task, needs: ['no-such-program'] }, files);
    lab.put('done-before', { ...task, check: ['true'] }, files);
    lab.put('not-run', { ...task, check: ['no-such-program'] }, files);
    lab.put('same', { ...task, request: 'Correct the sum of right.', check: ['false'] }, files);
    lab.put('endless', { ...task, check: ['sleep', '60'], limits: { seconds: 1 } }, files);

    const { code, data } = await lab.json(lab.tasks, '--at-once', '2', '--seconds', '4');
    const outcomes = Object.fromEntries(
      data.tasks.map((each: { task: string; outcome: string }) => [each.task, each.outcome]),
    );
    expect(outcomes).toEqual({
      right: 'passed',
      wrong: 'failed',
      refused: 'edit-refused',
      mended: 'passed',
      'cut-json': 'no-plan',
      silent: 'broken-off',
      gone: 'model-gone',
      'breaks-off': 'broken-off',
      cheats: 'failed',
      runs: 'passed',
      lacking: 'skipped',
      'done-before': 'broken-task',
      'not-run': 'broken-task',
      endless: 'broken-task',
      same: 'failed',
    });
    const of = (id: string) => data.tasks.find(({ task }: { task: string }) => task === id);
    expect(of('mended').edits).toEqual([{ path: 'sum.js', tries: ['no-match', 'taken'] }]);
    expect(of('cheats').why).toContain('check.js, which was to stay');
    expect(of('runs').programsLeftOut).toBe(1);
    expect(of('same').why).toContain('It said the very same before.');
    expect(of('wrong').why).toContain('The check ended with exit 1. It said: …');
    expect(of('right')).toMatchObject({ requests: 2, cached: 0 });
    expect(of('right').promptTokens).toBeGreaterThan(200);
    expect(data).toMatchObject({ model: 'tiny:latest', ended: 'done', runs: 1 });
    expect(data.summary).toMatchObject({
      trials: 15,
      measured: 11,
      passed: 3,
      passRate: 27.3,
      edits: { asked: 8, first: 5, repaired: 1, lost: 2, applyRate: 75 },
      refusals: { 'no-match': 3 },
    });
    expect(code).toBe(0);
    expect(lab.left()).toEqual([]);
    const audit = await lab.person(['audit', 'show', '--json']);
    const actions = JSON.parse(audit.stdout).map(({ action }: { action: string }) => action);
    expect(actions).toContain('eval.started');
    expect(actions.filter((action: string) => action === 'eval.tried')).toHaveLength(15);
    expect(actions).toContain('eval.ended');
  });

  it('runs nothing before a person has seen which programs', async () => {
    const lab = await evalLab(good('right'));
    lab.put(...sumTask('right'));
    const { code, stdout, stderr } = await lab.run(lab.tasks);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('node check.js');
    expect(stderr).toContain('--yes');
    expect(lab.server.chats()).toEqual([]);
    expect(lab.left()).toEqual([]);
  });

  it('is a failure where fewer pass than were wanted, and each task is tried as often as is said', async () => {
    const lab = await evalLab([
      ...good('right'),
      saying('wrong', 'outline', outline(STEP)),
      saying('wrong', 'edit sum.js', whole('sum.js', 'export const sum = () => 0;\n')),
    ]);
    lab.put(...sumTask('right'));
    lab.put(...sumTask('wrong'));
    const half = await lab.json(lab.tasks, '--runs', '2', '--min-pass', '51');
    expect([half.code, half.data.summary.passed, half.data.summary.measured]).toEqual([1, 2, 4]);
    const all = await lab.run(lab.tasks, '--yes', '--min-pass', '100', '--task', 'right');
    expect(all.code).toBe(0);
    expect(all.stdout).toMatch(/✓ right +javascript passed +1\/1/);
    expect(all.stdout).toContain('1 of 1 passed, 100 percent. 100 were wanted.');
  });

  it('stops at Ctrl+C with a report of what was done, and leaves nothing behind', async () => {
    const slow = { ...outline(STEP), pieceMs: 400 };
    const lab = await evalLab([...good('a-first'), saying('b-slow', 'outline', slow)]);
    for (const id of ['a-first', 'b-slow', 'c-never']) lab.put(...sumTask(id));
    const child = spawn(process.execPath, [PROGRAM, 'eval', lab.tasks, '--yes', '--json'], {
      cwd: lab.project,
      env: lab.env,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    for (let at = 0; at < 400 && lab.server.chats().length < 3; at += 1) await sleep(50);
    expect(lab.left()).toHaveLength(1);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(130);
    const data = JSON.parse(stdout);
    expect(data.ended).toBe('stopped');
    expect(data.tasks).toMatchObject([
      { task: 'a-first', outcome: 'passed' },
      { task: 'b-slow', outcome: 'stopped' },
    ]);
    expect(data.summary).toMatchObject({ measured: 1, passed: 1 });
    expect(lab.left()).toEqual([]);
  });

  it('removes what one that was killed has left', async () => {
    const slow = { ...outline(STEP), pieceMs: 400 };
    const lab = await evalLab([...good('right'), saying('slow', 'outline', slow)]);
    for (const id of ['slow', 'right']) lab.put(...sumTask(id));
    const words = [PROGRAM, 'eval', lab.tasks, '--yes', '--task', 'slow'];
    const child = spawn(process.execPath, words, { cwd: lab.project, env: lab.env });
    for (let at = 0; at < 400 && lab.server.chats().length < 1; at += 1) await sleep(50);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(lab.left()).toHaveLength(1);
    const { code } = await lab.json(lab.tasks, '--task', 'right');
    expect(code).toBe(0);
    expect(lab.left()).toEqual([]);
  });

  it('shows the check files that no model sees, and changes neither the tasks nor the workspace', async () => {
    const lab = await evalLab(good('right'));
    const [id, task, files] = sumTask('right');
    const { 'workspace/check.js': check = '', ...others } = files;
    lab.put(id, { ...task, keep: [] }, { ...others, 'check/check.js': check });
    const { data } = await lab.json(lab.tasks);
    expect(data.tasks[0].outcome).toBe('passed');
    const asked = JSON.stringify(lab.server.chats());
    expect(asked).toContain('sum.js');
    expect(asked).not.toContain('check.js');
    const again = await lab.json(lab.tasks);
    expect(again.data.tasks[0].outcome).toBe('passed');
  });
});

describe('what an evaluation wants', () => {
  it('is a model, tasks that are right, and names that are there', async () => {
    const lab = await evalLab([]);
    const [id, task, files] = sumTask('right');
    lab.put(id, task, files);
    expect((await lab.json(lab.tasks, '--model', 'other')).code).toBe(6);
    expect((await lab.json(lab.tasks, '--task', 'none')).code).toBe(2);
    expect((await lab.json(lab.tasks, '--language', 'latin')).data.error.message).toContain(
      'latin',
    );
    expect((await lab.json('nowhere')).data.error.message).toContain('There is no folder nowhere');
    lab.put('wrong', { ...task, checks: [] }, files);
    const { code, data } = await lab.json(lab.tasks);
    expect([code, data.error.message]).toEqual([
      1,
      'The task wrong is not right: there is no field checks.',
    ]);
    expect(lab.server.chats()).toEqual([]);
  });
});
