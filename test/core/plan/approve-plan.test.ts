import { describe, expect, it } from 'vitest';
import { approvePlan, checkApproval } from '../../../src/core/plan/approve-plan.ts';
import type {
  Finding,
  PlanRecord,
  Rehearsal,
  Risk,
  Step,
  StepState,
} from '../../../src/core/types.ts';

const NOW = new Date('2026-01-01T12:00:00.000Z');
const by = { by: 'ann', now: NOW, policyVersion: 'v1', level: 'standard' as const, cage: null };

const stepOf = (id: string, risk: Risk = 'low', ...dependsOn: string[]): Step => ({
  id,
  title: id,
  why: '',
  action: { kind: 'file.delete', path: id },
  risk,
  dependsOn,
  check: false,
  before: [],
  after: [],
  effects: { runs: [], writes: [], deletes: [], network: [], isReversible: true },
});

const recordOf = (
  steps: readonly Step[],
  more: {
    findings?: readonly Finding[];
    states?: readonly StepState[];
    rehearsal?: Rehearsal;
  } = {},
): PlanRecord => ({
  plan: {
    id: 'p1',
    goal: '',
    origin: { kind: 'file', text: '' },
    steps,
    open: [],
    hash: 'abcdef0123456789',
  },
  revision: 1,
  status: 'proposed',
  createdAt: '',
  updatedAt: '',
  findings: more.findings ?? [],
  steps: more.states ?? [],
  approval: null,
  rehearsal: more.rehearsal ?? null,
  history: [],
});

describe('approving', () => {
  it('takes all steps, and names the bytes, the rules, the person and the time', () => {
    const approved = approvePlan(recordOf([stepOf('a'), stepOf('b')]), {}, by);
    expect(approved).toEqual({
      ok: true,
      value: {
        plan: 'p1',
        planHash: 'abcdef0123456789',
        steps: ['a', 'b'],
        by: 'ann',
        at: '2026-01-01T12:00:00.000Z',
        expiresAt: '2026-01-01T13:00:00.000Z',
        policyVersion: 'v1',
        level: 'standard',
        isNamed: false,
        cage: null,
      },
    });
  });

  it('wants what is critical named', () => {
    const record = recordOf([stepOf('a'), stepOf('b', 'critical')]);
    expect(approvePlan(record, {}, by)).toMatchObject({ error: { code: 'needs-approval' } });
    expect(approvePlan(record, { steps: ['a', 'b'] }, by)).toMatchObject({
      value: { isNamed: true },
    });
  });

  it('refuses a step with an error, and any step of a plan that is wrong as a whole', () => {
    const error: Finding = { severity: 'error', code: 'denied', step: 'b', message: 'no' };
    const steps = [stepOf('a'), stepOf('b')];
    const record = recordOf(steps, { findings: [error] });
    expect(approvePlan(record, {}, by)).toMatchObject({ error: { code: 'denied' } });
    expect(approvePlan(record, { steps: ['a'] }, by)).toMatchObject({ ok: true });
    const { step: _, ...whole } = error;
    const broken = recordOf(steps, { findings: [whole] });
    expect(approvePlan(broken, { steps: ['a'] }, by)).toMatchObject({ ok: false });
  });

  it('counts what is done already as there, and leaves it out', () => {
    const steps = [stepOf('a'), stepOf('b', 'low', 'a')];
    const record = recordOf(steps, { states: [{ id: 'a', status: 'done' }] });
    expect(approvePlan(record, {}, by)).toMatchObject({ value: { steps: ['b'] } });
    expect(approvePlan(recordOf(steps), { steps: ['b'] }, by)).toMatchObject({
      error: { code: 'usage' },
    });
  });

  it('takes a rehearsal along that came out well, of nothing but the steps that are wanted', () => {
    const rehearsal = (ok: boolean, ...ids: string[]): Rehearsal => ({
      hash: 'seen',
      planHash: 'abcdef0123456789',
      at: '',
      ok,
      stamp: null,
      steps: ids.map((id) => ({ id, ok, rung: 'L3', ran: null, changes: [] })),
    });
    const given = (seen: Rehearsal, wanted: { steps?: readonly string[] } = {}) => {
      const record = recordOf([stepOf('a'), stepOf('b')], { rehearsal: seen });
      const approved = approvePlan(record, wanted, by);
      return approved.ok ? approved.value.rehearsal : approved.error.code;
    };
    expect(given(rehearsal(true, 'a', 'b'))).toBe('seen');
    expect(given(rehearsal(false, 'a', 'b'))).toBeUndefined();
    expect(given(rehearsal(true, 'a', 'b'), { steps: ['a'] })).toBeUndefined();
  });

  it('refuses a rehearsal that came after the look', () => {
    const step = { id: 'a', ok: true, rung: 'L3', ran: null, changes: [] } as const;
    const seen = { planHash: 'abcdef0123456789', at: '', ok: true, stamp: null, steps: [step] };
    const bare = recordOf([stepOf('a')]);
    const rehearsed = recordOf([stepOf('a')], { rehearsal: { hash: 'fedcba9876543210', ...seen } });
    const changed = { error: { code: 'changed' } };
    expect(approvePlan(bare, { rehearsal: 'none' }, by)).toMatchObject({ ok: true });
    expect(approvePlan(bare, { rehearsal: 'fedcba98' }, by)).toMatchObject(changed);
    expect(approvePlan(rehearsed, { rehearsal: 'fedcba98' }, by)).toMatchObject({ ok: true });
    expect(approvePlan(rehearsed, { rehearsal: 'none' }, by)).toMatchObject(changed);
  });

  it.each(['abcdef0', 'bbcdef0123456789', ''])('refuses the hash %j', (hash) => {
    expect(approvePlan(recordOf([stepOf('a')]), { hash }, by)).toMatchObject({
      error: { code: 'changed' },
    });
  });
});

describe('an approval', () => {
  const record = recordOf([stepOf('a')]);
  const given = approvePlan(record, {}, by);
  if (!given.ok) throw new Error('not approved');
  const check = (at: string, more: { hash?: string; policy?: string } = {}) =>
    checkApproval(
      { ...record.plan, hash: more.hash ?? record.plan.hash },
      given.value,
      new Date(at),
      more.policy ?? 'v1',
      'standard',
    );

  it('holds for an hour, and not when the clock was put back', () => {
    expect(check('2026-01-01T12:59:59Z')).toMatchObject({ ok: true });
    expect(check('2026-01-01T13:00:00Z')).toMatchObject({ error: { code: 'needs-approval' } });
    expect(check('2025-12-31T12:00:00Z')).toMatchObject({ error: { code: 'needs-approval' } });
  });

  it('is void for other bytes and under other rules', () => {
    const at = '2026-01-01T12:01:00Z';
    expect(check(at, { hash: 'f' })).toMatchObject({ error: { code: 'changed' } });
    expect(check(at, { policy: 'v2' })).toMatchObject({ error: { code: 'changed' } });
    expect(checkApproval(record.plan, given.value, new Date(at), 'v1', 'strict')).toMatchObject({
      error: { code: 'changed' },
    });
  });
});
