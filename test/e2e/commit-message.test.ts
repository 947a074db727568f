import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { authorLab } from '../support/author-lab.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { ServerOptions } from '../support/ollama/scripted-server.ts';
import type { Reply } from '../support/ollama/spoken.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { CTRL_D, waitForInk } from '../support/terminal-door.ts';
import { PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

const CART = 'export const total = (prices) => prices.reduce((a, b) => a + b, 0);\n';
const ROUNDED = CART.replace('a + b', 'a + Math.round(b)');
const GOOD = 'Round each price of the cart\n\nThe invoice does so already.';
const PERSON = '[user]\n  name = Ada\n  email = ada@example.org\n[init]\n  defaultBranch = main\n';

/** A project of a person who uses git, with one commit, and a change that is not staged. */
async function repository(says: readonly Reply[], options: ServerOptions = {}) {
  const lab = await authorLab({ 'src/cart.js': CART, 'notes.txt': 'one\n' }, says, options);
  writeFileSync(join(lab.home, '.gitconfig'), PERSON);
  const git = (...argv: readonly string[]): string =>
    execFileSync('git', [...argv], {
      cwd: lab.project,
      env: lab.env,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const stage = (input: string): void => {
    execFileSync('git', ['update-index', '--index-info'], {
      cwd: lab.project,
      env: lab.env,
      input,
    });
  };
  const write = (path: string, text: string | Buffer): void => {
    mkdirSync(dirname(join(lab.project, path)), { recursive: true });
    writeFileSync(join(lab.project, path), text);
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Sum up what a cart holds');
  write('src/cart.js', ROUNDED);
  return { ...lab, git, stage, write };
}

describe('a commit message', () => {
  it('is written for what is staged, in the manner of earlier ones; nothing is committed', async () => {
    const lab = await repository([{ says: GOOD }]);
    lab.git('add', '.');
    lab.write('notes.txt', 'two\n');
    const before = lab.git('rev-parse', 'HEAD') + lab.git('status', '--porcelain');
    const { code, data, stderr } = await lab.json(['commit', 'message']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(data).toMatchObject({
      message: GOOD,
      subject: 'Round each price of the cart',
      body: 'The invoice does so already.',
      files: ['src/cart.js'],
      hidden: [],
      model: 'tiny:latest',
      truncated: false,
      notes: [],
    });
    expect(data.promptTokens).toBeGreaterThan(50);
    expect(data.answerTokens).toBeGreaterThan(5);
    const [asked = ''] = lab.asked();
    expect(asked).toContain(`+${ROUNDED}`);
    expect(asked).toContain('Sum up what a cart holds');
    expect(asked).not.toContain('notes.txt');
    expect(lab.git('rev-parse', 'HEAD') + lab.git('status', '--porcelain')).toBe(before);
  });

  it('is not asked for where no plan could commit: in a sub-folder of the repository', async () => {
    const lab = await repository([{ says: GOOD }]);
    lab.git('add', '.');
    const refused = await lab.json([
      ...['commit', '--mode', 'propose', '--cwd', join(lab.project, 'src')],
    ]);
    expect(refused).toMatchObject({ code: 1, data: { error: { code: 'unavailable' } } });
    expect(refused.data.error.message).toContain(join(lab.project, '.git'));
    expect(refused.data.error.hint).toContain(`Start TinyCode in ${lab.project}`);
    expect(lab.asked()).toEqual([]);
  });

  it('says where nothing is staged, and reads all changes where that is asked for', async () => {
    const lab = await repository([{ says: GOOD }]);
    const none = await lab.json(['commit', 'message']);
    expect(none).toMatchObject({ code: 1, data: { error: { code: 'not-found' } } });
    expect(none.data.error.message).toContain('Nothing is staged');
    expect(none.data.error.hint).toContain('--all');
    expect(lab.asked()).toEqual([]);
    expect((await lab.json(['commit', 'message', '--all'])).data.files).toEqual(['src/cart.js']);
    lab.git('commit', '-qam', 'x');
    const clean = await lab.json(['commit', 'message', '--all']);
    expect(clean.data.error.message).toBe('Nothing differs from the last commit.');
  });

  it('is asked for once more where it cannot be used, and shortened where that does not help', async () => {
    const long = `Round each price of the cart ${'as the invoice does '.repeat(5)}`.trim();
    const mended = await repository([
      { says: long },
      { says: `Here it is:\n\`\`\`\n${GOOD}\n\`\`\`` },
    ]);
    mended.git('add', '.');
    expect((await mended.json(['commit', 'message'])).data).toMatchObject({
      message: GOOD,
      notes: [],
    });
    expect(mended.asked()[1]).toContain('at most 72 are allowed');

    const stubborn = await repository([{ says: long }, { says: long }]);
    stubborn.git('add', '.');
    const { data } = await stubborn.json(['commit', 'message']);
    expect(data.subject.length).toBeLessThanOrEqual(72);
    expect(data.body.replaceAll('\n', ' ')).toBe(long);
    expect(data.notes).toEqual([expect.stringContaining('was shortened')]);

    const silent = await repository([{ says: '```\n```' }, { says: 'Sure!' }]);
    silent.git('add', '.');
    const empty = await silent.json(['commit', 'message']);
    expect(empty).toMatchObject({ code: 6, data: { error: { code: 'model' } } });
  });

  it('never shows the model what the rules keep from it, nor a secret in another file', async () => {
    const key = 'sk-ant-api03-9fK2mQx7LpR4vTn8WzB1cYdH6sJgEuAo3iXk5';
    const lab = await repository([{ says: GOOD }]);
    lab.write('.env', 'TOKEN=hunter2hunter2\n');
    lab.write('src/cart.js', `const API_KEY = '${key}';\n${ROUNDED}`);
    lab.git('add', '-f', '.');
    const { data } = await lab.json(['commit', 'message']);
    expect(data.hidden).toEqual(['.env']);
    expect(data.notes).toEqual(['Kept from the model by the rules: .env.']);
    expect(lab.asked().join()).not.toMatch(/hunter2|sk-ant/);
    expect(lab.asked().join()).toContain('new .env');
    const { stdout } = await lab.run(['audit', 'export', '--json']);
    expect(stdout).not.toMatch(/hunter2|sk-ant/);
  });

  it('is not written in the middle of a merge, which has one', async () => {
    const lab = await repository([]);
    lab.git('commit', '-qam', 'main');
    lab.git('checkout', '-qb', 'side', 'HEAD~1');
    lab.write('src/cart.js', `${CART}// side\n`);
    lab.git('commit', '-qam', 'side');
    lab.write('other.txt', 'x\n');
    expect(() => lab.git('merge', '-q', 'main')).toThrow();
    const torn = await lab.json(['commit', 'message']);
    expect(torn).toMatchObject({ code: 1, data: { error: { code: 'unavailable' } } });
    expect(torn.data.error.message).toContain('not merged yet: src/cart.js');
    lab.git('add', 'src/cart.js');
    const merging = await lab.json(['commit', 'message']);
    expect(merging.data.error.message).toBe('A merge is under way, and git has a message for it.');
    expect(merging.data.error.hint).toContain('git commit --no-edit');
    expect(lab.asked()).toEqual([]);
  });

  it('is written for the first commit of all, with files that are no text and odd names', async () => {
    const lab = await repository([{ says: GOOD }, { says: GOOD }]);
    lab.git('update-ref', '-d', 'HEAD');
    lab.write('logo.png', Buffer.from([0x89, 0x50, 0, 1, 2, 3]));
    lab.write('a "b"\tü/x y.txt', 'odd\n');
    lab.git('mv', 'notes.txt', 'old.txt');
    lab.git('add', '.');
    const { data } = await lab.json(['commit', 'message']);
    expect(data.files).toEqual(['a "b"\tü/x y.txt', 'logo.png', 'old.txt', 'src/cart.js']);
    expect(data.notes).toEqual([]);
    const [asked = ''] = lab.asked();
    expect(asked).toContain('new logo.png no text');
    expect(asked).toContain('+odd');
    expect(asked).not.toContain('earlier commits');
    expect((await lab.json(['commit', 'message', '--all'])).code).toBe(0);
  });

  it('sees what moved, what is gone, and only its own folder as such', async () => {
    const lab = await repository([{ says: GOOD }]);
    lab.write('sub/a.txt', `${'a line\n'.repeat(9)}`);
    lab.git('add', '.');
    lab.git('commit', '-qm', 'Add a');
    lab.git('mv', 'sub/a.txt', 'sub/b.txt');
    lab.git('rm', '-q', 'notes.txt');
    const within = await lab.json(['commit', 'message', '--cwd', join(lab.project, 'sub')]);
    expect(within.data.files).toEqual(['../notes.txt', 'b.txt']);
    expect(within.data.hidden).toEqual(['../notes.txt']);
    expect(lab.asked()[0]).toContain('moved b.txt from a.txt +0 -0');
  });

  it('is written for thousands of files, with a word on what was left out', async () => {
    const lab = await repository([{ says: GOOD }]);
    lab.write('huge.txt', 'a line of it\n'.repeat(6_000));
    lab.write('src/cart.js', ROUNDED + '// and more\n'.repeat(1_500));
    lab.git('add', '.');
    // Into the index alone: to write them all would take longer than all else.
    const blob = lab.git('rev-parse', 'HEAD:notes.txt').trim();
    const index = Array.from(
      { length: 5_000 },
      (_, at) => `100644 ${blob}\tmany/f${at % 50}/${at}.txt\n`,
    );
    lab.stage(index.join(''));
    const { code, data } = await lab.json(['commit', 'message']);
    expect(code).toBe(0);
    expect(data.files).toHaveLength(5_002);
    expect(data.notes).toEqual([
      'Only the beginning was given: src/cart.js.',
      expect.stringMatching(/^Only the names were given: .* and 4,?\d+ more\.$/),
    ]);
    expect(lab.asked()[0]).toContain('and 4942 more files');
    expect(data.promptTokens).toBeLessThan(8_192);
  });

  it('says so where the window is too small for it', async () => {
    const lab = await repository([], { models: [fakeModel('tiny', { contextLength: 400 })] });
    for (let at = 0; at < 90; at++) lab.write(`some/long/folder/name/file-number-${at}.txt`, 'x\n');
    lab.git('add', '.');
    const { code, data } = await lab.json(['commit', 'message']);
    expect(code).toBe(6);
    expect(data.error.message).toContain('400 tokens');
    expect(lab.asked()).toEqual([]);
  });

  it('needs a repository', async () => {
    const lab = await authorLab({ 'a.txt': 'a\n' }, []);
    const { code, data } = await lab.json(['commit', 'message']);
    expect(code).toBe(1);
    expect(data.error).toMatchObject({
      message: 'commit message cannot run now: this folder is no git repository.',
      hint: 'git init',
    });
  });
});

describe('a commit', () => {
  it('is a plan: nothing is committed before it is approved, and no hook runs', async () => {
    const lab = await repository([{ says: GOOD }]);
    lab.git('add', '.');
    const hook = join(lab.project, '.git/hooks/pre-commit');
    writeFileSync(hook, `#!/bin/sh\ntouch '${join(lab.root, 'fired')}'\nexit 1\n`);
    chmodSync(hook, 0o755);
    const { code, data } = await lab.json(['commit', '--mode', 'propose']);
    expect(code).toBe(0);
    expect(data.plan).toMatchObject({
      goal: 'Commit what is staged: Round each price of the cart',
      steps: [{ action: { kind: 'git.run', argv: ['commit', '-m', GOOD] } }],
    });
    expect(data.plan.steps[0].why).toContain(
      'changed src/cart.js +1 -1. Hooks and signing stay off.',
    );
    expect(lab.git('log', '--format=%s')).toBe('Sum up what a cart holds\n');
    await lab.json(['approve', data.plan.id]);
    expect(await lab.json(['execute', data.plan.id, '--mode', 'execute'])).toMatchObject({
      code: 0,
    });
    expect(lab.git('log', '-1', '--format=%an <%ae>%n%B').trim()).toBe(
      `Ada <ada@example.org>\n${GOOD}`,
    );
    expect(lab.git('status', '--porcelain')).toBe('');
    expect(existsSync(join(lab.root, 'fired'))).toBe(false);
    expect((await lab.json(['commit', '--mode', 'propose'])).data.error.message).toContain(
      'staged',
    );
  });

  it('is not proposed where something else was staged while its message was written', async () => {
    const lab = await repository([{ says: GOOD, firstMs: 2_000 }, { says: GOOD }]);
    lab.git('add', '.');
    const proposing = lab.json(['commit', '--mode', 'propose']);
    await vi.waitFor(() => expect(lab.asked()).toHaveLength(1), { timeout: 20_000 });
    lab.write('notes.txt', 'two\n');
    lab.git('add', '.');
    expect(await proposing).toMatchObject({ code: 5, data: { error: { code: 'changed' } } });
    expect((await lab.json(['plan', 'list'])).data).toEqual([]);
    const { data } = await lab.json(['commit', '--mode', 'propose']);
    expect(data.plan.steps[0].staged.files).toHaveLength(2);
  });

  it('takes the message that was on the screen, and asks the model no second time', async () => {
    const lab = await repository([{ says: GOOD, pieceMs: 10 }, { says: 'Do something else' }]);
    lab.git('add', '.');
    const pty = startPty(process.execPath, [PROGRAM, '--mode', 'propose'], {
      cwd: lab.project,
      env: { ...lab.env, OLLAMA_HOST: lab.server.host },
    });
    running.add(pty);
    await pty.waitFor('the model', (screen) => screen.includes('tiny'));
    await waitForInk(pty);
    pty.type('/commit message\r');
    await pty.waitFor('the message', (screen) =>
      /\n {2}Round each price of the cart\n\n {2}The invoice does so already\.\n[\s\S]*\/commit proposes/.test(
        screen,
      ),
    );
    pty.type('/commit\r');
    await pty.waitFor('the plan', (screen) => screen.includes('looks at every change'));
    expect(pty.screen().join('\n')).toContain(
      'Commit what is staged: Round each price of the cart',
    );
    expect(lab.asked()).toHaveLength(1);
    // Another content is another commit.
    lab.write('notes.txt', 'three\n');
    lab.git('add', '.');
    pty.type('/commit\r');
    await pty.waitFor('another', (screen) => screen.includes('staged: Do something else'));
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
  });
});
