import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { authorLab, outline, whole } from '../support/author-lab.ts';
import type { Reply } from '../support/ollama/spoken.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const FILES = { 'src/sum.js': 'export const sum = (a, b) => a - b;\n' };
const RIGHT = 'export const sum = (a, b) => a + b;\n';
const SUM = outline({ kind: 'edit', path: 'src/sum.js', why: 'add' });
const MODE = ['--mode', 'propose'];

describe('who plans', () => {
  it('is the rules where they understand all of it, and no model is asked', async () => {
    const lab = await authorLab(FILES, []);
    const { data } = await lab.json(['plan', 'rename sum to add in src', ...MODE]);
    expect(data.plan.origin.kind).toBe('rules');
    expect(lab.server.requests).toEqual([]);
  });

  it('is the rules also where what they understand cannot be done', async () => {
    const lab = await authorLab(FILES, []);
    const { code, data } = await lab.json(['plan', 'rename nosuch to add in src', ...MODE]);
    expect(code).toBe(1);
    expect(data.error.message).toContain('nosuch');
    expect(lab.server.requests).toEqual([]);
  });

  it('is a model where they do not understand and one is there', async () => {
    const lab = await authorLab(FILES, [SUM, whole('src/sum.js', RIGHT)]);
    const { stdout } = await lab.run([...MODE, '--json', 'plan', 'sum', 'should', 'add']);
    expect(JSON.parse(stdout).plan).toMatchObject({
      goal: 'sum should add',
      origin: { kind: 'model' },
    });
  });

  it('is nobody where there is none either: as the rules say it, with their hint', async () => {
    const person = newPerson();
    const { code, data } = await person.json(['plan', 'sum should add', ...MODE]);
    expect(code).toBe(2);
    expect(data.error).toMatchObject({ code: 'usage', hint: expect.stringContaining('rename') });
  });

  it('is whom one asks for: the rules alone, or a model alone, which then has to be there', async () => {
    const lab = await authorLab(FILES, [SUM, whole('src/sum.js', RIGHT)]);
    const byRules = await lab.json(['plan', ...MODE, '--with', 'rules', 'sum should add']);
    expect(byRules).toMatchObject({ code: 2 });
    expect(lab.server.requests).toEqual([]);
    const line = ['plan', ...MODE, '--with', 'model', 'rename sum to add in src'];
    expect((await lab.json(line)).data.plan.origin.kind).toBe('model');
    const { code, data } = await newPerson().json(line);
    expect(code).toBe(6);
    expect(data.error).toMatchObject({
      code: 'model',
      hint: expect.stringContaining('ollama serve'),
    });
  });
});

describe('a repair', () => {
  it('begins from the check that failed, with what it said as data', async () => {
    const check = 'console.log("expected 3, got -1 in src/sum.js:1");\nprocess.exit(3);\n';
    const lab = await authorLab({ ...FILES, 'check.js': check }, [SUM, whole('src/sum.js', RIGHT)]);
    const plan = {
      goal: 'check the sum',
      steps: [
        { action: { kind: 'file.write', path: 'notes.txt', content: 'x\n' } },
        { action: { kind: 'shell.run', argv: ['node', 'check.js'] }, check: true },
      ],
    };
    const { data: kept } = await lab.json(['plan', 'import', '-'], JSON.stringify(plan));
    await lab.json(['approve', kept.plan.id, '--steps', '1,2']);
    const executed = await lab.json(['execute', kept.plan.id, '--mode', 'execute']);
    expect(executed.data).toMatchObject({ steps: [{ status: 'done' }, { exitCode: 3 }] });
    // What is only proposed since has not failed.
    const later = { goal: 'later', steps: [{ action: { kind: 'file.delete', path: 'check.js' } }] };
    await lab.json(['plan', 'import', '-'], JSON.stringify(later));
    const { code, data } = await lab.json(['fix', ...MODE]);
    expect(code).toBe(0);
    expect(data.plan).toMatchObject({
      goal: `Make “node check.js” succeed, at which plan ${kept.plan.id} failed: check the sum`,
      steps: [
        { action: { path: 'src/sum.js', content: RIGHT } },
        // The model did not think of it.
        { action: { argv: ['node', 'check.js'] }, check: true, dependsOn: ['1'] },
      ],
    });
    const [asked = ''] = lab.asked();
    expect(asked).toContain('expected 3, got -1');
    expect(asked).toContain('ended with exit 3');
    // The file that the output names was found and shown.
    expect(asked).toContain(FILES['src/sum.js']);
  });

  it('reads what a program said from standard input', async () => {
    const lab = await authorLab(FILES, [SUM, whole('src/sum.js', RIGHT)]);
    const { data } = await lab.json(['fix', '-', ...MODE], 'src/sum.js:1: wrong sum\n');
    expect(data.plan.steps).toHaveLength(1);
    expect(lab.asked()[0]).toContain('wrong sum');
  });

  it('says where there is nothing to repair', async () => {
    const lab = await authorLab(FILES, []);
    const { code, data } = await lab.json(['fix', ...MODE]);
    expect(code).toBe(2);
    expect(data.error.hint).toBe('Say what is wrong: fix TEXT');
  });
});

describe('orders for one file', () => {
  it.each([
    [['document', 'src/sum.js'], 'comments and documentation only'],
    [['complete', 'src/sum.js'], 'Write only what is missing'],
    [['complete', 'src/sum.js:1'], 'at line 1, “export const sum'],
  ])('“%s” asks for the file at once, without an outline', async (line, words) => {
    const lab = await authorLab(FILES, [whole('src/sum.js', `// Adds.\n${FILES['src/sum.js']}`)]);
    const { code, data } = await lab.json([...line, ...MODE]);
    expect(code).toBe(0);
    expect(data.plan.steps).toMatchObject([{ action: { kind: 'file.edit', path: 'src/sum.js' } }]);
    expect(lab.asked()).toHaveLength(1);
    expect(lab.asked()[0]).toContain(words);
  });

  it('tests leave the tested file as it is, whatever the model wants', async () => {
    const lab = await authorLab(FILES, [
      outline(
        { kind: 'edit', path: 'src/sum.js', why: 'easier to test' },
        { kind: 'create', path: 'test/sum.test.js', why: 'the sum' },
      ),
      whole('test/sum.test.js', "import '../src/sum.js';\n"),
    ]);
    const { data } = await lab.json(['test', 'src/sum.js', ...MODE]);
    expect(data.plan.steps).toMatchObject([
      { action: { kind: 'file.write', path: 'test/sum.test.js' } },
    ]);
    expect(data.plan.open).toEqual([expect.stringContaining('src/sum.js is to stay as it is')]);
  });

  it.each([
    ['complete', 'src/none.js', 1, 'There is no file src/none.js.'],
    ['complete', 'src/sum.js:99', 2, 'and no 99'],
    ['document', 'src', 2, 'no regular file'],
    ['test', '../x.js', 4, 'outside of the workspace'],
    ['document', '.env', 3, 'usually holds secrets'],
  ])('“%s %s” is refused before anything is asked', async (name, path, exit, words) => {
    const lab = await authorLab({ ...FILES, '.env': 'A=1\n' }, []);
    const { code, data } = await lab.json([name, path, ...MODE]);
    expect(code).toBe(exit);
    expect(data.error.message).toContain(words);
    expect(lab.asked()).toEqual([]);
  });
});

describe('a step that is refused', () => {
  const THREE = 'export const a = 1;\n\n\n\n\nexport const b = 1;\n\n\n\n\nexport const c = 1;\n';
  const planned = async (...more: readonly Reply[]) => {
    const lab = await authorLab({ 'src/three.js': THREE, 'src/sum.js': FILES['src/sum.js'] }, [
      outline(
        { kind: 'edit', path: 'src/three.js', why: 'a and c are two' },
        { kind: 'edit', path: 'src/sum.js', why: 'add' },
      ),
      whole('src/three.js', THREE.replace('a = 1', 'a = 2').replace('c = 1', 'c = 3')),
      whole('src/sum.js', RIGHT),
      ...more,
    ]);
    const { data } = await lab.json(['plan', 'make a and c two, and sum add', ...MODE]);
    return { lab, plan: data.plan };
  };

  it('goes back to the model with the reason: a new revision, in which only it differs', async () => {
    const better = THREE.replace('a = 1', 'a = 2').replace('c = 1', 'c = 2');
    const { lab, plan } = await planned(whole('src/three.js', better));
    const line = ['plan', 'rework', plan.id, '1', 'c', 'is', 'two,', 'not', 'three', ...MODE];
    const { code, data } = await lab.json(line);
    expect(code).toBe(0);
    expect(data.plan.id).toBe(plan.id);
    expect(data.plan.hash).not.toBe(plan.hash);
    expect(data.plan.steps[0].action.content).toBe(better);
    expect(data.plan.steps[1]).toEqual(plan.steps[1]);
    const asked = lab.asked().at(-1);
    expect(asked).toContain('refused: c is two, not three');
    expect(asked).toContain('+export const c = 3;');
    const shown = await lab.json(['plan', 'show', plan.id]);
    expect(shown.data.history.at(-1)).toMatchObject({
      what: 'amended',
      reason: 'c is two, not three',
    });
  });

  it('keeps the hunks that were not refused', async () => {
    const { lab, plan } = await planned(
      whole('src/three.js', THREE.replace('a = 1', 'a = 2').replace('c = 1', 'c = 2')),
    );
    await lab.json(['plan', 'rework', plan.id, '1', '--hunks', '2', 'two', ...MODE]);
    const asked = lab.asked().at(-1) ?? '';
    expect(asked).toContain('as it is now:\n```js\nexport const a = 2;');
    expect(asked).not.toContain('+export const a = 2;');
  });

  it('stays as it is where the model does no better', async () => {
    const { lab, plan } = await planned({ says: 'No.' }, { says: 'No.' });
    const { code, data } = await lab.json(['plan', 'rework', plan.id, '1', 'two', ...MODE]);
    expect(code).toBe(1);
    expect(data.error.message).toContain('Step 1 stays as it is');
    expect((await lab.json(['plan', 'show', plan.id])).data.plan.hash).toBe(plan.hash);
  });

  it.each([
    ['9', 'has no step 9'],
    ['1 --hunks 7', 'has 2 hunks, and no 7'],
  ])('must be there: %s', async (words, message) => {
    const { lab, plan } = await planned();
    const { code, data } = await lab.json([
      'plan',
      'rework',
      plan.id,
      ...words.split(' '),
      'why',
      ...MODE,
    ]);
    expect(code).toBe(2);
    expect(data.error.message).toContain(message);
  });
});

describe('a cancel', () => {
  it.each([
    ['while the outline is written', [{ ...SUM, pieceMs: 100 }]],
    ['while a file is written', [SUM, { ...whole('src/sum.js', RIGHT), pieceMs: 200 }]],
    ['while the prompt is read', [{ ...SUM, firstMs: 20_000 }]],
  ] as [string, Reply[]][])('%s closes the connection and leaves nothing', async (_, says) => {
    const lab = await authorLab(FILES, says);
    const child = spawn(process.execPath, [PROGRAM, 'plan', 'sum should add', ...MODE, '--json'], {
      cwd: lab.project,
      env: { ...lab.env, OLLAMA_HOST: lab.server.host },
    });
    let stdout = '';
    child.stdout.on('data', (bytes) => {
      stdout += bytes;
    });
    while (lab.asked().length < says.length) await new Promise((done) => setTimeout(done, 10));
    await new Promise((done) => setTimeout(done, 100));
    child.kill('SIGINT');
    const code = await new Promise((done) => child.on('close', done));
    expect(code).toBe(130);
    expect(JSON.parse(stdout).error.code).toBe('cancelled');
    expect(lab.server.aborted()).toBe(1);
    expect((await lab.json(['plan', 'list'])).data).toEqual([]);
    expect(lab.text('src/sum.js')).toBe(FILES['src/sum.js']);
  });
});
