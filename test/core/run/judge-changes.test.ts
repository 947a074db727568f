import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/core/result.ts';
import { judgeChanges } from '../../../src/core/run/judge-changes.ts';
import type {
  Action,
  CageRules,
  CheckpointEntry,
  Decision,
  Image,
  Step,
} from '../../../src/core/types.ts';

const LIMITS = {
  wallMs: 1,
  cpuMs: 1,
  memoryBytes: 1,
  fileBytes: 1,
  diskBytes: 1,
  processes: 1,
  openFiles: 1,
  outputBytes: 1,
};
const rulesWith = (more: Partial<CageRules>): CageRules => ({
  needs: 'L0',
  network: 'ask',
  limits: LIMITS,
  most: LIMITS,
  letThrough: [],
  takes: 'nothing',
  ...more,
});

const stepWith = (effects: Partial<Step['effects']>, action?: Action) => ({
  action: action ?? { kind: 'shell.run' as const, argv: ['make'] },
  effects: { runs: [], writes: [], deletes: [], network: [], isReversible: true, ...effects },
});

const file = (path: string, hash = 'h', mode = 0o644): Image => ({
  path,
  kind: 'file',
  hash,
  size: 1,
  mode,
});
const gone = (path: string): Image => ({ path, kind: 'absent' });
const made = (path: string, mode?: number): CheckpointEntry => ({
  before: gone(path),
  after: file(path, 'h', mode),
});

/** Denies what the real rules deny, asks for package.json, allows the rest. */
function decide(action: Action): ReturnType<typeof ok<Decision>> {
  const path = 'path' in action ? action.path : '';
  const because = [
    ...(path.startsWith('.git/') ? [{ rule: 'paths/git-internals', reason: 'git only' }] : []),
    ...(path.startsWith('.git/hooks') ? [{ rule: 'paths/protected', reason: 'It runs.' }] : []),
  ];
  const verdict = because.length > 0 ? 'deny' : path === 'package.json' ? 'ask' : 'allow';
  return ok({ verdict, risk: 'low', because });
}

function judge(
  changes: readonly CheckpointEntry[],
  rules: Partial<CageRules> = {},
  step = stepWith({}),
  ignored: readonly string[] = [],
) {
  const sight = { decide, rules: rulesWith(rules), ignored: new Set(ignored) };
  const judged = judgeChanges(sight, step, changes);
  if (!judged.ok) throw new Error(judged.error.message);
  const names = (entries: readonly CheckpointEntry[]) => entries.map(({ after }) => after.path);
  return {
    taken: names(judged.value.taken),
    asked: names(judged.value.asked),
    refused: judged.value.refused.map(({ path }) => path),
  };
}

describe('the changes that a program made', () => {
  it('ask, where nothing says otherwise', () => {
    expect(judge([made('a.txt')])).toEqual({ taken: [], asked: ['a.txt'], refused: [] });
  });

  it('are refused where an edit would be: a hook that was planted is found', () => {
    expect(judge([made('.git/hooks/pre-commit', 0o755), made('a')]).refused).toEqual([
      '.git/hooks/pre-commit',
    ]);
  });

  it("are git's own business below .git when git was run, and never a hook", () => {
    const commit = stepWith({}, { kind: 'git.run', argv: ['commit'] });
    const changes = [made('.git/index'), made('.git/hooks/post-commit')];
    expect(judge(changes, {}, commit)).toEqual({
      taken: ['.git/index'],
      asked: [],
      refused: ['.git/hooks/post-commit'],
    });
    for (const runs of [[], ['git'], ['sh', 'git commit']]) {
      expect(judge([made('.git/index')], {}, stepWith({ runs })).refused).toEqual(['.git/index']);
    }
  });

  it('say what to do instead where git in a program changed the repository', () => {
    const sight = { decide, rules: rulesWith({}), ignored: new Set<string>() };
    const judged = judgeChanges(sight, stepWith({}), [made('.git/index'), made('.git/hooks/x')]);
    const [first, second] = judged.ok ? judged.value.refused : [];
    expect(first?.reason).toContain('Plan the git command as a step of its own');
    expect(second?.reason).toBe('git only');
  });

  it('are let through in the folders that a level names, only where they are ignored', () => {
    const letThrough = ['dist/**', '**/__pycache__/**'];
    const changes = [made('dist/a.js'), made('__pycache__/x'), made('p/__pycache__/y'), made('b')];
    const all = changes.map(({ after }) => after.path);
    expect(judge(changes, { letThrough }, undefined, all)).toMatchObject({
      taken: ['dist/a.js', '__pycache__/x', 'p/__pycache__/y'],
      asked: ['b'],
    });
    expect(judge(changes, { letThrough }, undefined, []).taken).toEqual([]);
  });

  it('are refused where a bare repository is hidden in them, and its head is never let through', () => {
    const folder = (path: string): CheckpointEntry => ({
      before: gone(path),
      after: { path, kind: 'folder', mode: 0o755 },
    });
    const repository = [made('dist/x/HEAD'), folder('dist/x/objects'), made('dist/x/config')];
    const letThrough = ['dist/**'];
    const all = ['dist/x/HEAD', 'dist/x/config', 'dist/y/HEAD', 'dist/overhead'];
    expect(judge(repository, { letThrough, takes: 'allowed' }, undefined, all).refused).toEqual([
      'dist/x/HEAD',
    ]);
    expect(
      judge([made('dist/y/HEAD'), made('dist/overhead')], { letThrough }, undefined, all),
    ).toEqual({
      taken: ['dist/overhead'],
      asked: ['dist/y/HEAD'],
      refused: [],
    });
  });

  it('are taken where the command itself names them, if the level takes that', () => {
    const step = stepWith({ writes: ['out'], deletes: ['old.txt'] });
    const changes = [
      made('out/a'),
      { before: file('old.txt'), after: gone('old.txt') },
      { before: file('out/b'), after: gone('out/b') },
    ];
    expect(judge(changes, { takes: 'declared' }, step)).toMatchObject({
      taken: ['out/a', 'old.txt'],
      asked: ['out/b'],
    });
    expect(judge(changes, { takes: 'nothing' }, step).taken).toEqual([]);
  });

  it('are taken where the rules allow them, if the level takes that', () => {
    const changes = [made('a'), made('package.json')];
    expect(judge(changes, { takes: 'allowed' })).toMatchObject({
      taken: ['a'],
      asked: ['package.json'],
    });
  });

  it('are refused where they are nothing that could be written', () => {
    const strange: readonly CheckpointEntry[] = [
      { before: gone('pipe'), after: { path: 'pipe', kind: 'other', what: 'a pipe' } },
      made('root', 0o4755),
      { before: file('swap'), after: { path: 'swap', kind: 'folder', mode: 0o755 } },
    ];
    expect(judge(strange, { takes: 'allowed' }).refused).toEqual(['pipe', 'root', 'swap']);
  });
});

describe('a repository inside of this one', () => {
  it('is not changed by a git step either, and it is said where that can be done', () => {
    const inner = () =>
      ok<Decision>({
        verdict: 'deny',
        risk: 'high',
        because: [{ rule: 'paths/git-internals', reason: 'git only' }],
      });
    const sight = { decide: inner, rules: rulesWith({}), ignored: new Set<string>() };
    const step = stepWith({}, { kind: 'git.run', argv: ['-C', 'in', 'commit', '-m', 'x'] });
    expect(judgeChanges(sight, step, [made('in/.git/HEAD')])).toMatchObject({
      value: { refused: [{ reason: expect.stringContaining('Start TinyCode in that folder') }] },
    });
  });
});

describe('a repository that git begins', () => {
  const begun: CheckpointEntry[] = [
    { before: gone('.git'), after: { path: '.git', kind: 'folder', mode: 0o755 } },
    made('.git/config'),
    made('.git/HEAD'),
  ];
  const denyAll = () =>
    ok<Decision>({
      verdict: 'deny',
      risk: 'critical',
      because: [
        { rule: 'paths/protected', reason: 'It runs.' },
        { rule: 'paths/git-internals', reason: 'git only' },
      ],
    });
  const denyGits = (action: Action) =>
    'path' in action && action.path === '.git/HEAD' ? decide(action) : denyAll();
  const judge = (argv: readonly string[], changes: readonly CheckpointEntry[]) => {
    const sight = { decide: denyGits, rules: rulesWith({}), ignored: new Set<string>() };
    const judged = judgeChanges(sight, stepWith({}, { kind: 'git.run', argv }), changes);
    return judged.ok ? judged.value.refused.map(({ path }) => path) : judged.error.code;
  };

  it.each([['init'], ['init -q -b main'], ['init --initial-branch=main']])(
    'is taken: git %s',
    (words) => {
      expect(judge(words.split(' '), begun)).toEqual([]);
    },
  );

  it.each([
    ['init --template=x'],
    ['init -b --template=x'],
    ['init sub'],
    ['-c core.pager=x init'],
    ['config core.pager x'],
  ])('is refused: git %s', (words) => {
    expect(judge(words.split(' '), begun)).toEqual(['.git', '.git/config']);
  });

  it('is refused over one that is there, or with more than git itself puts in', () => {
    const again = { before: file('.git/config'), after: file('.git/config', 'other') };
    expect(judge(['init'], [again])).toEqual(['.git/config']);
    expect(judge(['init'], [made('.git/hooks/pre-commit')])).toEqual(['.git/hooks/pre-commit']);
    expect(judge(['init'], [made('.git')])).toEqual(['.git']);
  });
});
