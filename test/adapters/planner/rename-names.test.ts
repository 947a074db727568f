import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fc } from '../../support/fc.ts';
import { plannerLab } from '../../support/planner-lab.ts';

describe('a plan that renames a name', () => {
  it('has one edit for each file, with the whole text and how many places change', async () => {
    const lab = plannerLab({
      'src/a.ts': 'export const foo = 1;\n',
      'src/b.ts': "import { foo } from './a';\nfoo(foo);\n",
      'src/c.ts': 'export const food = 1;\n',
    });
    const draft = await lab.planned('rename foo to bar in src');
    expect(draft).toMatchObject({
      goal: 'rename foo to bar in src',
      origin: { kind: 'rules', text: 'rename foo to bar in src' },
      open: [],
    });
    expect(draft.steps).toEqual([
      {
        id: '1',
        title: 'rename foo to bar, 1 place',
        why: 'src/a.ts holds the name foo. Names are compared by spelling; scopes are not analysed.',
        action: { kind: 'file.edit', path: 'src/a.ts', content: 'export const bar = 1;\n' },
      },
      {
        id: '2',
        title: 'rename foo to bar, 3 places',
        why: 'src/b.ts holds the name foo. Names are compared by spelling; scopes are not analysed.',
        action: {
          kind: 'file.edit',
          path: 'src/b.ts',
          content: "import { bar } from './a';\nbar(bar);\n",
        },
      },
    ]);
  });

  it('keeps line ends, the byte order mark and a missing last line end', async () => {
    const lab = plannerLab({
      'a.ts': '\ufeffconst foo = 1;\r\nfoo;\n\r\nfoo',
      'b.py': '\ufefffoo = 1\r\n',
    });
    expect(await lab.contents('rename foo to bar')).toEqual({
      'a.ts': '\ufeffconst bar = 1;\r\nbar;\n\r\nbar',
      'b.py': '\ufeffbar = 1\r\n',
    });
  });

  it('leaves out what is no UTF-8 and says so, and passes over binary files', async () => {
    const lab = plannerLab({
      'a.ts': 'foo;\n',
      'latin.ts': Buffer.from('foo; // caf\xe9\n', 'latin1'),
      'b.bin': Buffer.from('foo\0foo'),
    });
    const { steps, open } = await lab.planned('rename foo to bar');
    expect(steps.map(({ action }) => 'path' in action && action.path)).toEqual(['a.ts']);
    expect(open).toEqual(['Left out, as they are not UTF-8: latin.ts.']);
  });

  it('says what is bigger than it looks into', async () => {
    const lab = plannerLab({ 'a.ts': 'foo;\n', 'big.ts': `foo;\n${' '.repeat(2 * 1024 * 1024)}` });
    const { open } = await lab.planned('rename foo to bar');
    expect(open).toEqual(['Not looked into, as they are bigger than 2 MiB: big.ts.']);
  });

  it('changes whole words in code without a grammar, and says that it cannot tell more', async () => {
    const lab = plannerLab({
      'a.vue': '<script>const foo = "foo", food = 1</script>\n',
      'b.md': '# foo\n',
      'c.json': '{ "foo": 1 }\n',
    });
    const { steps, open } = await lab.planned('rename foo to bar');
    expect(steps).toHaveLength(1);
    expect(steps[0]?.action).toMatchObject({
      path: 'a.vue',
      content: '<script>const bar = "bar", food = 1</script>\n',
    });
    expect(open).toEqual([
      'No grammar is there for a.vue: every whole word foo is changed, in strings and comments too.',
      '“foo” also stands in b.md, c.json, which is no code and left alone. Name it to change it.',
    ]);
  });

  it.each([
    ['rename foo to bar in docs', ['docs/a.md', 'docs/b.ts']],
    ['rename foo to bar in docs/*.md', ['docs/a.md']],
    ['rename foo to bar in docs/a.md', ['docs/a.md']],
    ['rename foo to bar in docs/**', ['docs/a.md', 'docs/b.ts']],
    ['rename foo to bar in src', ['src/c.ts']],
    ['rename foo to bar in **/*.{ts,md}', ['docs/a.md', 'docs/b.ts', 'src/c.ts', 'src/d.md']],
  ])('changes text only where it is named: %s', async (sentence, paths) => {
    const lab = plannerLab({
      'docs/a.md': 'foo\n',
      'docs/b.ts': 'foo;\n',
      'src/c.ts': 'foo;\n',
      'src/d.md': 'foo\n',
    });
    expect(Object.keys(await lab.contents(sentence))).toEqual(paths);
  });

  it('says where the old name stays in strings and comments', async () => {
    const lab = plannerLab({ 'a.ts': 'foo;\n// foo\n"foo";\n' });
    const { open } = await lab.planned('rename foo to bar');
    expect(open).toEqual([
      '“foo” also stands in strings or comments and is left alone there: a.ts:2, a.ts:3. To change them too, say “including strings and comments”.',
    ]);
  });

  it('says where the new name is one already', async () => {
    const lab = plannerLab({ 'a.ts': 'foo;\nbar;\n"bar";\n', 'b.ts': 'bar;\n' });
    const { open } = await lab.planned('rename foo to bar');
    expect(open).toEqual([
      '“bar” is a name already at a.ts:2; afterwards the two cannot be told apart.',
    ]);
  });

  it('says which file does not parse', async () => {
    const lab = plannerLab({ 'a.ts': 'const foo = (;\n' });
    const { open } = await lab.planned('rename foo to bar');
    expect(open).toEqual(['a.ts does not parse without errors; look at what changes there.']);
  });

  it.each([
    ['rename foo to class', '“class” is a keyword of TypeScript (a.ts:1).'],
    ['rename foo to bar-baz', '“bar-baz” is no name in TypeScript (a.ts:1).'],
    ['rename foo to @bar', '“@bar” is no name in TypeScript (a.ts:1).'],
    ['rename foo to #bar', '“foo” and “#bar” have different signs in TypeScript (a.ts:1).'],
    ['rename lambda_ to lambda', '“lambda” is a keyword of Python (b.py:1).'],
    ['rename Item to item', '“item” cannot stand for “Item” at c.tsx:1.'],
  ])('refuses a name that is none: %s', async (sentence, message) => {
    const lab = plannerLab({
      'a.ts': 'foo;\n',
      'b.py': 'lambda_ = 1\n',
      'c.tsx': 'const x = <Item />;\n',
    });
    expect(await lab.refused(sentence)).toMatchObject({ code: 'invalid', message });
  });

  it('says where it looked and what is near when there is no such name', async () => {
    const lab = plannerLab({ 'src/a.ts': 'parseArgs();\n// parsArgs\n', 'src/b.md': '' });
    expect(await lab.refused('rename parsArgs to readArgs in src')).toEqual({
      code: 'not-found',
      message: '“parsArgs” is no name in the code of src (2 files looked at).',
      hint: '“parsArgs” also stands in strings or comments and is left alone there: src/a.ts:2. To change them too, say “including strings and comments”. Did you mean parseArgs?',
    });
  });

  it('asks which is meant when a file has the name too', async () => {
    const lab = plannerLab({ 'config/a.ts': 'config;\n' });
    expect(await lab.refused('rename config to settings')).toEqual({
      code: 'usage',
      message: '“config” is a folder here, and may be a name in code.',
      hint: 'Say “rename the symbol config to settings” or “rename the folder config to settings”.',
    });
    expect(await lab.contents('rename the symbol config to settings')).toEqual({
      'config/a.ts': 'settings;\n',
    });
    expect(await lab.contents('rename config to settings in config')).toEqual({
      'config/a.ts': 'settings;\n',
    });
  });

  it('looks at what git does not ignore, and at the usual sources where there is no git', async () => {
    const files = {
      'a.ts': 'foo;\n',
      'out.ts': 'foo;\n',
      'node_modules/x/a.js': 'foo;\n',
      'dist/a.js': 'foo;\n',
    };
    const bare = plannerLab(files);
    expect(Object.keys(await bare.contents('rename foo to bar'))).toEqual(['a.ts', 'out.ts']);
    const lab = plannerLab({ ...files, '.gitignore': 'out.ts\nnode_modules\n' });
    lab.git('init', '-q');
    expect(Object.keys(await lab.contents('rename foo to bar'))).toEqual(['a.ts', 'dist/a.js']);
    expect(Object.keys(await lab.contents('rename foo to bar in out.ts'))).toEqual(['out.ts']);
  });

  it('runs nothing that a repository configures', async () => {
    const lab = plannerLab({
      'a.ts': 'foo;\n',
      'evil.sh': '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n',
    });
    chmodSync(join(lab.folder, 'evil.sh'), 0o755);
    lab.git('init', '-q');
    lab.git('config', 'core.fsmonitor', join(lab.folder, 'evil.sh'));
    await lab.planned('rename foo to bar');
    expect(await lab.refused('delete ran')).toMatchObject({ code: 'not-found' });
  });

  it('follows no link', async () => {
    const lab = plannerLab({ 'src/a.ts': 'foo;\n' });
    symlinkSync(join(lab.folder, 'src/a.ts'), join(lab.folder, 'link.ts'));
    symlinkSync(join(lab.folder, 'src'), join(lab.folder, 'linked'));
    expect(Object.keys(await lab.contents('rename foo to bar'))).toEqual(['src/a.ts']);
    expect(await lab.refused('rename foo to bar in linked')).toMatchObject({ code: 'denied' });
    expect(await lab.refused('rename foo to bar in link.ts')).toMatchObject({ code: 'denied' });
    expect(await lab.refused('rename foo to bar in linked/a.ts')).toMatchObject({ code: 'denied' });
  });

  it.each([
    ['rename foo to bar in ../x', 'denied'],
    ['rename foo to bar in /etc', 'denied'],
    ['rename foo to bar in ~/x', 'denied'],
    ['rename foo to bar in sr', 'not-found'],
    ['rename foo to bar in *.ts', 'not-found'],
    ['rename foo to bar in src/[a', 'usage'],
  ])('does not guess where: %s', async (sentence, code) => {
    const lab = plannerLab({ 'src/a.ts': 'foo;\n' });
    expect(await lab.refused(sentence)).toMatchObject({ code });
  });

  it('names what is near a folder or glob that is not there', async () => {
    const lab = plannerLab({ 'source/a.ts': 'foo;\n' });
    expect((await lab.refused('rename foo to bar in sorce')).hint).toBe('Did you mean source?');
    expect((await lab.refused('rename foo to bar in a.ts')).hint).toBe('Did you mean source/a.ts?');
    expect((await lab.refused('rename foo to bar in *.ts')).hint).toBe(
      'Below other folders there are some: **/*.ts',
    );
  });

  it('stops when it is told to', async () => {
    const lab = plannerLab({ 'a.ts': 'foo;\n' });
    const stop = new AbortController();
    stop.abort();
    expect(await lab.plan('rename foo to bar', stop.signal)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
  });

  it('refuses more files than it looks at', async () => {
    const lab = plannerLab();
    mkdirSync(join(lab.folder, 'many'));
    for (let i = 0; i <= 20_000; i += 1) lab.write(`many/${i}.txt`, '');
    expect(await lab.refused('rename foo to bar')).toMatchObject({ code: 'limit' });
    expect(await lab.refused('delete many/*.txt')).toMatchObject({ code: 'limit' });
  });

  it('gives the bytes back when a fresh name is taken back', async () => {
    const piece = fc.constantFrom(
      'foo',
      'food',
      '$foo',
      ' foo ',
      '"foo"',
      "'foo'",
      `\`foo \${foo}\``,
      '// foo\n',
      '/* foo */',
      '.foo',
      '{ foo }',
      'foo:',
      '\n',
      '\r\n',
      ' ',
      ';',
      '(',
      ')',
      '<foo>',
      '/foo/',
      'é',
      '𝒳',
      '#foo',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('a.ts', 'a.tsx', 'a.py', 'a.rb', 'a.php', 'a.sh', 'a.css', 'a.lua'),
        async (pieces, path) => {
          const text = `foo;${pieces.join('')}`;
          const lab = plannerLab({ [path]: text });
          const there = await lab.plan('rename the name foo to quux');
          if (!there.ok) return;
          const { action } = there.value.steps[0] ?? { action: null };
          if (action === null || !('content' in action)) throw new Error('no edit');
          lab.write(path, action.content as string);
          expect(await lab.contents('rename the name quux to foo')).toEqual({ [path]: text });
        },
      ),
      { numRuns: 300 },
    );
  });
});
