import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  canBeOrdinary,
  isRoot,
  killAll,
  newVictim,
  newWord,
  PYTHON,
  rungsHere,
  running,
  type User,
} from '../../support/escape-lab.ts';
import { PROGRAM } from '../../support/tinycode.ts';
import { treeHash } from '../../support/tree-hash.ts';

const RUNGS = await rungsHere();
const LIMITS = {
  ...{ seconds: 8, cpuSeconds: 1, memoryMb: 64, fileMb: 2, diskMb: 8 },
  ...{ processes: 10, openFiles: 32, outputKb: 10 },
};

type Fate = {
  readonly what: string;
  /** Its own bound, should nothing else hold it. */
  readonly most: number;
  /** How far it may come. */
  readonly reaches: number;
  readonly limit: string;
};
const BOMBS: readonly Fate[] = [
  { what: 'forks', most: 400, reaches: 260, limit: '' },
  { what: 'memory', most: 150, reaches: 64, limit: '' },
  { what: 'memory of many', most: 160, reaches: 140, limit: 'memory' },
  { what: 'shared memory', most: 400, reaches: 380, limit: 'memory' },
  { what: 'memory files', most: 60, reaches: 50, limit: '' },
  { what: 'one file', most: 10, reaches: 3, limit: 'file-size' },
  { what: 'files', most: 150, reaches: 130, limit: 'disk' },
  { what: 'files without a name', most: 150, reaches: 130, limit: '' },
  { what: 'open files', most: 100, reaches: 32, limit: 'open-files' },
  { what: 'processors', most: 8, reaches: 7, limit: 'cpu' },
  { what: 'sparse file', most: 3, reaches: 1, limit: 'file-size' },
];

async function drop(user: User, what: string, most: number, hides: readonly string[] = []) {
  const victim = newVictim({ user });
  const word = newWord('bomb');
  onTestFinished(() => killAll(word));
  victim.bring('bomb.py');
  const argv = [PYTHON ?? '', 'bomb.py', what, `${most}`, word];
  const action = { kind: 'shell.run', argv, limits: LIMITS };
  const id = await victim.importPlan([{ id: 'a', action, check: true }]);
  const before = treeHash(victim.project);
  const hide = hides.map((tool) => `mount --bind /dev/null /usr/bin/${tool}`).join(' && ');
  const behind =
    hides.length === 0
      ? []
      : ['/usr/bin/unshare', '--mount', 'sh', '-c', `${hide} && exec "$@"`, 'sh'];
  let highest = 0;
  const started = performance.now();
  const tinycode = [...behind, process.execPath, PROGRAM];
  const isTried = !hides.includes('unshare');
  if (!isTried) await victim.run([...tinycode, 'approve', id, '--steps', 'a'], { stdio: 'pipe' });
  const act = isTried ? ['plan', 'rehearse', id] : ['execute', id, '--mode', 'execute'];
  const child = victim.run([...tinycode, ...act, '--json'], { stdio: 'pipe' });
  const over = child.then(() => true);
  while (!(await Promise.race([over, sleep(50, false)]))) {
    highest = Math.max(highest, running(word).length);
  }
  const { out, err } = await child;
  const data = isTried ? JSON.parse(out) : await recordOf(victim);
  const step = data.steps[0];
  const steps = [...step.stdout.matchAll(/^step (\d+)$/gm)].map(([, n]) => Number(n));
  return {
    ...{ data, step, raw: out + err, highest, tookMs: performance.now() - started },
    reached: Math.max(-1, ...steps) + 1,
    isLeft: running(word).length > 0,
    isKept: treeHash(victim.project) === before,
  };
}

/** Where nothing cages it, a program is not tried: it is run, and the log says what came of it. */
async function recordOf(victim: ReturnType<typeof newVictim>) {
  const { raw } = await victim.tinycode(['audit', 'export', '--json']);
  const records = raw
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const about = (action: string) => records.find((record) => record.action === action)?.details;
  const { error, limits, output } = about('step.failed') ?? about('program.ended');
  return {
    rung: about('step.started').cage,
    steps: [{ ok: error === undefined, limits, stdout: output }],
  };
}

describe.skipIf(PYTHON === null)('a bomb', () => {
  it.each(BOMBS)('goes off without a cage, as far as it wants: $what', async ({ what }) => {
    const victim = newVictim();
    const word = newWord('bomb');
    onTestFinished(() => killAll(word));
    victim.bring('bomb.py');
    const { out } = await victim.bare([PYTHON ?? '', 'bomb.py', what, '3', word]);
    expect(out).toContain('all of it');
  });

  describe.each([
    { user: 'self' as const, isHere: true },
    { user: 'ordinary' as const, isHere: canBeOrdinary },
  ])('as $user', ({ user, isHere }) => {
    it.skipIf(!isHere).each(BOMBS)(
      'is held on the strongest rung: $what',
      async ({ what, most, reaches, limit }) => {
        const { step, raw, reached, highest, isLeft, isKept } = await drop(user, what, most);
        expect(step.ok, raw).toBe(false);
        expect(reached, raw).toBeLessThanOrEqual(reaches);
        if (limit !== '') expect(step.limits, raw).toContain(limit);
        expect(highest).toBeLessThan(300);
        expect({ isLeft, isKept }).toEqual({ isLeft: false, isKept: true });
      },
    );
  });

  it('of output leaves its beginning and its end', async () => {
    const { step, raw } = await drop('self', 'output', 20);
    expect(step.limits, raw.slice(0, 300)).toContain('output');
    expect(step.stdout.length).toBeLessThan(20_000);
    expect(raw.length).toBeLessThan(60_000);
  });

  it.each(['self', 'ordinary'] as const)(
    'of temporary files is held to what all of it may write, as %s',
    async (user) => {
      if (user === 'ordinary' && !canBeOrdinary) throw new Error('cannot be tried here');
      const { reached } = await drop(user, 'temporary files', 30);
      expect(reached).toBeLessThanOrEqual(12);
    },
  );

  it.skipIf(!canBeOrdinary)(
    'of memory that no process has is not held without a cgroup, as is said',
    async () => {
      const { reached } = await drop('ordinary', 'memory without a process', 150);
      expect(reached).toBeGreaterThan(140);
    },
  );

  it('of memory that no process has is held where there is a cgroup', async () => {
    const { step, raw, reached } = await drop('self', 'memory without a process', 150);
    expect(reached, raw).toBeLessThanOrEqual(140);
    expect(step.ok).toBe(false);
  });
});

describe.skipIf(PYTHON === null || !isRoot || !RUNGS.includes('L1'))(
  'a bomb on a weak rung',
  () => {
    const SOME = BOMBS.filter(({ what }) =>
      ['forks', 'memory of many', 'files', 'processors'].includes(what),
    );

    it.each(SOME)('is held on L1: $what', async ({ what, most, reaches, limit }) => {
      const { data, step, raw, reached, isLeft, isKept } = await drop('self', what, most, [
        'bwrap',
      ]);
      expect(data.rung).toBe('L1');
      if (limit !== '') expect(step.limits, raw).toContain(limit);
      expect(step.limits, raw).not.toEqual([]);
      expect(reached, raw).toBeLessThanOrEqual(reaches);
      expect({ isLeft, isKept }).toEqual({ isLeft: false, isKept: true });
    });

    it.each(SOME.filter(({ what }) => what !== 'files'))(
      'is held on L0, where there is not even a view: $what',
      async ({ what, most, reaches, limit }) => {
        const hides = ['bwrap', 'unshare'];
        const { data, step, raw, reached, isLeft, isKept } = await drop('self', what, most, hides);
        expect(data.rung).toBe('L0');
        if (limit !== '') expect(step.limits, raw).toContain(limit);
        expect(step.limits, raw).not.toEqual([]);
        expect(reached, raw).toBeLessThanOrEqual(reaches);
        expect({ isLeft, isKept }).toEqual({ isLeft: false, isKept: true });
      },
    );

    // Root, and whoever was given a cgroup of their own, may move a process to another one.
    it.each([
      { rung: 'L1', hides: ['bwrap'] },
      { rung: 'L0', hides: ['bwrap', 'unshare'] },
    ])(
      'of memory is not held on $rung when it has left its cgroup, as is said',
      async ({ hides }) => {
        const { reached } = await drop('self', 'memory of many, elsewhere', 160, hides);
        expect(reached).toBeGreaterThan(140);
      },
    );
  },
);
