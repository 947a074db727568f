import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, newRepository } from '../support/repository.ts';

const run = (argv: readonly string[], more: object = {}) => ({
  action: { kind: 'shell.run', argv, ...more },
});
const WHO = '%an <%ae>, %cn <%ce>';
const AUTHOR = [
  ['author.name', 'Ann'],
  ['committer.email', 'c@x'],
] as const;
const COMMIT = run(['git', 'commit', '-m', 'Say two']);
const ITS_OWN = 'Plan the git command as a step of its own: kind git.run';

const codesOf = (findings: readonly { severity: string; code: string }[]) =>
  findings.map(({ severity, code }) => `${severity} ${code}`);

/** Whether the person's repository could be changed by a program of a plan: then a view is missing. */
const isDirect = (findings: readonly { code: string }[]) =>
  findings.some(({ code }) => code === 'irreversible');

describe('a step that is nothing but git', () => {
  it('commits, as the git step that it is shown as: with who commits, and without hooks', async () => {
    const lab = newRepository();
    lab.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n');
    chmodSync(join(lab.project, '.git/hooks/pre-commit'), 0o755);
    const { plan, findings } = await lab.plan([COMMIT]);
    expect(plan.steps[0]).toMatchObject({
      title: "git commit -m 'Say two'",
      action: { kind: 'git.run', argv: ['commit', '-m', 'Say two'] },
      staged: { count: 1 },
    });
    expect(codesOf(findings)).toEqual(expect.arrayContaining(['info staged', 'info git-step']));
    await lab.approve(plan.id);
    const { code, data } = await lab.execute(plan.id);
    expect({ code, steps: data.steps }).toMatchObject({
      code: 0,
      steps: [{ status: 'done', commit: { isAsSeen: true } }],
    });
    expect(lab.git('log', '-1', '--format=%s by %an, %cn')).toBe('Say two by Ada, Ada\n');
    expect((await lab.json(['rollback', plan.id])).code).toBe(0);
    expect(lab.subjects()).toEqual(['Say one']);
  });

  it('can be tried as it would be done', async () => {
    const lab = newRepository();
    lab.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n');
    chmodSync(join(lab.project, '.git/hooks/pre-commit'), 0o755);
    const words = ['git', 'commit', '-m', 'Say two'];
    const { code, stdout } = await lab.run(['rehearse', '--json', '--', ...words]);
    expect(code, stdout).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ stdout: expect.stringContaining('Say two') });
    expect(lab.subjects()).toEqual(['Say one']);
  });

  it.each([
    ['the settings for authors and committers', AUTHOR, {}, 'Ann <ada@example.org>, Ada <c@x>\n'],
    ['the environment', AUTHOR, { GIT_AUTHOR_NAME: 'Eve' }, 'Eve <ada@example.org>, Ada <c@x>\n'],
  ])('commits as git would by %s', async (_, settings, env, wanted) => {
    const lab = newRepository();
    for (const [name, value] of settings) lab.git('config', name, value);
    Object.assign(lab.env, env);
    lab.git('commit', '-m', 'By hand');
    expect(lab.git('log', '-1', `--format=${WHO}`)).toBe(wanted);
    lab.write('one.txt', 'three\n');
    lab.git('add', '.');
    const { plan } = await lab.plan([COMMIT]);
    await lab.approve(plan.id);
    expect((await lab.execute(plan.id)).code).toBe(0);
    expect(lab.git('log', '-1', `--format=${WHO}`)).toBe(wanted);
  });

  it('runs in its folder, with others that stage for it', async () => {
    const lab = newRepository();
    mkdirSync(join(lab.project, 'src'));
    lab.write('src/a', 'a\n');
    lab.write('b', 'b\n');
    lab.git('reset', '-q');
    const { plan } = await lab.plan([run(['git', 'add', '.'], { cwd: 'src' }), COMMIT]);
    expect(plan.steps[0].action).toEqual({ kind: 'git.run', argv: ['-C', 'src', 'add', '.'] });
    await lab.approve(plan.id);
    expect((await lab.execute(plan.id)).code).toBe(0);
    expect(lab.git('show', '--format=', '--name-only')).toBe('src/a\n');
  });
});

describe('a folder that is no repository yet', () => {
  it('becomes one by a plan, without the hooks of any template, and is none again', async () => {
    const lab = newRepository();
    rmSync(join(lab.project, '.git'), { recursive: true });
    const template = join(lab.home, 'template', 'hooks');
    mkdirSync(template, { recursive: true });
    writeFileSync(join(template, 'pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    lab.git('config', '--global', 'init.templateDir', dirname(template));
    const { plan } = await lab.plan([git('init'), git('add', '.'), git('commit', '-m', 'Begin')]);
    await lab.approve(plan.id);
    const { code, stdout } = await lab.execute(plan.id);
    expect(code, stdout).toBe(0);
    expect(lab.subjects()).toEqual(['Begin']);
    expect(existsSync(join(lab.project, '.git', 'hooks'))).toBe(false);
    expect((await lab.json(['rollback', plan.id])).code).toBe(0);
    expect(readdirSync(lab.project)).toEqual(['one.txt']);
  });
});

describe('a program with git inside', () => {
  it('is warned of when it is planned, and told what to do when it is refused', async ({
    skip,
  }) => {
    const lab = newRepository();
    const { plan, findings } = await lab.plan([run(['sh', '-c', 'git add one.txt && git rm x'])]);
    if (isDirect(findings)) skip('no view');
    const warned = findings.find(({ code }: { code: string }) => code === 'git-inside');
    expect(warned).toMatchObject({ severity: 'warn', step: '1' });
    expect(warned.remedy).toContain(ITS_OWN);
    lab.write('one.txt', 'three\n');
    const added = (await lab.plan([run(['sh', '-c', 'git add one.txt'])])).plan;
    await lab.approve(added.id);
    const { code, data } = await lab.execute(added.id);
    expect(code).toBe(4);
    expect(data.steps[0].error.message).toContain(ITS_OWN);
    expect(lab.git('status', '--porcelain')).toBe('MM one.txt\n');
    expect(plan.steps[0].action.kind).toBe('shell.run');
  });

  it('is told so also where a commit fails in it, or in a script that nothing tells it of', async ({
    skip,
  }) => {
    const lab = newRepository();
    lab.write('release.sh', '#!/bin/sh\nset -e\ngit add one.txt\ngit commit -m x\n');
    chmodSync(join(lab.project, 'release.sh'), 0o755);
    for (const argv of [['sh', '-c', 'git commit -m x'], ['./release.sh']]) {
      const { plan, findings } = await lab.plan([run(argv)]);
      if (isDirect(findings)) skip('no view');
      expect((await lab.approve(plan.id)).code).toBe(0);
      const { data } = await lab.execute(plan.id);
      expect(data.steps[0].error.message).toContain(ITS_OWN);
      const tried = await lab.json(['plan', 'rehearse', plan.id]);
      expect(tried.data.steps[0].error.message).toContain(ITS_OWN);
    }
    // Where the repository itself says who commits, the commit succeeds in its view, and is refused.
    lab.git('config', 'user.name', 'Ada');
    lab.git('config', 'user.email', 'ada@example.org');
    const { plan } = await lab.plan([run(['./release.sh'])]);
    await lab.approve(plan.id);
    const refused = await lab.execute(plan.id);
    expect(refused.code).toBe(4);
    expect(refused.data.steps[0].error.message).toContain(ITS_OWN);
    expect(lab.subjects()).toEqual(['Say one']);
  });
});

describe('a repository that is kept outside of the workspace', () => {
  /** Plans in another folder of the person's. */
  function elsewhere(lab: ReturnType<typeof newRepository>, folder: string) {
    const at = ['--cwd', folder];
    return {
      plan: async (...steps: readonly object[]) => {
        const text = JSON.stringify({ goal: 'g', steps });
        return (await lab.json(['plan', 'import', '-', ...at], text)).data;
      },
      approve: (id: string) => lab.json(['approve', id, ...at]),
      execute: (id: string) => lab.json(['execute', id, '--mode', 'execute', ...at]),
    };
  }

  it('is no repository that a plan of a sub-folder can commit to, and the plan says so', async () => {
    const lab = newRepository();
    const sub = join(lab.project, 'sub');
    mkdirSync(sub);
    const there = elsewhere(lab, sub);
    for (const step of [COMMIT, git('commit', '-m', 'x'), run(['sh', '-c', 'git tag v1'])]) {
      const { plan, findings } = await there.plan(step);
      const error = findings.find(({ severity }: { severity: string }) => severity === 'error');
      expect(error).toMatchObject({ code: 'unavailable', step: '1' });
      expect(error.message).toContain(`kept in ${join(lab.project, '.git')}, above this folder`);
      expect(error.remedy).toContain(`Start TinyCode in ${lab.project}`);
      const refused = await there.approve(plan.id);
      expect(refused).toMatchObject({ code: 1, data: { error: { code: 'unavailable' } } });
    }
    const looked = await there.plan(git('log'));
    const { code, data } = await looksOrSays(there, looked);
    expect([code, data]).toMatchObject([0, {}]);
    // What is nobody's outside goes on as ever.
    expect(codesOf((await there.plan(run(['true']))).findings)).not.toContain('error unavailable');
  });

  it('is only looked at from a linked worktree and from a submodule', async () => {
    const lab = newRepository();
    lab.git('commit', '-qm', 'Say two');
    const tree = join(lab.root, 'tree');
    lab.git('worktree', 'add', '-q', tree);
    lab.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', './', 'module');
    for (const folder of [tree, join(lab.project, 'module')]) {
      const there = elsewhere(lab, folder);
      const { plan, findings } = await there.plan(COMMIT);
      expect(codesOf(findings)).toContain('error unavailable');
      expect(findings.map(({ message }: { message: string }) => message).join()).toContain(
        join(lab.project, '.git', folder === tree ? 'worktrees/tree' : 'modules/module'),
      );
      expect((await there.approve(plan.id)).data.error.code).toBe('unavailable');
      writeFileSync(join(folder, 'new'), '');
      for (const argv of [['status', '--porcelain'], ['log'], ['diff']]) {
        const looked = await there.plan(git(...argv));
        expect(codesOf(looked.findings)).not.toContain('error unavailable');
        await there.approve(looked.plan.id);
        expect((await there.execute(looked.plan.id)).code, argv.join(' ')).toBe(0);
      }
    }
  });

  /** A look either works, or is said not to when it is planned. */
  async function looksOrSays(
    there: ReturnType<typeof elsewhere>,
    {
      plan,
      findings,
    }: { plan: { id: string }; findings: readonly { severity: string; code: string }[] },
  ) {
    if (codesOf(findings).includes('error unavailable')) return { code: 0, data: {} };
    await there.approve(plan.id);
    return there.execute(plan.id);
  }
});

describe('one commit', () => {
  it('asks git few things: to plan it, to approve it, and to make it', async () => {
    const lab = newRepository();
    const log = join(lab.root, 'calls');
    mkdirSync(join(lab.root, 'bin'));
    const counting = join(lab.root, 'bin', 'git');
    const real = join(lab.git('--exec-path').trim(), 'git');
    writeFileSync(counting, `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`);
    chmodSync(counting, 0o755);
    const env = { PATH: `${join(lab.root, 'bin')}:${lab.env.PATH}` };
    const count = async (args: readonly string[], stdin = '') => {
      rmSync(log, { force: true });
      const ended = await lab.run([...args, '--json'], { stdin, env });
      expect(ended.code, ended.stderr + ended.stdout).toBe(0);
      // Where a cage shows this git, the commit itself is among them.
      const calls = readFileSync(log, 'utf8').trim().split('\n');
      return calls.filter((call) => !call.endsWith(' commit -m x')).length;
    };
    const text = JSON.stringify({ goal: 'g', steps: [git('commit', '-m', 'x')] });
    expect(await count(['plan', 'import', '-'], text)).toBeLessThanOrEqual(3);
    expect(await count(['approve', 'latest'])).toBeLessThanOrEqual(2);
    expect(await count(['execute', 'latest', '--mode', 'execute'])).toBeLessThanOrEqual(11);
    expect(lab.subjects()).toEqual(['x', 'Say one']);
  });
});
