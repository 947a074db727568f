import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { capWords } from '../../../../src/adapters/processes/limits/cap-words.ts';
import { canCap, TIGHT } from '../../../support/limit-lab.ts';

const pidMax = () => readFileSync('/proc/sys/kernel/pid_max', 'utf8');
const capped = (script: string, ...words: readonly string[]) =>
  spawnSync(
    'unshare',
    ['-rpf', '--mount-proc', ...capWords(TIGHT), 'sh', '-c', script, 'sh', ...words],
    { encoding: 'utf8', timeout: 20_000 },
  );

it.skipIf(!canCap)('a namespace gives no more numbers than were said, and only it', () => {
  const before = pidMax();
  expect(capped('cat /proc/sys/kernel/pid_max').stdout).toBe('620\n');
  expect(pidMax()).toBe(before);
});

it.skipIf(!canCap)('who needs more is refused, root as well', () => {
  const many = 'i=0; while [ $i -lt 2000 ]; do sleep 5 & i=$((i+1)); done; echo all';
  const { stdout, stderr } = capped(many);
  expect(stdout).toBe('');
  expect(stderr).toContain('Cannot fork');
});

it.skipIf(!canCap)('words and exit codes pass as they are', () => {
  const words = ['a b', '$HOME', '', '--', '*'];
  const { stdout, status } = capped('printf "[%s]" "$@"; exit 7', ...words);
  expect(stdout).toBe(words.map((word) => `[${word}]`).join(''));
  expect(status).toBe(7);
});

it('an older kernel has one number for the whole machine, which nobody touches', () => {
  expect(capWords(TIGHT, '6.13.9-arch1')).toEqual([]);
  expect(capWords(TIGHT, '5.15.0-89-generic')).toEqual([]);
  expect(capWords(TIGHT, '6.14.0')).not.toEqual([]);
});
