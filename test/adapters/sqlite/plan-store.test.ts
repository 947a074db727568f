import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLasting } from '../../../src/adapters/sqlite/lasting-database.ts';
import type { Plan, PlanStatus, Rehearsal } from '../../../src/core/types.ts';
import { must } from '../../support/audit-lab.ts';
import { approvalOf, newPlanLab, planOf } from '../../support/plan-lab.ts';
import { startProgram } from '../../support/start-program.ts';

const ADA = { by: 'ada' };
const failure = (code: string) => ({ ok: false, error: { code } });

/** A store with the plan p-1 in it. */
function newStore() {
  const lab = newPlanLab();
  const store = lab.open();
  const plan = planOf('p-1');
  must(store.keep(plan, [], ADA, null));
  const statesOf = (status: 'waiting' | 'done') =>
    plan.steps.map(({ id }) => ({ id, status }) as const);
  const run = () => {
    must(store.approve(approvalOf(plan)));
    must(store.use(approvalOf(plan)));
    must(store.setStatus('p-1', 'running', []));
  };
  return { ...lab, store, plan, statesOf, run };
}

function tamper(path: string, sql: string): void {
  const db = openLasting(path, {});
  db.exec(sql);
  db.close();
}

describe('the plan store, where nothing was kept', () => {
  it('has no plans, and creates nothing by looking', () => {
    const { path, open } = newPlanLab();
    const store = open();
    expect(store.list()).toEqual({ ok: true, value: [] });
    expect(store.find('p')).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: expect.stringContaining('plans') },
    });
    expect(store.find('latest')).toMatchObject({ error: { message: 'There is no plan yet.' } });
    expect(store.revision('p', 'ab')).toMatchObject(failure('not-found'));
    store.close();
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('has none either where a killed process left an empty file, and takes its first', () => {
    const { path, open } = newPlanLab();
    mkdirSync(dirname(path));
    writeFileSync(path, '');
    expect(open().list()).toEqual({ ok: true, value: [] });
    must(open().keep(planOf('p-1'), [], ADA, null));
    expect(must(open().list())).toHaveLength(1);
  });
});

describe('keeping a plan', () => {
  it('gives it back as it was, to another process too', () => {
    const { store, plan, open } = newStore();
    const finding = { severity: 'warn', code: 'x', message: 'Look twice.' } as const;
    const odd = planOf('p-2', 'Grüße \0 \ud800 \u2028 "quoted"');
    const kept = must(store.keep(odd, [finding], { by: 'ada', reason: 'asked' }, null));
    expect(open().find('p-2')).toEqual({ ok: true, value: kept });
    expect(kept).toMatchObject({
      plan: odd,
      revision: 1,
      status: 'proposed',
      findings: [finding],
      steps: [
        { id: 's1', status: 'waiting' },
        { id: 's2', status: 'waiting' },
      ],
      approval: null,
      history: [{ by: 'ada', what: 'proposed', hash: odd.hash, reason: 'asked' }],
    });
    expect(open().revision('p-1', plan.hash)).toEqual({ ok: true, value: plan });
  });

  it('refuses a second plan of the same name', () => {
    const { store, plan } = newStore();
    expect(store.keep(plan, [], ADA, null)).toMatchObject(failure('changed'));
  });

  it('refuses a plan in which a step could be taken for another', () => {
    const { store } = newStore();
    const plan = planOf('p-2');
    const twice = { ...plan, steps: [...plan.steps, ...plan.steps] };
    expect(store.keep(twice, [], ADA, null)).toMatchObject(failure('invalid'));
    expect(must(store.list()).map(({ id }) => id)).toEqual(['p-1']);
  });

  it('amends only what still is the newest revision, and keeps the older ones', () => {
    const { store, plan, open } = newStore();
    const second = planOf('p-1', 'Rename two files', 3);
    const kept = must(store.keep(second, [], { by: 'bob', reason: 'more' }, plan.hash));
    expect(kept).toMatchObject({ revision: 2, status: 'proposed' });
    expect(kept.steps).toHaveLength(3);
    const third = planOf('p-1', 'Rename three files');
    expect(store.keep(third, [], ADA, plan.hash)).toMatchObject(failure('changed'));
    expect(store.keep(planOf('p-9'), [], ADA, plan.hash)).toMatchObject(failure('not-found'));
    expect(must(open().find('p-1'))).toEqual(kept);
    expect(open().revision('p-1', plan.hash)).toEqual({ ok: true, value: plan });
    expect(kept.history.map(({ what }) => what)).toEqual(['proposed', 'amended']);
  });

  it('voids an approval by an amendment', () => {
    const { store, plan } = newStore();
    must(store.approve(approvalOf(plan)));
    must(store.keep(planOf('p-1', 'Something else'), [], ADA, plan.hash));
    expect(store.find('p-1')).toMatchObject({ value: { status: 'proposed', approval: null } });
    expect(store.use(approvalOf(plan))).toMatchObject(failure('needs-approval'));
  });

  it('does not amend a plan that runs', () => {
    const { store, plan, run } = newStore();
    run();
    expect(store.keep(planOf('p-1', 'Other'), [], ADA, plan.hash)).toMatchObject(failure('busy'));
    expect(must(store.find('p-1')).revision).toBe(1);
  });
});

describe('finding a plan', () => {
  it('takes an unambiguous beginning, and names the candidates of another', () => {
    const { store } = newStore();
    must(store.keep(planOf('p-12'), [], ADA, null));
    must(store.keep(planOf('q%_1'), [], ADA, null));
    expect(must(store.find('q')).plan.id).toBe('q%_1');
    expect(must(store.find('p-1')).plan.id).toBe('p-1');
    expect(store.find('p')).toMatchObject({
      ok: false,
      error: { code: 'usage', hint: expect.stringContaining('p-1, p-12') },
    });
    for (const id of ['', '%', 'P', 'x'])
      expect(store.find(id)).toMatchObject(failure('not-found'));
  });

  it('lists the newest first, and calls it latest, whatever the clock said', () => {
    const { store } = newStore();
    must(store.keep(planOf('a-2', 'Later'), [], ADA, null));
    must(store.note('p-1', 'proposed', { by: 'ada', reason: 'seen again' }));
    expect(must(store.list()).map(({ id }) => id)).toEqual(['a-2', 'p-1']);
    expect(must(store.list())[0]).toMatchObject({ goal: 'Later', status: 'proposed', steps: 2 });
    expect(must(store.find('latest')).plan.id).toBe('a-2');
  });

  it('finds a revision by the beginning of its hash', () => {
    const { store, plan } = newStore();
    const second = planOf('p-1', 'Other');
    must(store.keep(second, [], ADA, plan.hash));
    must(store.keep(plan, [], ADA, second.hash));
    expect(must(store.revision('latest', plan.hash.slice(0, 12)))).toEqual(plan);
    expect(must(store.revision('p', second.hash.slice(0, 12)))).toEqual(second);
    expect(store.revision('p-1', 'none')).toMatchObject(failure('not-found'));
    expect(store.revision('p-1', '')).toMatchObject(failure('not-found'));
  });

  it('says which revisions begin alike', () => {
    const { store, plan } = newStore();
    must(store.keep({ ...plan, hash: `${plan.hash.slice(0, 8)}zz` }, [], ADA, plan.hash));
    expect(store.revision('p-1', plan.hash.slice(0, 8))).toMatchObject(failure('usage'));
  });
});

describe('an approval', () => {
  it('is kept for the newest revision only', () => {
    const { store, plan } = newStore();
    const second = planOf('p-1', 'Other');
    must(store.keep(second, [], ADA, plan.hash));
    expect(store.approve(approvalOf(plan))).toMatchObject(failure('changed'));
    expect(must(store.find('p-1')).approval).toBeNull();
    must(store.approve(approvalOf(second), 'looks right'));
    expect(must(store.find('p-1'))).toMatchObject({
      status: 'approved',
      approval: approvalOf(second),
      history: [{}, {}, { what: 'approved', by: 'ada', reason: 'looks right' }],
    });
    expect(store.approve(approvalOf(planOf('p-9')))).toMatchObject(failure('not-found'));
  });

  it.each([
    ['proposed', true],
    ['approved', true],
    ['failed', true],
    ['cancelled', true],
    ['interrupted', true],
    ['rolled-back', true],
    ['running', false],
    ['done', true],
    ['rejected', false],
  ] as const)('of a plan that is %s is taken: %s', (status: PlanStatus, isTaken) => {
    const { store, plan } = newStore();
    must(store.approve(approvalOf(plan)));
    must(store.setStatus('p-1', status, []));
    expect(store.approve(approvalOf(plan))).toMatchObject(
      isTaken ? { ok: true } : failure('changed'),
    );
  });

  it('serves once, and only as it was given', () => {
    const { store, plan } = newStore();
    const approval = approvalOf(plan);
    must(store.approve(approval));
    const wider = { ...approval, steps: [...approval.steps, 's3'] };
    const later = { ...approval, expiresAt: '2027-01-01T00:00:00.000Z' };
    for (const other of [wider, later, { ...approval, planHash: 'ff' }]) {
      expect(store.use(other)).toMatchObject(failure('needs-approval'));
    }
    const reordered = Object.fromEntries(Object.entries(approval).reverse()) as typeof approval;
    must(store.use(reordered));
    expect(store.use(approval)).toMatchObject(failure('needs-approval'));
    expect(must(store.find('p-1')).approval).toBeNull();
  });

  it('serves one of two processes', async () => {
    const { path, store } = newStore();
    const ids = Array.from({ length: 60 }, (_, number) => `q-${number + 100}`);
    for (const id of ids) {
      must(store.keep(planOf(id), [], ADA, null));
      must(store.approve(approvalOf(planOf(id))));
    }
    const start = startProgram('approval-user-program.ts');
    const at = String(Date.now() + 1500);
    const users = [start([path, at]), start([path, at])];
    await Promise.all(users.map(({ ended }) => ended));
    const lines = users.flatMap((user) => user.lines());
    expect(lines).toHaveLength(2 * ids.length);
    const used = lines.filter((line) => line.startsWith('used ')).map((line) => line.slice(5));
    expect(used.toSorted()).toEqual(ids);
    const refused = lines.filter((line) => line.startsWith('needs-approval '));
    expect(refused).toHaveLength(ids.length);
  });

  it('does not outlive that its plan is approved', () => {
    const { store, plan, statesOf } = newStore();
    must(store.approve(approvalOf(plan)));
    must(store.note('p-1', 'rejected', { by: 'bob', reason: 'not so' }));
    expect(must(store.find('p-1'))).toMatchObject({ status: 'rejected', approval: null });
    expect(store.use(approvalOf(plan))).toMatchObject(failure('needs-approval'));
    const other = newStore();
    must(other.store.approve(approvalOf(plan)));
    must(other.store.setStatus('p-1', 'cancelled', statesOf('waiting')));
    expect(other.store.use(approvalOf(plan))).toMatchObject(failure('needs-approval'));
  });
});

describe('what comes of a plan', () => {
  it('is kept step by step, with a line of history where its status changes', () => {
    const { store, run, open } = newStore();
    run();
    const states = [
      { id: 's1', status: 'done', checkpoint: 7, exitCode: 0 },
      { id: 's2', status: 'failed', error: { code: 'timeout', message: 'Too slow.' } },
    ] as const;
    must(store.setStatus('p-1', 'running', states));
    must(store.setStatus('p-1', 'failed', states));
    const { status, steps, history } = must(open().find('p-1'));
    expect({ status, steps }).toEqual({ status: 'failed', steps: states });
    const happened = ['proposed', 'approved', 'running', 'failed'];
    expect(history.map(({ what }) => what)).toEqual(happened);
    must(store.setStatus('p-1', 'interrupted', [{ id: 's2', status: 'waiting' }]));
    expect(must(open().find('p-1')).steps).toEqual([states[0], { id: 's2', status: 'waiting' }]);
    must(store.setStatus('p-1', 'failed', []));
    expect(must(store.list())[0]?.status).toBe('failed');
  });

  it('is refused for a step that the newest revision does not have', () => {
    const { store, run, open } = newStore();
    run();
    const states = ['s2', 's3'].map((id) => ({ id, status: 'done' }) as const);
    expect(store.setStatus('p-1', 'done', states)).toMatchObject(failure('changed'));
    expect(store.setStatus('p-9', 'cancelled', [])).toMatchObject(failure('not-found'));
    const { status, steps } = must(open().find('p-1'));
    expect([status, ...steps.map((step) => step.status)]).toEqual([
      'running',
      'waiting',
      'waiting',
    ]);
  });

  it('does not begin where nobody has approved it, or what was approved was amended since', () => {
    const { store, plan, statesOf } = newStore();
    const start = () => store.setStatus('p-1', 'running', statesOf('waiting'));
    expect(start()).toMatchObject(failure('changed'));
    must(store.approve(approvalOf(plan)));
    must(store.use(approvalOf(plan)));
    must(store.keep(planOf('p-1', 'Slipped in'), [], ADA, plan.hash));
    expect(start()).toMatchObject(failure('changed'));
    must(store.note('p-1', 'rejected', ADA));
    expect(start()).toMatchObject(failure('changed'));
    expect(must(store.find('p-1')).status).toBe('rejected');
  });

  it('does not take a rejection while it runs, or when it is done', () => {
    const { store, statesOf, run } = newStore();
    run();
    expect(store.note('p-1', 'rejected', ADA)).toMatchObject(failure('busy'));
    must(store.setStatus('p-1', 'done', statesOf('done')));
    expect(store.note('p-1', 'rejected', ADA)).toMatchObject(failure('changed'));
    must(store.note('p-1', 'rolled-back', { by: 'ada', reason: 'half of it' }));
    expect(must(store.find('p-1')).status).toBe('done');
  });

  it('goes with the plan when it is dropped, but not while it runs', () => {
    const { store, path, run } = newStore();
    const secret = 'a-secret-that-nobody-else-says';
    must(store.keep(planOf('p-2', secret), [], { by: 'ada', reason: secret }, null));
    run();
    expect(store.drop('p-1')).toMatchObject(failure('busy'));
    must(store.drop('p-2'));
    expect(store.drop('p-2')).toMatchObject(failure('not-found'));
    expect(must(store.list()).map(({ id }) => id)).toEqual(['p-1']);
    const folder = dirname(path);
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(bytes.filter((text) => text.includes(secret))).toEqual([]);
  });
});

describe('a large plan', () => {
  it('of ten thousand steps is kept, run and given back', () => {
    const { store, open } = newEmptyStore();
    const plan = planOf('big', 'Many', 10_000);
    must(store.keep(plan, [], ADA, null));
    const states = plan.steps.map(({ id }) => ({ id, status: 'done' }) as const);
    must(store.setStatus('big', 'done', states));
    const found = must(open().find('big'));
    expect(found.steps).toEqual(states);
    expect(found.plan).toEqual(plan);
    expect(must(store.list())[0]?.steps).toBe(10_000);
  });

  it('of many megabytes is given back, is not read for a list, and leaves its room', () => {
    const { store, path, open } = newEmptyStore();
    const [step] = planOf('x').steps;
    if (step === undefined) throw new Error('no step');
    const action = { kind: 'file.write', path: 'a', content: 'x'.repeat(10_000_000) } as const;
    const plan = { ...planOf('big'), steps: [{ ...step, action }] };
    must(store.keep(plan, [], ADA, null));
    expect(must(open().find('big')).plan).toEqual(plan);
    // A list that parsed or even fetched the document would stumble over this one.
    tamper(path, "UPDATE revisions SET document = 'not JSON'");
    expect(must(open().list())).toHaveLength(1);
    must(store.drop('big'));
    expect(statSync(path).size).toBeLessThan(200_000);
  });
});

const newEmptyStore = () => {
  const lab = newPlanLab();
  return { ...lab, store: lab.open() };
};

describe('a damaged store', () => {
  it.each([
    ['a document that is no JSON', 'UPDATE revisions SET document = substr(document, 2)'],
    [
      'a document that says another hash',
      'UPDATE revisions SET document = replace(document, \'"hash":"\', \'"hash":"0\')',
    ],
    [
      'a document of another plan',
      "UPDATE revisions SET document = replace(document, 'p-1', 'p-2')",
    ],
    ['a row that says another hash', "UPDATE plans SET hash = 'ff'"],
    ['a revision under another hash', "UPDATE revisions SET hash = 'ff'"],
    ['a lost revision', 'DELETE FROM revisions'],
    ['findings that are no JSON', "UPDATE plans SET findings = '['"],
    ['a state that is no JSON', "UPDATE states SET state = '{' WHERE step = 's2'"],
    ['a lost state', "DELETE FROM states WHERE step = 's2'"],
    ['an approval that is no JSON', "UPDATE plans SET approval = 'yes'"],
  ])('with %s is called unreadable', (_, sql) => {
    const { store, path } = newStore();
    tamper(path, sql);
    expect(store.find('p-1')).toMatchObject(failure('unreadable'));
    expect(must(store.list())).toHaveLength(1);
  });

  it('that is no database, or of a newer TinyCode, is left as it is', () => {
    const { path, open, store } = newStore();
    store.close();
    tamper(path, 'PRAGMA user_version = 99');
    for (const end of ['whole', 'text']) {
      if (end === 'text') writeFileSync(path, 'no database, but long enough for one. '.repeat(40));
      const before = readFileSync(path);
      const other = open();
      expect(other.list()).toMatchObject(failure('unreadable'));
      expect(other.keep(planOf('p-3'), [], ADA, null)).toMatchObject(failure('unreadable'));
      other.close();
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });
});

describe('a rehearsal', () => {
  const bytes = Buffer.from('made by a program');
  const hash = createHash('sha256').update(bytes).digest('hex');
  const rehearsalOf = (plan: Plan): Rehearsal => ({
    hash: 'r-1',
    planHash: plan.hash,
    at: '2026-01-31T12:00:00.000Z',
    ok: true,
    stamp: 'as it was',
    steps: [{ id: 's0', ok: true, rung: 'L3', ran: null, changes: [] }],
  });

  it('is kept with the revision that it was of, together with its files', () => {
    const { open, store, plan } = newStore();
    must(store.keepRehearsal('p-1', rehearsalOf(plan), new Map([[hash, bytes]])));
    store.close();
    const again = open();
    const record = must(again.find('p-1'));
    expect(record.rehearsal).toEqual(rehearsalOf(plan));
    expect(record.history.at(-1)).toMatchObject({ what: 'rehearsed', hash: plan.hash });
    expect(Buffer.from(must(again.rehearsed('p-1', hash)))).toEqual(bytes);
  });

  it('is gone with a new revision, and refused for an old one', () => {
    const { store, plan } = newStore();
    must(store.keepRehearsal('p-1', rehearsalOf(plan), new Map([[hash, bytes]])));
    must(store.keep(planOf('p-1', 'something else'), [], ADA, plan.hash));
    expect(must(store.find('p-1')).rehearsal).toBeNull();
    expect(store.rehearsed('p-1', hash)).toMatchObject(failure('not-found'));
    expect(store.keepRehearsal('p-1', rehearsalOf(plan), new Map())).toMatchObject(
      failure('changed'),
    );
  });

  it('has no file whose bytes are not those of its hash', () => {
    const { store, plan, path } = newStore();
    must(store.keepRehearsal('p-1', rehearsalOf(plan), new Map([[hash, bytes]])));
    tamper(path, "UPDATE rehearsed SET bytes = x'00'");
    expect(store.rehearsed('p-1', hash)).toMatchObject(failure('not-found'));
  });

  it('can be kept in a database that was made before there were rehearsals', () => {
    const { open, store, path, plan } = newStore();
    store.close();
    tamper(path, 'DROP TABLE rehearsals; DROP TABLE rehearsed; PRAGMA user_version = 1');
    expect(must(open().find('p-1')).rehearsal).toBeNull();
    must(open().keepRehearsal('p-1', rehearsalOf(plan), new Map([[hash, bytes]])));
    expect(must(open().find('p-1')).rehearsal).not.toBeNull();
  });
});
