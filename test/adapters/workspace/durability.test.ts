import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleProgram } from '../../support/bundle-program.ts';
import { newWorkspaceLab, TAG } from '../../support/workspace-lab.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;

describe.skipIf(!hasStrace)('a change, as the system sees it (strace)', () => {
  it('is on the disk before it has its name, and each folder once at the end', () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('a'));
    lab.write('a/old', 'old');
    const paths = ['a/old', 'a/new', 'top'];
    const log = join(lab.root, 'strace.log');
    const trace = ['-f', '-qq', '-y', '-s', '300', '-o', log];
    const calls = ['-e', 'trace=fsync,rename,link,unlink'];
    const args = [process.execPath, bundleProgram('hands'), lab.workspace, TAG, 'x', '1', ...paths];
    expect(spawnSync('strace', [...trace, ...calls, ...args]).status).toBe(0);
    const seen = readFileSync(log, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, call = '', rest = ''] = /\d+\s+(\w+)\((.*)\)/.exec(line) ?? [];
        return call === '' ? [] : [`${call} ${shorten(rest, lab.workspace)}`];
      });
    expect(seen).toEqual([
      'fsync <a/1.tmp>',
      'link old 2.tmp',
      'rename 1.tmp old',
      'unlink 2.tmp',
      'fsync <a/3.tmp>',
      'link 3.tmp new',
      'unlink 3.tmp',
      'fsync <4.tmp>',
      'link 4.tmp top',
      'unlink 4.tmp',
      'fsync <a>',
      'fsync <>',
    ]);
  });
});

const shorten = (text: string, workspace: string): string =>
  text
    .replaceAll(`.${TAG}-`, '')
    .replaceAll('.tinycode-tmp', '.tmp')
    .replaceAll(/^\d+</g, '<')
    .replaceAll(`<${workspace}`, '<')
    .replaceAll('</', '<')
    .replaceAll(/"\/proc\/self\/fd\/\d+\/([^"]*)"/g, '$1')
    .replaceAll(',', '');
