import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIgnoredReader } from '../../../src/adapters/git/ignored-files.ts';
import { createRunGit } from '../../../src/adapters/git/run-git.ts';
import { must } from '../../support/audit-lab.ts';
import { newHostileRepository } from '../../support/hostile-repository.ts';
import { codeOf } from '../../support/workspace-lab.ts';

const { signal } = new AbortController();

async function newIgnoringLab(rules: string) {
  const lab = await newHostileRepository();
  await lab.fill();
  lab.write('.gitignore', rules);
  const { workspace, runGit } = lab;
  const find = createIgnoredReader({ workspace, runGit });
  const ignored = async (...paths: readonly string[]) =>
    [...must(await find(paths, signal))].sort();
  return { ...lab, find, ignored };
}

describe('the ignored files', () => {
  it('are those that the rules name, whether anything lies there or not', async () => {
    const lab = await newIgnoringLab('*.log\n/build/\n!keep.log\n');
    lab.write('there.log', '');
    lab.write('deep/.gitignore', 'only-here\n');
    const ignored = await lab.ignored(
      ...['file', 'there.log', 'none.log', 'keep.log', 'deep/keep.log', 'deep/x.log'],
      ...['build/out/a.js', 'deep/build/a.js', 'only-here', 'deep/only-here'],
    );
    expect(ignored).toEqual([
      'build/out/a.js',
      'deep/only-here',
      'deep/x.log',
      'none.log',
      'there.log',
    ]);
  });

  it('include a folder that is yet to be made, once something is to lie in it', async () => {
    const lab = await newIgnoringLab('build/\n');
    expect(await lab.ignored('build', 'build/deep', 'build/deep/a', 'file')).toEqual([
      'build',
      'build/deep',
      'build/deep/a',
    ]);
    expect(await lab.ignored('build')).toEqual([]);
    mkdirSync(lab.at('build'));
    expect(await lab.ignored('build')).toEqual(['build']);
  });

  it('never are those that git has in its index', async () => {
    const lab = await newIgnoringLab('*\n');
    expect(await lab.ignored('file', 'new')).toEqual(['new']);
  });

  it('can have any name', async () => {
    const names = ['a b', ' x', 'line\nline', ':(top)x', '-v', '!x', '#x', 'ü', 'a"b\\c', '*'];
    const lab = await newIgnoringLab('/ignored\n');
    const paths = names.flatMap((name) => [name, `ignored/${name}`]);
    expect(await lab.ignored(...paths)).toEqual(names.map((name) => `ignored/${name}`).sort());
  });

  it('are found for the rest where git refuses a path: below a link, or in a submodule', async () => {
    const lab = await newIgnoringLab('*.log\n');
    symlinkSync('.', lab.at('link'));
    mkdirSync(lab.at('sub'));
    await lab.fill(lab.at('sub'));
    await lab.plain(['add', 'sub']);
    const paths = ['a.log', 'link/b.log', 'c.log', 'sub/d.log', 'sub/e.log', 'f.log', 'link/g.log'];
    expect(await lab.ignored(...paths, 'h.log')).toEqual(['a.log', 'c.log', 'f.log', 'h.log']);
  });

  it('are none where there is no repository, or no git', async () => {
    const lab = await newIgnoringLab('*\n');
    const outside = join(lab.root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, '.gitignore'), '*\n');
    const beside = createIgnoredReader({ ...lab, workspace: outside });
    expect(must(await beside(['a'], signal)).size).toBe(0);
    const runGit = createRunGit({ workspace: lab.workspace, env: { PATH: '' } });
    const without = createIgnoredReader({ workspace: lab.workspace, runGit });
    expect(must(await without(['a'], signal)).size).toBe(0);
    expect(must(await lab.find([], signal)).size).toBe(0);
  });

  it('are not known where git fails, or where it was called off', async () => {
    const lab = await newIgnoringLab('*\n');
    expect(codeOf(await lab.find(['a'], AbortSignal.abort()))).toBe('cancelled');
    lab.write('.git/config', '[core\n');
    expect(await lab.find(['a'], signal)).toMatchObject({
      ok: false,
      error: { code: 'failed', message: expect.stringContaining('bad config') },
    });
  });

  it('are found where the repository is hostile, and nothing runs', async () => {
    const lab = await newIgnoringLab('*.log\n');
    await lab.set('core.fsmonitor', lab.trap);
    await lab.set('filter.x.clean', lab.trap);
    lab.hasFired();
    expect(await lab.ignored('a.log', 'file')).toEqual(['a.log']);
    expect(lab.hasFired()).toBe(false);
  });
});
