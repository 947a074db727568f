import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type LimitTools,
  limitWords,
  lookForLimitTools,
} from '../../../../src/adapters/processes/limits/prlimit-words.ts';
import type { RunLimits } from '../../../../src/core/types.ts';
import { temporaryFolder } from '../../../support/files.ts';
import {
  canCageOrdinary,
  hasProgram,
  LIMITS,
  MB,
  ORDINARY_CAGE,
  tools,
} from '../../../support/limit-lab.ts';
import { put } from '../../../support/temporary-places.ts';

const SMALL: RunLimits = { ...LIMITS, memoryBytes: 64 * MB, fileBytes: MB, openFiles: 40 };
const shell: LimitTools = { ...tools, prlimit: null };

function run(argv: readonly string[], limits: RunLimits, using: LimitTools, hasOwnUsers = false) {
  const [program = '', ...words] = [...limitWords(limits, using, { hasOwnUsers }), ...argv];
  return spawnSync(program, words, { encoding: 'utf8', timeout: 20_000 });
}

/** The hard limits of a program, as the kernel shows them to itself. */
function limitsOf(using: LimitTools, limits: RunLimits, hasOwnUsers: boolean) {
  const { stdout } = run(['cat', '/proc/self/limits'], limits, using, hasOwnUsers);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s{2,}/));
  return Object.fromEntries(rows.map(([name, soft, hard]) => [name, [soft, hard]]));
}

describe.skipIf(tools.prlimit === null)('limits by prlimit', () => holds(tools));
describe.skipIf(process.platform !== 'linux')('limits by a shell', () => holds(shell));

function holds(using: LimitTools): void {
  it('are what the kernel then holds, and no program can raise them again', () => {
    const found = limitsOf(using, { ...SMALL, cpuMs: 5000, processes: 10 }, true);
    expect(found).toMatchObject({
      'Max cpu time': ['7', '7'],
      'Max file size': [`${MB}`, `${MB}`],
      'Max data size': [`${64 * MB}`, `${64 * MB}`],
      'Max core file size': ['0', '0'],
      'Max open files': ['40', '40'],
      'Max address space': ['unlimited', 'unlimited'],
    });
    if (using.countsApart) expect(found['Max processes']).toEqual(['240', '240']);
  });

  it('do not count what else the user runs where a program has no users of its own', () => {
    const { 'Max processes': before } = limitsOf({ ...using, countsApart: false }, SMALL, true);
    expect(limitsOf(using, SMALL, false)['Max processes']).toEqual(before);
    expect(before?.[0]).not.toBe('240');
  });

  it('pass words on as they are, with the exit code', () => {
    const words = ['a b', '$HOME', '', '--', '*'];
    const { stdout } = run(['printf', '[%s]', ...words], SMALL, using);
    expect(stdout).toBe(words.map((word) => `[${word}]`).join(''));
    expect(run(['sh', '-c', 'exit 7'], SMALL, using).status).toBe(7);
  });

  it('end an endless file', () => {
    const path = join(temporaryFolder(), 'endless');
    const { status } = run(['sh', '-c', 'yes > "$1"', 'sh', path], SMALL, using);
    expect(status).toBe(153);
    expect(statSync(path).size).toBe(MB);
  });

  it('refuse more open files', () => {
    const script = `const { openSync } = require('node:fs');
      let opened = 0;
      try { for (;;) { openSync('/dev/null'); opened++; } } catch ({ code }) { console.log(opened, code); }`;
    const roomy = { ...SMALL, memoryBytes: 768 * MB };
    const [opened, code] = run(['node', '-e', script], roomy, using).stdout.trim().split(' ');
    expect(code).toBe('EMFILE');
    expect(Number(opened)).toBeLessThan(40);
  });

  it('refuse more memory', () => {
    const { status, stderr } = run(['sh', '-c', 'exec tail -n 1 /dev/zero'], SMALL, using);
    expect(status).toBe(1);
    expect(stderr).toMatch(/memory exhausted|[Cc]annot allocate/);
  });

  it('end a process that burns its time while nobody watches', () => {
    const limits = { ...SMALL, cpuMs: -1000 };
    expect(run(['sh', '-c', 'while :; do :; done'], limits, using).signal).toMatch(
      /SIGXCPU|SIGKILL/,
    );
  });
}

describe('limits', () => {
  it('stay below what this user may have, as a higher one would be refused as a whole', () => {
    const poor = { ...tools, ceilings: { 'Max open files': 32, 'Max data size': 32 * MB } };
    const found = limitsOf(poor, SMALL, false);
    expect(found['Max open files']).toEqual(['32', '32']);
    expect(found['Max data size']).toEqual([`${32 * MB}`, `${32 * MB}`]);
  });

  it('are set with the prlimit of the system, and with none that the folder has planted', () => {
    const folder = temporaryFolder();
    put(join(folder, 'prlimit'), '#!/bin/sh\nexec echo planted\n');
    expect(lookForLimitTools(`.:node_modules/.bin:${folder}`).prlimit).toBe(tools.prlimit);
  });

  it.skipIf(!canCageOrdinary || !tools.countsApart)(
    'count processes for the namespace, but never those of root',
    () => {
      const script = 'i=0; while [ $i -lt 400 ]; do sleep 9 & i=$((i+1)); done; echo all';
      const limits = { ...LIMITS, processes: 10 };
      const words = limitWords(limits, tools, { hasOwnUsers: true });
      const [program = '', ...rest] = [...ORDINARY_CAGE, '--', ...words, 'sh', '-c', script];
      const { stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', timeout: 20_000 });
      expect(stdout).toBe('');
      expect(stderr).toContain('Cannot fork');
    },
  );
});

const JAVA = 'public class A { public static void main(String[] a) { System.out.print("up"); } }';
const GO = 'package main\n\nimport "os"\n\nfunc main() { os.Stdout.WriteString("up") }\n';

describe('under the limits that hold where nobody says anything', () => {
  it('Node starts, with WebAssembly and a worker', () => {
    const script = `const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
      new WebAssembly.Instance(new WebAssembly.Module(bytes));
      new WebAssembly.Memory({ initial: 1, maximum: 65536 });
      const { Worker } = require('node:worker_threads');
      new Worker('process.stdout.write("up")', { eval: true });`;
    expect(run(['node', '-e', script], LIMITS, tools)).toMatchObject({ status: 0, stdout: 'up' });
  });

  it.skipIf(!hasProgram('java'))('Java starts', () => {
    const path = put(join(temporaryFolder(), 'A.java'), JAVA);
    expect(run(['java', path], LIMITS, tools)).toMatchObject({ status: 0, stdout: 'up' });
  });

  // What Go keeps of its own library when it first builds is larger than a file may be.
  it.skipIf(!hasProgram('go'))('a program of Go starts', () => {
    const folder = temporaryFolder();
    const path = put(join(folder, 'main.go'), GO);
    const program = join(folder, 'main');
    execFileSync('go', ['build', '-o', program, path], { cwd: folder });
    expect(run([program], LIMITS, tools)).toMatchObject({ status: 0, stdout: 'up' });
  });
});
