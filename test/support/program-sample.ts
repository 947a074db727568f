import type { ProgramUse } from '../../src/core/types.ts';

const MB = 1024 * 1024;

/** A program in the middle of its work. */
export const PROGRAM: ProgramUse = {
  id: 'p1',
  what: 'plan 7f3a, step 3',
  argv: ['npm', 'test', '--', 'the cart'],
  rung: 'L3',
  pid: 4711,
  startedAt: '2026-01-31T12:00:00.000Z',
  tookMs: 12_400,
  cpuMs: 9_000,
  memoryBytes: 340 * MB,
  processes: 6,
  openFiles: 21,
  limits: {
    wallMs: 300_000,
    cpuMs: 600_000,
    memoryBytes: 2048 * MB,
    fileBytes: 10 * MB,
    diskBytes: 2048 * MB,
    processes: 256,
    openFiles: 100,
    outputBytes: 1_000_000,
  },
};
