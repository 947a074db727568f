import { describe, expect, it } from 'vitest';
import { plannerLab } from '../../support/planner-lab.ts';

const manifest = (more: object) => JSON.stringify(more);

describe('a plan that runs', () => {
  it.each([
    ['run npm test', { argv: ['npm', 'test'] }],
    ['run "node --test" in packages/a', { argv: ['node', '--test'], cwd: 'packages/a' }],
    ['run node -e "1 + 1"', { argv: ['node', '-e', '1 + 1'] }],
    ["run git log --format='%h %s'", { argv: ['git', 'log', '--format=%h %s'] }],
    ['run ./not-yet-there', { argv: ['./not-yet-there'] }],
    ['run node a.js | wc -l', { command: 'node a.js | wc -l' }],
    ['run node *.js', { command: 'node *.js' }],
    ['run node "$HOME"', { command: 'node "$HOME"' }],
    ['run X=1 node a.js', { command: 'X=1 node a.js' }],
    ['run cd packages', { command: 'cd packages' }],
    ['run node a\\ b.js', { command: 'node a\\ b.js' }],
    ['run "npm test && npm run build"', { command: 'npm test && npm run build' }],
  ])('%s', async (sentence, action) => {
    const lab = plannerLab({ 'packages/a/x': '' });
    const { steps } = await lab.planned(sentence);
    expect(steps.map((step) => step.action)).toEqual([{ kind: 'shell.run', ...action }]);
  });

  it('says which script is meant when there is no such program', async () => {
    const lab = plannerLab({ 'package.json': manifest({ scripts: { 'lint-all': 'x' } }) });
    expect(await lab.refused('run lint-all')).toEqual({
      code: 'not-found',
      message: 'There is no program lint-all.',
      hint: 'package.json has a script of this name: run npm run lint-all',
    });
    expect(await lab.refused('run constructor')).toMatchObject({ code: 'not-found' });
    expect(await lab.refused('run "npm test" in x')).toMatchObject({ code: 'not-found' });
    expect(await lab.refused('run "npm test" in package.json')).toMatchObject({ code: 'invalid' });
    expect(await lab.refused('run "npm test" in ..')).toMatchObject({ code: 'denied' });
  });
});

describe('a plan that formats', () => {
  const runs = async (files: Readonly<Record<string, string>>, sentence: string) =>
    (await plannerLab(files).planned(sentence)).steps.map(({ action }) => action);
  const prettier = manifest({ devDependencies: { prettier: '3' } });

  it.each([
    [
      { 'package.json': prettier },
      'format src',
      ['npx', '--no-install', 'prettier', '--write', 'src'],
    ],
    [{ 'package.json': prettier }, 'format', ['npx', '--no-install', 'prettier', '--write', '.']],
    [
      { 'package.json': manifest({ devDependencies: { '@biomejs/biome': '2', eslint: '9' } }) },
      'format src/a.ts',
      ['npx', '--no-install', 'biome', 'format', '--write', 'src/a.ts'],
    ],
    [
      { 'package.json': manifest({ devDependencies: { eslint: '9' } }) },
      'format src',
      ['npx', '--no-install', 'eslint', '--fix', 'src'],
    ],
    [
      { 'package.json': manifest({ scripts: { format: 'x' } }) },
      'format',
      ['npm', 'run', 'format'],
    ],
    [
      { 'package.json': manifest({ scripts: { fmt: 'x' } }), 'pnpm-lock.yaml': '' },
      'format everything',
      ['pnpm', 'run', 'fmt'],
    ],
    [
      { 'pyproject.toml': '[tool.ruff]\n', 'src/a.py': '' },
      'format src',
      ['ruff', 'format', 'src'],
    ],
    [{ 'pyproject.toml': '[tool.black]\n', 'src/a.py': '' }, 'format', ['black', '.']],
    [{ 'go.mod': 'module x\n', 'src/a.go': '' }, 'format src/a.go', ['gofmt', '-w', 'src/a.go']],
    [{ 'Cargo.toml': '', 'src/a.rs': '' }, 'format', ['cargo', 'fmt']],
  ])('finds the formatter of %j for %s', async (files, sentence, argv) => {
    expect(await runs({ 'src/a.ts': '', ...files } as Record<string, string>, sentence)).toEqual([
      { kind: 'shell.run', argv },
    ]);
  });

  it('runs in the folder that names the formatter, and once for all paths', async () => {
    const files = {
      'packages/a/package.json': prettier,
      'packages/a/src/a.ts': '',
      'packages/a/test/b.ts': '',
    };
    expect(await runs(files, 'format packages/a/src and packages/a/test')).toEqual([
      {
        kind: 'shell.run',
        argv: ['npx', '--no-install', 'prettier', '--write', 'src', 'test'],
        cwd: 'packages/a',
      },
    ]);
  });

  it('runs one for each language', async () => {
    const files = {
      'package.json': prettier,
      'pyproject.toml': '[tool.ruff]\n',
      'src/a.ts': '',
      'src/b.py': '',
    };
    expect(await runs(files, 'format src')).toHaveLength(2);
  });

  it('says when more is formatted than was named', async () => {
    const lab = plannerLab({
      'package.json': manifest({ scripts: { format: 'x' } }),
      'src/a.ts': '',
    });
    expect((await lab.planned('format src')).open).toEqual([
      'the script format of package.json: it formats more than what was named.',
    ]);
  });

  it('says what it looked for', async () => {
    const lab = plannerLab({ 'src/a.ts': '' });
    expect(await lab.refused('format src')).toEqual({
      code: 'not-found',
      message: 'No formatter was found for src.',
      hint: 'Looked for a format script, Biome, Prettier or ESLint in package.json, Ruff or Black in pyproject.toml, go.mod and Cargo.toml. Say run "<command>" to run another one.',
    });
  });
});

describe('a plan that commits', () => {
  const repository = () => {
    const lab = plannerLab({ 'src/a.ts': 'foo;\n', 'src/b.ts': '', 'test/c.ts': '' });
    lab.git('init', '-q');
    lab.git('add', '-A');
    lab.git('commit', '-q', '-m', 'x');
    return lab;
  };
  const argvs = async (lab: ReturnType<typeof repository>, sentence: string) =>
    (await lab.planned(sentence)).steps.flatMap(({ action }) =>
      action.kind === 'git.run' ? [action.argv] : [],
    );

  it('commits what is staged, all, or what is named', async () => {
    const lab = repository();
    expect(await argvs(lab, 'commit with message "Say why"')).toEqual([
      ['commit', '-m', 'Say why'],
    ]);
    expect(await argvs(lab, 'commit everything with message "Say why"')).toEqual([
      ['add', '-A'],
      ['commit', '-m', 'Say why'],
    ]);
    expect(await argvs(lab, 'commit src and test with message "Say why"')).toEqual([
      ['add', '--', 'src', 'test'],
      ['commit', '-m', 'Say why', '--', 'src', 'test'],
    ]);
    expect(await argvs(lab, 'commit src/*.ts with message "Say why"')).toEqual([
      ['add', '--', 'src/a.ts', 'src/b.ts'],
      ['commit', '-m', 'Say why', '--', 'src/a.ts', 'src/b.ts'],
    ]);
  });

  it('commits what the sentences before it change, as far as git knows it', async () => {
    const lab = repository();
    lab.write('new.ts', 'foo;\n');
    const sentence = 'rename foo to bar; rename file new.ts to old.ts; commit with message "x"';
    expect(await argvs(lab, sentence)).toEqual([
      ['add', '--', 'old.ts', 'src/a.ts'],
      ['commit', '-m', 'x', '--', 'old.ts', 'src/a.ts'],
    ]);
    expect(await argvs(lab, 'rename file src/a.ts to z.ts; commit with message "x"')).toEqual([
      ['add', '--', 'src/a.ts', 'src/z.ts'],
      ['commit', '-m', 'x', '--', 'src/a.ts', 'src/z.ts'],
    ]);
  });

  it('really commits', async () => {
    const lab = repository();
    lab.write('we[i]rd.ts', '1');
    lab.write('wei.ts', '2');
    for (const argv of await argvs(lab, 'commit "we[i]rd.ts" with message "-m is no option"')) {
      lab.git(...argv);
    }
    expect(lab.git('log', '-1', '--name-only', '--format=%s').trim()).toBe(
      '-m is no option\n\nwe[i]rd.ts',
    );
  });

  it('refuses what is not there, and a workspace without git', async () => {
    const lab = repository();
    expect(await lab.refused('commit srx with message "x"')).toMatchObject({
      code: 'not-found',
      hint: 'Did you mean src?',
    });
    expect(await lab.refused('commit ../x with message "x"')).toMatchObject({ code: 'denied' });
    expect(await plannerLab().refused('commit with message "x"')).toMatchObject({
      code: 'unavailable',
    });
  });
});
