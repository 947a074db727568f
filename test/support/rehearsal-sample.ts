import type { CheckpointEntry, Image, PlanRecord, RehearsedStep } from '../../src/core/types.ts';
import { recordOf, reviewOf, stepOf } from './memory-review.ts';
import { SAMPLE } from './review-sample.ts';

const fileAt = (path: string, hash: string, mode = 0o644): Image => ({
  ...{ path, kind: 'file', hash, size: 12, mode },
});
const nothingAt = (path: string): Image => ({ path, kind: 'absent' });

/** One change that a diff tells, and one of every kind that none does. */
export const CHANGES: readonly CheckpointEntry[] = [
  { before: fileAt('src/cart.ts', 'a'), after: fileAt('src/cart.ts', 'b') },
  { before: nothingAt('dist'), after: { path: 'dist', kind: 'folder', mode: 0o755 } },
  { before: nothingAt('dist/run.sh'), after: fileAt('dist/run.sh', 'c', 0o755) },
  { before: nothingAt('latest'), after: { path: 'latest', kind: 'link', target: 'dist' } },
  { before: fileAt('logo.png', 'd'), after: fileAt('logo.png', 'e') },
  { before: fileAt('tool', 'f'), after: fileAt('tool', 'f', 0o755) },
];
export const REVIEWS = {
  4: [
    reviewOf('src/cart.ts', 'a\nb\nc\n', 'a\nB\nc\n'),
    reviewOf('dist/run.sh', null, '#!/bin/sh\n'),
    reviewOf('logo.png', { base64: 'AA==' }, { base64: 'AAA=' }),
  ],
};

const SAID = Array.from({ length: 40 }, (_, at) => `line ${at}\n`).join('');
const RAN = { exitCode: 0, signal: null, limits: [], tookMs: 1834, stdout: SAID, stderr: '' };

const fileStep = (id: string): RehearsedStep => ({
  ...{ id, ok: true, rung: 'L3', ran: null, changes: [] },
});
export const programStep = (
  id: string,
  more: Partial<RehearsedStep> & { readonly end?: Partial<NonNullable<RehearsedStep['ran']>> } = {},
): RehearsedStep => {
  const { end = {}, ...rest } = more;
  return { id, ok: true, rung: 'L3', ran: { ...RAN, ...end }, changes: [], ...rest };
};

export const STEPS = [
  ...SAMPLE.plan.steps,
  stepOf('4', { kind: 'shell.run', argv: ['npm', 'run', 'format'] }, { risk: 'medium' }),
];

/** The sample with a program that changes files, rehearsed: the check changed a file too. */
export const rehearsedSample = (
  steps: readonly RehearsedStep[] = [
    programStep('3', { changes: CHANGES.slice(0, 1) }),
    programStep('4', { changes: CHANGES, end: { stderr: 'warn: old\n' } }),
  ],
): PlanRecord => recordOf(STEPS, { rehearsed: [fileStep('1'), fileStep('2'), ...steps] });

/** The check failed, so what comes after it was not reached. */
export const FAILED: PlanRecord = rehearsedSample([
  programStep('3', {
    ok: false,
    changes: CHANGES.slice(0, 1),
    end: { exitCode: 1, stderr: 'expected 10.01, got 10.00\n' },
    error: { code: 'failed', message: 'Step 3 ended with exit 1.' },
  }),
  {
    ...{ id: '4', ok: false, rung: 'L3', ran: null, changes: [] },
    error: { code: 'cancelled', message: 'It was not reached.' },
  },
]);
