import { describe, expect, it } from 'vitest';
import { nameLimits, type SeenEnd } from '../../../../src/adapters/processes/limits/name-limits.ts';
import type { RunLimits } from '../../../../src/core/types.ts';
import { canCage, hasProgram, LIMITS, MB, runLimited, TIGHT } from '../../../support/limit-lab.ts';

/** The limits that are named once a program has ended under them. */
async function namesOf(argv: readonly string[], limits: RunLimits, isGrouped = false) {
  const ran = await runLimited(argv, { limits, isGrouped });
  const ended = new Set(ran.told.map(({ name }) => name));
  return nameLimits({ ...ran, limits, ended, droppedBytes: 0, biggestFile: 0 });
}

const PEAK = {
  pid: 1,
  tookMs: 100,
  cpuMs: 10,
  memoryBytes: 10 * MB,
  processes: 1,
  openFiles: 5,
  tasks: 1,
  dataBytes: 10 * MB,
};
/** A program that failed without having run into anything. */
const FAILED: SeenEnd = {
  limits: LIMITS,
  exitCode: 1,
  signal: null,
  output: '',
  droppedBytes: 0,
  ended: new Set(),
  refused: [],
  peak: PEAK,
  biggestFile: 0,
};
const named = (more: Partial<SeenEnd>) => nameLimits({ ...FAILED, ...more });

type Cases = readonly (readonly [who: string, argv: readonly string[]])[];

const node = (script: string) => ['node', '-e', `const fs = require('node:fs'); ${script}`];
const python = (script: string) => ['python3', '-c', script];

const FILE_BOMBS: Cases = [
  ['a shell', ['sh', '-c', 'yes > /tmp/endless']],
  ['a shell in a shell', ['sh', '-c', 'sh -c "yes > /tmp/endless"']],
  [
    'Node',
    node('const f = fs.openSync("/tmp/a", "w"); for (;;) fs.writeSync(f, "x".repeat(9999))'),
  ],
  ['Python', python('open("/tmp/endless", "wb").write(bytes(20000000))')],
];
const HOGS: Cases = [
  ['a program', ['tail', '-n', '1', '/dev/zero']],
  ['a shell', ['bash', '-c', 'x=x; while :; do x=$x$x; done']],
  ['Node', node('const a = []; for (;;) a.push(Buffer.alloc(1 << 20, 1))')],
  ['Python', python('a = bytes(1000000000)')],
];
const OPENERS: Cases = [
  ['Node', node('for (;;) fs.openSync("/dev/null")')],
  ['Python', python('a = [open("/dev/null") for i in range(999)]')],
];

/** From version 24 on Node reserves half a gigabyte before it begins. */
const memoryFor = (who: string): number => (who === 'Node' ? 768 : 128) * MB;

describe.skipIf(!canCage)('the limits that a program ran into', () => {
  for (const [who, argv] of FILE_BOMBS) {
    it.skipIf(!hasProgram(argv[0]))(`are the size of a file: ${who}`, async () => {
      const limits = { ...TIGHT, fileBytes: MB, memoryBytes: memoryFor(who) };
      expect(await namesOf(argv, limits)).toEqual(['file-size']);
    });
  }

  for (const [who, argv] of HOGS) {
    it.skipIf(!hasProgram(argv[0]))(`are memory: ${who}`, async () => {
      expect(await namesOf(argv, { ...TIGHT, memoryBytes: memoryFor(who) })).toEqual(['memory']);
    });
  }

  for (const [who, argv] of OPENERS) {
    it.skipIf(!hasProgram(argv[0]))(`are open files: ${who}`, async () => {
      expect(await namesOf(argv, { ...TIGHT, memoryBytes: memoryFor(who) })).toEqual([
        'open-files',
      ]);
    });
  }

  it('are processes, CPU and memory where the watcher or a group says so', async () => {
    const bomb = ['sh', '-c', 'bomb() { bomb | bomb & }; bomb; sleep 20'];
    expect(await namesOf(bomb, TIGHT, true)).toEqual(['processes']);
    const burner = ['sh', '-c', '(while :; do :; done) & while :; do :; done'];
    expect(await namesOf(burner, { ...TIGHT, cpuMs: 500 })).toEqual(['cpu']);
    const hog = '(head -c 40000000 /dev/zero; sleep 9) | tail > /dev/null';
    const hogs = ['sh', '-c', `for i in 1 2 3 4 5; do ${hog} & done; wait`];
    expect(await namesOf(hogs, TIGHT)).toEqual(['memory']);
    expect(await namesOf(hogs, TIGHT, true)).toEqual(['memory']);
  });

  it('are none where it just failed', async () => {
    expect(await namesOf(['sh', '-c', 'echo no; exit 1'], TIGHT)).toEqual([]);
    expect(await namesOf(['sh', '-c', 'kill -9 $$'], TIGHT)).toEqual([]);
  });
});

describe('what only looks like a limit', () => {
  it('is none: the words of a test about it', () => {
    expect(named({ output: 'expected status 413, got 200: file too large' })).toEqual([]);
    expect(named({ output: 'simulated: out of memory' })).toEqual([]);
    expect(named({ output: 'read EAGAIN; Resource temporarily unavailable' })).toEqual([]);
    expect(named({ exitCode: 0, output: 'handles EMFILE ✓ handles ENOMEM ✓ EFBIG ✓' })).toEqual([]);
  });

  it('is none: a program that used all of it, and ended well', () => {
    expect(named({ exitCode: 0, biggestFile: LIMITS.fileBytes })).toEqual([]);
    expect(named({ exitCode: 0, peak: { ...PEAK, openFiles: 100, tasks: 1220 } })).toEqual([]);
  });

  it('is none: a heap that was given a limit of its own', () => {
    const output =
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    const peak = { ...PEAK, tookMs: 4000, memoryBytes: 90 * MB, dataBytes: 200 * MB };
    expect(named({ exitCode: 134, output, peak })).toEqual([]);
    expect(named({ exitCode: 134, output, peak: { ...peak, dataBytes: 1900 * MB } })).toEqual([
      'memory',
    ]);
  });

  it('is one where a program had not even begun', () => {
    const output = '# Fatal process out of memory: Failed to reserve virtual memory for CodeRange';
    expect(named({ exitCode: 133, output })).toEqual(['memory']);
  });

  it('is one where a number fits the words', () => {
    const output = 'java.lang.OutOfMemoryError: unable to create native thread';
    expect(named({ output, peak: { ...PEAK, tasks: 1220 } })).toEqual(['processes']);
    const full = { ...PEAK, dataBytes: 2000 * MB };
    expect(named({ exitCode: 139, peak: full })).toEqual(['memory']);
    expect(named({ exitCode: 1, peak: full })).toEqual([]);
    const many = { ...PEAK, openFiles: 99 };
    expect(named({ exitCode: 0, output: 'EMFILE', peak: many })).toEqual(['open-files']);
    expect(named({ biggestFile: LIMITS.fileBytes })).toEqual(['file-size']);
    const cut = { exitCode: 0, output: 'File size limit exceeded', biggestFile: LIMITS.fileBytes };
    expect(named(cut)).toEqual(['file-size']);
  });

  it('is told apart from what ended it, in the order in which limits are listed', () => {
    const ended = new Set(['disk', 'time'] as const);
    expect(named({ ended, droppedBytes: 5, signal: 'SIGXCPU' })).toEqual([
      'time',
      'cpu',
      'disk',
      'output',
    ]);
  });
});
