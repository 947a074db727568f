import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newVictim } from '../../support/escape-lab.ts';
import {
  BARE_PLANT,
  ODD_PLANTS,
  type Plant,
  REPOSITORY_PLANTS,
  SETTINGS_PLANTS,
} from '../../support/plants.ts';
import { treeHash } from '../../support/tree-hash.ts';

/** A repository with build folders that nobody is asked about. */
function newRepository() {
  const victim = newVictim();
  const { project, put } = victim;
  execFileSync('git', ['init', '-q', project]);
  put('project/.gitignore', 'dist/\nbuild/\n');
  put('project/sub/a.txt', 'a\n');
  put('project/package.json', '{"name":"x","scripts":{"test":"true"}}\n');
  put('project/secret-target.txt', 'mine\n');
  put('outside/theirs.txt', 'theirs\n');
  const withScript = (script: string) => {
    put('project/do.sh', script);
    return treeHash(project);
  };
  return { ...victim, withScript };
}

const DO = [{ id: 'a', action: { kind: 'shell.run', argv: ['sh', 'do.sh'] } }];

async function plant({ what, script, isNever }: Plant) {
  const victim = newRepository();
  const before = victim.withScript(script);
  const outside = treeHash(victim.outside);
  const id = await victim.importPlan(DO);
  // What is refused at the loosest level is refused at all of them.
  const level = isNever ? ['--level', 'permissive'] : [];
  await victim.tinycode(['approve', id, '--json', ...level]);
  const words = ['execute', id, '--mode', 'execute', '--json', ...level];
  const { data } = await victim.tinycode(words);
  const { exitCode, error } = data.steps[0];
  const isKept = treeHash(victim.project) === before && treeHash(victim.outside) === outside;
  return { what, exitCode, isKept, said: error?.code ?? 'taken' };
}

const verdictOf = ({ what, isNever }: Plant) => {
  const said = isNever ? 'denied' : expect.stringMatching(/^(denied|needs-approval)$/);
  return { what, exitCode: 0, isKept: true, said };
};

describe('what a program plants for others to run', () => {
  it.each([
    ['of a repository', REPOSITORY_PLANTS],
    ['of settings', SETTINGS_PLANTS],
    ['of an odd kind', ODD_PLANTS],
  ])('is never taken without a question %s', async (_, plants) => {
    expect(await Promise.all(plants.map(plant))).toEqual(plants.map(verdictOf));
  });

  it('is never taken without a question as a bare repository in a build folder', async () => {
    expect(await plant(BARE_PLANT)).toEqual(verdictOf(BARE_PLANT));
  });
});

describe('a link that a program makes', () => {
  it('is not walked through by a later step, in the doing nor in the rehearsal', async () => {
    const victim = newRepository();
    const outside = treeHash(victim.outside);
    const steps = [
      { id: 'a', action: { kind: 'shell.run', command: `ln -s ${victim.outside} out` } },
      { id: 'b', action: { kind: 'file.write', path: 'out/planted.txt', content: 'x' } },
      { id: 'c', action: { kind: 'shell.run', cwd: 'out', command: 'echo x > planted-too.txt' } },
    ];
    const id = await victim.importPlan(steps);
    const rehearsed = await victim.tinycode(['plan', 'rehearse', id, '--json']);
    expect(rehearsed.data.ok, rehearsed.raw).toBe(false);
    await victim.tinycode(['approve', id, '--json']);
    await victim.tinycode(['execute', id, '--mode', 'execute', '--json']);
    expect(treeHash(victim.outside)).toBe(outside);
  });

  it('does not lead a write of its own out, where it takes the place of a file', async () => {
    const victim = newRepository();
    symlinkSync(join(victim.outside, 'theirs.txt'), victim.inProject('dist-link'));
    const steps = [
      { id: 'a', action: { kind: 'shell.run', command: 'cp package.json dist-link' } },
    ];
    await victim.execute(steps);
    expect(readFileSync(join(victim.outside, 'theirs.txt'), 'utf8')).toBe('theirs\n');
  });
});

describe('what was approved', () => {
  it('is not taken any more when the program was swapped after its rehearsal', async () => {
    const victim = newRepository();
    victim.withScript('echo good > result.txt');
    const id = await victim.importPlan([
      { id: 'a', action: { kind: 'shell.run', argv: ['sh', 'do.sh'] } },
    ]);
    await victim.tinycode(['plan', 'rehearse', id, '--json']);
    await victim.tinycode(['approve', id, '--json']);
    const { mtime } = lstatSync(victim.inProject('do.sh'));
    writeFileSync(victim.inProject('do.sh'), 'echo evil > result.txt');
    execFileSync('touch', ['-d', mtime.toISOString(), victim.inProject('do.sh')]);
    const { data } = await victim.tinycode(['execute', id, '--mode', 'execute', '--json']);
    expect(data.steps[0].error).toMatchObject({ code: 'needs-approval' });
    expect(existsSync(victim.inProject('result.txt'))).toBe(false);
  });

  it('is exactly what was seen, also where the next run would do something else', async () => {
    const victim = newRepository();
    victim.withScript('date +%s%N > result.txt');
    const id = await victim.importPlan([
      { id: 'a', action: { kind: 'shell.run', argv: ['sh', 'do.sh'] } },
    ]);
    await victim.tinycode(['plan', 'rehearse', id, '--json']);
    const { data: diffs } = await victim.tinycode(['plan', 'diff', id, '--json']);
    const seen = /^\+(\d+)$/m.exec(diffs[0].diff)?.[1];
    expect(seen).toBeDefined();
    await victim.tinycode(['approve', id, '--json']);
    const { data } = await victim.tinycode(['execute', id, '--mode', 'execute', '--json']);
    expect(data.status).toBe('done');
    expect(readFileSync(victim.inProject('result.txt'), 'utf8').trim()).toBe(seen);
  });
});
