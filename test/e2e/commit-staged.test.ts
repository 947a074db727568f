import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { git, newRepository } from '../support/repository.ts';

const MESSAGE = 'Say two  \n\n\n# 12 asked for it\n\nand no more';

const COMMIT = [git('commit', '-m', MESSAGE)];

describe('a plan that commits', () => {
  it('says what is staged and where, and its hash is over that', async () => {
    const lab = newRepository();
    const { plan, findings } = await lab.plan(COMMIT);
    const head = lab.git('rev-parse', 'HEAD').trim();
    expect(plan.steps[0].staged).toMatchObject({
      ...{ branch: 'main', head, underWay: '', count: 1, files: ['changed one.txt +1 -0'] },
    });
    expect(findings).toMatchObject([{ severity: 'info', code: 'staged', step: '1' }]);
    expect(findings[0].message).toContain(
      `on main, at ${head.slice(0, 12)}: changed one.txt +1 -0.`,
    );
    const again = await lab.plan(COMMIT);
    expect(again.plan.hash).toBe(plan.hash);
    lab.write('new.txt', 'new\n');
    lab.git('add', '.');
    expect((await lab.plan(COMMIT)).plan.hash).not.toBe(plan.hash);
    // What was found by looking is found anew.
    const exported = await lab.run(['plan', 'export', plan.id]);
    const imported = await lab.json(['plan', 'import', '-'], exported.stdout);
    expect(imported.data.plan.steps[0].staged.count).toBe(2);
  });

  it('commits nothing where something else was staged after it was approved', async () => {
    const lab = newRepository();
    const { plan } = await lab.plan(COMMIT);
    await lab.approve(plan.id);
    lab.write('new.txt', 'new\n');
    lab.git('add', 'new.txt');
    const refused = await lab.execute(plan.id);
    expect(refused).toMatchObject({
      code: 5,
      data: { status: 'failed', steps: [{ status: 'failed', error: { code: 'changed' } }] },
    });
    expect(refused.data.steps[0].error.message).toContain('new new.txt +1 -0 is staged now');
    expect(lab.subjects()).toEqual(['Say one']);
    expect(lab.git('status', '--porcelain')).toBe('A  new.txt\nM  one.txt\n');
    expect(await lab.records('step.refused')).toMatchObject([
      { plan: plan.id, step: '1', error: { code: 'changed' } },
    ]);
    expect(await lab.records('step.started')).toEqual([]);
    expect(await lab.approve(plan.id)).toMatchObject({
      code: 5,
      data: { error: { code: 'changed', hint: expect.stringContaining('Make the plan again') } },
    });
  });

  it('commits exactly that, with exactly its message, and tells the commit', async () => {
    const lab = newRepository();
    lab.git('config', 'commit.cleanup', 'strip');
    const { plan } = await lab.plan(COMMIT);
    await lab.approve(plan.id);
    lab.write('one.txt', 'three\n');
    lab.write('loose.txt', 'loose\n');
    lab.git('add', '-N', 'loose.txt');
    const { code, data } = await lab.execute(plan.id);
    const [id, tree] = lab.git('rev-parse', 'HEAD', 'HEAD^{tree}').trim().split('\n');
    expect({ code, steps: data.steps }).toEqual({
      code: 0,
      steps: [{ id: '1', status: 'done', exitCode: 0, commit: { id, tree, isAsSeen: true } }],
    });
    expect(lab.git('cat-file', 'commit', 'HEAD').split('\n\n').slice(1).join('\n\n')).toBe(
      `${MESSAGE}\n`,
    );
    expect(lab.git('show', '--format=', '--numstat', 'HEAD')).toBe('1\t0\tone.txt\n');
    expect(await lab.records('step.committed')).toEqual([
      { plan: plan.id, step: '1', commit: id, tree, isAsSeen: true },
    ]);
    // Taken back, the same is staged again, so that the same plan fits.
    lab.git('reset', '-q', 'loose.txt');
    expect((await lab.json(['rollback', plan.id])).code).toBe(0);
    expect(lab.subjects()).toEqual(['Say one']);
    expect((await lab.approve(plan.id)).code).toBe(0);
    expect((await lab.execute(plan.id)).code).toBe(0);
  });

  it('is refused on another branch, on another commit, and in a rehearsal as well', async () => {
    const lab = newRepository();
    const { plan } = await lab.plan(COMMIT);
    lab.git('switch', '-qc', 'side');
    const tried = await lab.json(['plan', 'rehearse', plan.id]);
    expect(tried).toMatchObject({ code: 1, data: { steps: [{ error: { code: 'changed' } }] } });
    expect((await lab.approve(plan.id)).data.error.message).toContain(
      'on side now, and was on main',
    );
    lab.git('switch', '-q', 'main');
    expect((await lab.json(['plan', 'rehearse', plan.id])).code).toBe(0);
    expect((await lab.approve(plan.id)).code).toBe(0);
    lab.git('commit', '-q', '--amend', '--only', '-m', 'Say one again');
    expect((await lab.execute(plan.id)).code).toBe(5);
    expect(lab.subjects()).toEqual(['Say one again']);
  });

  it('may stage what it commits: then nothing else may be staged where it begins to', async () => {
    const lab = newRepository();
    lab.git('reset', '-q');
    const write = (text: string) => ({ action: { kind: 'file.write', path: 'b', content: text } });
    const steps = (text: string) => [write(text), git('add', 'b'), git('commit', '-m', text)];
    const first = (await lab.plan(steps('b1'))).plan;
    expect(first.steps.map(({ staged }: { staged?: object }) => staged !== undefined)).toEqual([
      ...[false, true, false],
    ]);
    await lab.approve(first.id);
    expect((await lab.execute(first.id)).code).toBe(0);
    expect(lab.subjects()).toEqual(['b1', 'Say one']);
    const second = (await lab.plan(steps('b2'))).plan;
    await lab.approve(second.id);
    lab.git('add', 'one.txt');
    const { code, data } = await lab.execute(second.id);
    expect(code).toBe(5);
    expect(data.steps.map(({ status }: { status: string }) => status)).toEqual([
      ...['done', 'failed', 'skipped'],
    ]);
    expect(lab.subjects()).toEqual(['b1', 'Say one']);
    const alone = await lab.json(['approve', second.id, '--steps', '3']);
    expect(alone.data.error.message).toBe('Step 3 needs step 2, which would be left out.');
  });

  it('tells where more was committed than what was staged', async () => {
    const lab = newRepository();
    lab.write('one.txt', 'one\ntwo\nthree\n');
    const { plan } = await lab.plan([git('commit', '-am', 'All of it')]);
    await lab.approve(plan.id);
    const { code, data, stderr } = await lab.execute(plan.id);
    expect(code).toBe(0);
    expect(data.steps[0].commit.isAsSeen).toBe(false);
    expect(await lab.records('step.committed')).toMatchObject([{ isAsSeen: false }]);
    expect(stderr).not.toContain('Error');
  });

  it('commits the very first time, and in the middle of a merge that it saw', async () => {
    const lab = newRepository();
    lab.git('update-ref', '-d', 'HEAD');
    const first = await lab.plan([git('commit', '-m', 'First')]);
    expect(first.findings[0].message).toContain('on main, no commit yet: new one.txt +2 -0.');
    await lab.approve(first.plan.id);
    expect((await lab.execute(first.plan.id)).data.steps[0].commit.isAsSeen).toBe(true);
    lab.git('switch', '-qc', 'side');
    lab.git('commit', '-q', '--allow-empty', '-m', 'Side');
    lab.git('switch', '-q', 'main');
    const merge = [git('commit', '--allow-empty', '-m', 'Merge')];
    const early = (await lab.plan(merge)).plan;
    await lab.approve(early.id);
    lab.git('merge', '-q', '--no-commit', '--no-ff', 'side');
    expect(await lab.execute(early.id)).toMatchObject({ code: 5 });
    const seen = await lab.plan(merge);
    expect(seen.findings[0].message).toContain('while a merge is under way: nothing.');
    await lab.approve(seen.plan.id);
    expect((await lab.execute(seen.plan.id)).code).toBe(0);
    expect(lab.git('rev-list', '--parents', '-1', 'HEAD').trim().split(' ')).toHaveLength(3);
  });

  it('never takes along unseen what is staged while git runs', async () => {
    const lab = newRepository();
    // A git that takes its time, where the cage shows it.
    mkdirSync(join(lab.project, 'bin'));
    lab.write('bin/git', SLOW_GIT);
    chmodSync(join(lab.project, 'bin', 'git'), 0o755);
    const { plan } = await lab.plan(COMMIT);
    await lab.approve(plan.id);
    const slow = { PATH: `${join(lab.project, 'bin')}:${lab.env.PATH}` };
    const executing = lab.run(['execute', plan.id, '--mode', 'execute', '--json'], { env: slow });
    const running = () =>
      readdirSync(lab.env.XDG_STATE_HOME, { recursive: true, encoding: 'utf8' }).filter((path) =>
        /\/running\/./.test(path),
      );
    await vi.waitFor(() => expect(running()).not.toEqual([]), { timeout: 20_000, interval: 20 });
    lab.write('new.txt', 'new\n');
    lab.git('add', 'new.txt');
    const { code, stdout } = await executing;
    const [step] = JSON.parse(stdout).steps;
    const [{ view }] = await lab.records('step.started');
    // Where no view keeps apart what it does, it is at least told.
    if (view === 'direct') return expect(step.commit.isAsSeen).toBe(false);
    expect({ code, step }).toMatchObject({ code: 5, step: { error: { code: 'changed' } } });
    expect(lab.subjects()).toEqual(['Say one']);
    expect(lab.git('status', '--porcelain', '-uno')).toBe('A  new.txt\nM  one.txt\n');
  });
});

const SLOW_GIT = `#!/bin/sh
PATH=/usr/local/bin:/usr/bin:/bin
case " $* " in *' commit '*) sleep 3 ;; esac
exec git "$@"
`;
