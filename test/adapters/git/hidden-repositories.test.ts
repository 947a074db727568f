import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRunGit } from '../../../src/adapters/git/run-git.ts';
import { newHostileRepository } from '../../support/hostile-repository.ts';
import { codeOf } from '../../support/workspace-lab.ts';

const { signal } = new AbortController();

describe('a call of git by TinyCode', () => {
  it('finds no bare repository that is hidden in a folder', async () => {
    const lab = await newHostileRepository();
    await lab.fill();
    renameSync(lab.at('.git'), lab.at('docs'));
    for (const [key, value] of [
      ['core.worktree', '.'],
      ['core.fsmonitor', lab.trap],
    ] as const) {
      await lab.plain(['config', '-f', 'docs/config', key, value]);
    }
    await lab.plain(['status'], '', lab.at('docs'));
    expect(lab.hasFired()).toBe(true);
    const runGit = createRunGit({ workspace: lab.at('docs'), env: lab.env });
    expect(await runGit(['status'], signal)).toMatchObject({ ok: true, value: { exitCode: 128 } });
    expect(await lab.hardened(['-C', 'docs', 'status'])).toMatchObject({
      value: { exitCode: 128 },
    });
    expect(lab.hasFired()).toBe(false);
  });

  it('looks for programs where its own options lead', async () => {
    const lab = await newHostileRepository();
    mkdirSync(lab.at('deep'));
    await lab.fill(lab.at('deep'));
    await lab.plain(['-C', 'deep', 'config', 'filter.x.clean', lab.trap]);
    await lab.plain(['-C', 'deep', 'diff']);
    expect(lab.hasFired()).toBe(true);
    for (const where of [
      ['-C', 'deep'],
      ['--git-dir=deep/.git', '--work-tree', 'deep'],
    ]) {
      expect(await lab.hardened([...where, 'diff'])).toMatchObject({ value: { exitCode: 0 } });
      expect(lab.hasFired()).toBe(false);
    }
  });

  it('lets no option of the call set what it switches off', async () => {
    const lab = await newHostileRepository();
    await lab.fill();
    const argv = ['-c', `core.fsmonitor=${lab.trap}`, '-p', 'status'];
    await lab.plain(argv);
    expect(lab.hasFired()).toBe(true);
    expect(await lab.hardened(argv)).toMatchObject({ value: { exitCode: 0 } });
    expect(lab.hasFired()).toBe(false);
  });

  it('does not work where core.worktree leads out of the workspace', async () => {
    const lab = await newHostileRepository();
    await lab.fill();
    const outside = join(lab.root, 'outside');
    mkdirSync(outside);
    await lab.set('core.worktree', outside);
    expect(await lab.hardened(['checkout', '-f', 'main'])).toMatchObject({
      ok: false,
      error: { code: 'denied', message: expect.stringContaining('core.worktree') },
    });
    expect(existsSync(join(outside, 'file'))).toBe(false);
    await lab.plain(['checkout', '-f', 'main']);
    expect(existsSync(join(outside, 'file'))).toBe(true);
    await lab.set('core.worktree', '../');
    expect(await lab.hardened(['status'])).toMatchObject({ value: { exitCode: 0 } });
  });

  it('refuses to change to a branch that would bring settings along', async () => {
    const lab = await newHostileRepository();
    await lab.fill();
    lab.write('.git/more', `[filter "x"]\n\tsmudge = ${lab.trap}\n`);
    await lab.set('includeIf.onbranch:side.path', 'more');
    expect(codeOf(await lab.hardened(['worktree', 'add', '../tree', 'side']))).toBe('denied');
    expect(codeOf(await lab.hardened(['status']))).toBe('ok');
    await lab.plain(['worktree', 'add', '../tree', 'side']);
    expect(lab.hasFired()).toBe(true);
  });

  it('asks no helper for a password, and fetches nothing for a look', async () => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const key of ['credential.helper', `credential.${url}.helper`, 'core.askPass']) {
      const lab = await newHostileRepository();
      await lab.fill();
      await lab.plain(['remote', 'add', 'origin', `${url}/x`]);
      await lab.set(key, lab.trap);
      await lab.plain(['fetch']);
      expect(lab.hasFired(), key).toBe(true);
      expect(asked.splice(0).length).toBeGreaterThan(0);
      expect(await lab.hardened(['fetch'])).toMatchObject({ value: { exitCode: 128 } });
      expect(lab.hasFired(), key).toBe(false);
      expect(asked.splice(0).length).toBeGreaterThan(0);
    }
  });

  it('leaves to a person the filter that they set for themselves', async () => {
    const lab = await newHostileRepository();
    await lab.fill();
    await lab.set('filter.x.clean', lab.trap, '--global');
    expect(await lab.hardened(['add', 'file'])).toMatchObject({ value: { exitCode: 0 } });
    expect(lab.hasFired()).toBe(true);
  });

  it('takes no variable of git, and no program of the folder that it works on', async () => {
    const lab = await newHostileRepository();
    await lab.fill();
    writeFileSync(lab.at('git'), `#!/bin/sh\nexec '${lab.trap}'\n`);
    chmodSync(lab.at('git'), 0o755);
    const env = {
      ...lab.env,
      PATH: `.:${lab.env.PATH}`,
      GIT_DIR: '/nowhere',
      GIT_EXTERNAL_DIFF: lab.trap,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'diff.external',
      GIT_CONFIG_VALUE_0: lab.trap,
      GIT_TRACE: join(lab.root, 'trace'),
    };
    const runGit = createRunGit({ workspace: lab.workspace, env });
    const ran = await runGit(['diff'], signal);
    expect(ran).toMatchObject({
      value: { exitCode: 0, stdout: expect.stringContaining('MAIN') },
    });
    expect(lab.hasFired()).toBe(false);
    expect(existsSync(join(lab.root, 'trace'))).toBe(false);
  });

  it('is bounded in time and in output, can be called off, and says that there is no git', async () => {
    const lab = await newHostileRepository();
    await lab.fill();
    const given = { workspace: lab.workspace, env: lab.env };
    const limited = (ms: number, outputBytes: number) =>
      createRunGit({ ...given, limits: { ms, outputBytes } })(['status'], signal);
    expect(codeOf(await limited(20_000, 10))).toBe('limit');
    expect(codeOf(await limited(1, 100_000))).toBe('timeout');
    expect(codeOf(await lab.runGit(['status'], AbortSignal.abort()))).toBe('cancelled');
    const without = createRunGit({ ...given, env: { ...lab.env, PATH: 'relative' } });
    expect(codeOf(await without(['status'], signal))).toBe('not-found');
  });
});
