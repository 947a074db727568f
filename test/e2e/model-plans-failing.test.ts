import { describe, expect, it } from 'vitest';
import { type AuthorLab, authorLab, outline, replacing, whole } from '../support/author-lab.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { Reply } from '../support/ollama/spoken.ts';

const FILES = { 'src/a.js': 'export const a = 1;\n', 'src/b.js': 'export const b = 1;\n' };
const WISH = 'make both constants two';
const BOTH = outline(
  { kind: 'edit', path: 'src/a.js', why: 'a is two' },
  { kind: 'edit', path: 'src/b.js', why: 'b is two' },
);
const A = whole('src/a.js', 'export const a = 2;\n');

const planIn = (lab: AuthorLab) => lab.json(['plan', WISH, '--mode', 'propose']);
const plansIn = async (lab: AuthorLab) => (await lab.json(['plan', 'list'])).data;

/** A model that says this, and what comes of it. */
async function fails(...says: readonly Reply[]) {
  const lab = await authorLab(FILES, says);
  const planned = await planIn(lab);
  expect(await plansIn(lab)).toEqual([]);
  expect(lab.text('src/a.js')).toBe(FILES['src/a.js']);
  return { ...planned, asked: lab.asked() };
}

describe('an outline that is not one', () => {
  it.each([
    ['is no JSON, twice', { says: 'I would edit src/a.js.' }, 'form'],
    ['is JSON of another form, twice', { json: { plan: 'edit src/a.js' } }, 'another form'],
    [
      'breaks off, twice',
      { says: '{"goal":"x","steps":[{"kind":"ed', reason: 'length' },
      'breaks off',
    ],
    ['is empty, twice', { says: '' }, 'said nothing'],
  ] as const)('%s: the model has one more try, then it is said', async (_, reply, words) => {
    const { code, data, asked } = await fails(reply, reply);
    expect(code).toBe(6);
    expect(data.error).toMatchObject({ code: 'model', message: expect.stringContaining(words) });
    expect(data.error.hint).toBeTruthy();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain('That cannot be used');
  });

  it('goes in circles for ever: it is stopped, asked once more, and said', async () => {
    const circles: Reply = { says: '{"goal": "and so on ', fault: { kind: 'repeat' } };
    const { code, data, asked } = await fails(circles, circles);
    expect(code).toBe(6);
    expect(data.error.message).toContain('again and again');
    expect(asked).toHaveLength(2);
    expect(asked[1]).not.toContain('and so on and so on');
  });

  it('is mended where the second try is one', async () => {
    const lab = await authorLab(FILES, [
      { says: 'Sure!' },
      BOTH,
      A,
      whole('src/b.js', 'export const b = 2;\n'),
    ]);
    const planned = await planIn(lab);
    expect(planned).toMatchObject({ code: 0, data: { plan: { open: [], steps: [{}, {}] } } });
  });

  it('is taken out of a fence and among words, where a server holds no model to a form', async () => {
    const json = '{"goal":"x","steps":[{"kind":"edit","path":"src/a.js","why":"two"}]}';
    const lab = await authorLab(FILES, [
      { says: `Here it is:\n\`\`\`json\n${json}\n\`\`\`\nDone.` },
      A,
    ]);
    expect(await planIn(lab)).toMatchObject({ code: 0, data: { plan: { steps: [{ id: '1' }] } } });
  });
});

describe('what a model must not touch', () => {
  it.each([
    ['outside of the workspace', { path: '../other/x.js' }, 'outside'],
    ['an absolute path', { path: '/etc/passwd' }, 'outside'],
    ['git’s own folder', { path: '.git/hooks/pre-commit' }, '.git'],
    ['a protected file', { path: '.vscode/tasks.json' }, 'makes programs run'],
    ['a file with secrets', { path: '.env' }, 'secrets'],
    ['a file that is not there', { path: 'src/c.js' }, 'no file src/c.js'],
  ])('%s: alone it is no plan, beside others an open point', async (_, { path }, words) => {
    const secrets = { ...FILES, '.env': 'TOKEN=abc\n', '.vscode/tasks.json': '{}\n' };
    const bad = { kind: 'edit', path, why: 'because' };
    const good = { kind: 'edit', path: 'src/a.js', why: 'a is two' };
    const alone = await authorLab(secrets, [outline(bad), outline(bad)]);
    const failed = await planIn(alone);
    expect(failed.code).toBe(1);
    expect(failed.data.error.message).toContain(words);
    expect(await plansIn(alone)).toEqual([]);
    expect(alone.asked().join()).not.toContain('TOKEN');

    const beside = await authorLab(secrets, [outline(bad, good), A]);
    const { data } = await planIn(beside);
    expect(data.plan.steps).toMatchObject([{ id: '2', action: { path: 'src/a.js' } }]);
    expect(data.plan.open).toEqual([expect.stringContaining(words)]);
    expect(data.findings).toContainEqual(expect.objectContaining({ code: 'open-point' }));
  });

  it('is not shown to it where a person names it either', async () => {
    const lab = await authorLab({ ...FILES, '.env': 'TOKEN=abc\n' }, []);
    const { code, data } = await lab.json([
      'plan',
      'put the port into @.env too',
      '--mode',
      'propose',
    ]);
    expect(code).toBe(3);
    expect(data.error.message).toContain('.env was left out: This file usually holds secrets');
    expect(lab.asked()).toEqual([]);
  });

  it('is not run: what is denied becomes an open point', async () => {
    const lab = await authorLab(FILES, [
      outline(
        { kind: 'edit', path: 'src/a.js', why: 'two' },
        { kind: 'run', argv: ['rm', '-rf', '/'], why: 'clean' },
        { kind: 'run', argv: ['npm test && rm x'], why: 'test' },
      ),
      A,
    ]);
    const { data } = await planIn(lab);
    expect(data.plan.steps).toHaveLength(1);
    expect(data.plan.open).toMatchObject([
      expect.stringContaining('Step 2, run rm -rf /'),
      expect.stringContaining('wants a shell'),
    ]);
  });
});

describe('an edit that cannot be made', () => {
  it('matches nothing twice: its file is an open point with the reason, the other one stands', async () => {
    const wrong = replacing('src/b.js', 'const other = 1;', 'const other = 2;');
    const lab = await authorLab(FILES, [BOTH, A, wrong, wrong]);
    const { code, data } = await planIn(lab);
    expect(code).toBe(0);
    expect(data.plan.steps).toMatchObject([
      { id: '1', action: { content: 'export const a = 2;\n' } },
    ]);
    expect(data.plan.open).toEqual([
      expect.stringMatching(/^Step 2, edit src\/b\.js: .*not in the file/),
    ]);
    expect(lab.asked()).toHaveLength(4);
  });

  it.each([
    ['leaves code out', whole('src/a.js', '// … rest of the code unchanged\n'), 'stands for code'],
    ['breaks the syntax', whole('src/a.js', 'export const a = (2;\n'), 'parsed'],
    ['is for another file', whole('src/b.js', 'export const b = 2;\n'), 'only src/a.js'],
    ['is no edit', { says: 'I have changed it.' }, 'holds no edit'],
    ['changes nothing', whole('src/a.js', FILES['src/a.js']), 'changes nothing'],
    ['goes in circles', { says: 'so ', fault: { kind: 'repeat' } }, 'again and again'],
    ['says nothing', { says: '' }, 'said nothing'],
  ] as [string, Reply, string][])('%s, twice: nothing is proposed', async (_, reply, words) => {
    const only = outline({ kind: 'edit', path: 'src/a.js', why: 'two' });
    const { code, data, asked } = await fails(only, reply, reply);
    expect(code).toBe(1);
    expect(data.error).toMatchObject({
      message: expect.stringContaining(words),
      hint: expect.any(String),
    });
    expect(asked).toHaveLength(3);
  });

  it('is told in sentences, where nothing else was wanted that could be planned', async () => {
    const wanted = outline(
      { kind: 'run', why: 'to see' },
      { kind: 'edit', path: 'src/a.js', why: 'two' },
    );
    const { data } = await fails(wanted, { says: 'No.' }, { says: 'No.' });
    expect(data.error.message).toMatch(
      /it does not say what to run\. Step 2, edit src\/a\.js: .*\.$/,
    );
  });

  it('takes what builds on it along', async () => {
    const steps = outline(
      { kind: 'create', path: 'src/c.js', why: 'new' },
      { kind: 'edit', path: 'src/a.js', why: 'use it', after: [1] },
      { kind: 'edit', path: 'src/b.js', why: 'two' },
    );
    const lab = await authorLab(FILES, [
      steps,
      { says: 'No.' },
      { says: 'No.' },
      whole('src/b.js', 'export const b = 2;\n'),
    ]);
    const { data } = await planIn(lab);
    expect(data.plan.steps).toMatchObject([{ id: '3' }]);
    expect(data.plan.open).toEqual([
      expect.stringContaining('Step 1, create src/c.js'),
      expect.stringContaining('builds on step 1'),
    ]);
  });
});

describe('a model that is gone', () => {
  const gone: Reply = { says: 'src/a.js and then', fault: { kind: 'cut', after: 2 } };

  it('in the outline, or before anything was written: no plan, and exit 6', async () => {
    expect(await fails(gone)).toMatchObject({ code: 6, data: { error: { code: 'model' } } });
    const later = await fails(BOTH, gone);
    expect(later).toMatchObject({ code: 6, data: { error: { code: 'model' } } });
    expect(later.asked).toHaveLength(2);
  });

  it('between two tokens of the second file: what was written stands, the rest is open', async () => {
    const lab = await authorLab(FILES, [BOTH, A, gone]);
    const { code, data } = await planIn(lab);
    expect(code).toBe(0);
    expect(data.plan.steps).toMatchObject([{ id: '1' }]);
    expect(data.plan.open).toEqual([
      expect.stringContaining('Step 2, edit src/b.js: the model was gone'),
    ]);
  });
});

describe('a window that is too small', () => {
  const LONG = Array.from({ length: 400 }, (_, at) => `export const v${at} = ${at};\n`).join('');
  const models = [fakeModel('tiny', { contextLength: 2048 })];

  it('for a file: it is said, and its step is an open point; the others are planned', async () => {
    const steps = outline(
      { kind: 'edit', path: 'src/long.js', why: 'two' },
      { kind: 'edit', path: 'src/a.js', why: 'two' },
    );
    const lab = await authorLab({ ...FILES, 'src/long.js': LONG }, [steps, A], { models });
    const { data } = await lab.json([
      'plan',
      'make the values of @src/long.js two',
      '--mode',
      'propose',
    ]);
    expect(data.plan.steps).toMatchObject([{ action: { path: 'src/a.js' } }]);
    expect(data.plan.open).toEqual([
      expect.stringMatching(/src\/long\.js \(about \d+ tokens\) does not fit/),
    ]);
  });

  it('for the request: nothing is asked at all', async () => {
    const lab = await authorLab(FILES, [], { models });
    const { code, data } = await lab.json([
      'plan',
      `change ${'all of this '.repeat(600)}`,
      '--mode',
      'propose',
    ]);
    expect(code).toBe(6);
    expect(data.error.message).toContain('window');
    expect(lab.asked()).toEqual([]);
  });

  it('for an outline: nothing is asked either', async () => {
    const lab = await authorLab(FILES, [], { models: [fakeModel('tiny', { contextLength: 400 })] });
    const { code, data } = await planIn(lab);
    expect(code).toBe(6);
    expect(data.error).toMatchObject({ code: 'model', message: expect.stringContaining('400') });
    expect(lab.asked()).toEqual([]);
  });

  it('for a file together with the project: it is written from the request alone, and that is said', async () => {
    const value = '// the third value is written here\n'.repeat(60);
    const far = { ...FILES, 'src/far.js': LONG.slice(0, 2600), 'src/value.js': value };
    const steps = outline({ kind: 'edit', path: 'src/far.js', why: 'two' });
    const edit = replacing('src/far.js', 'export const v3 = 3;', 'export const v3 = 2;');
    const lab = await authorLab(far, [steps, edit], { models });
    const ended = await lab.run(['plan', 'make the third value two', '--mode', 'propose']);
    expect(ended.code).toBe(0);
    expect(ended.stdout.replace(/\s+/g, ' ')).toContain(
      'written without the rest of the project in sight',
    );
  });

  it('for an answer: it is not taken as far as it came', async () => {
    const steps = outline({ kind: 'edit', path: 'src/a.js', why: 'two' });
    const broken: Reply = { says: 'src/a.js\n```\nexport const a = 2;\n', reason: 'length' };
    const { code, data } = await fails(steps, broken);
    expect(code).toBe(1);
    expect(data.error.message).toContain('broke off');
  });
});
