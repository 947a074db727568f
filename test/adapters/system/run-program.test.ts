import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunProgram } from '../../../src/adapters/system/run-program.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';

const signal = new AbortController().signal;
const run = createRunProgram('/usr/bin:/bin');

describe('createRunProgram', () => {
  it('tells what a program said and how it ended', async () => {
    expect(await run('sh', ['-c', 'echo out; echo err >&2; exit 3'], signal)).toEqual({
      kind: 'ended',
      exitCode: 3,
      out: 'out\n',
      err: 'err\n',
    });
  });

  it('tells a program that is not there from one that fails', async () => {
    expect(await run('no-such-program', [], signal)).toEqual({ kind: 'absent' });
  });

  it('gives away nothing of the environment and runs no program of the working folder', async () => {
    process.env.SECRET_OF_TEST = 'x';
    const told = await run('sh', ['-c', 'echo "$SECRET_OF_TEST|$PWD"'], signal);
    delete process.env.SECRET_OF_TEST;
    expect(told).toMatchObject({ out: '|/\n' });
    const { workspace } = temporaryPlaces();
    chmodSync(put(join(workspace, 'git'), '#!/bin/sh\necho evil\n'), 0o755);
    const before = process.cwd();
    process.chdir(workspace);
    const relative = await createRunProgram('.:/usr/bin:/bin')('git', ['--version'], signal);
    process.chdir(before);
    expect(relative).toMatchObject({ out: expect.stringContaining('git version') });
  });

  it('ends a program that hangs when it is cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const started = performance.now();
    expect(await run('sleep', ['20'], controller.signal)).toMatchObject({ exitCode: -1 });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
