import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PlannerLab, plannerLab } from '../../support/planner-lab.ts';

const actions = async (lab: PlannerLab, sentence: string) =>
  (await lab.planned(sentence)).steps.map(({ action }) => action);

const FILES = {
  'a.txt': 'a\n',
  'b.txt': 'b\n',
  'docs/one.md': '1\n',
  'docs/two.md': '2\n',
  'docs/old/three.md': '3\n',
};

describe('a plan that creates', () => {
  it('writes a file with exactly the content that was given', async () => {
    const lab = plannerLab();
    expect(await actions(lab, 'create src/greet.ts with content "a\\n\\tb"')).toEqual([
      { kind: 'file.write', path: 'src/greet.ts', content: 'a\n\tb' },
    ]);
    expect(await actions(lab, 'create an empty file .env')).toEqual([
      { kind: 'file.write', path: '.env', content: '' },
    ]);
    expect(await actions(lab, 'create folder docs/api/')).toEqual([
      { kind: 'folder.create', path: 'docs/api' },
    ]);
  });

  it('fills a template with the names that the file suggests', async () => {
    const lab = plannerLab();
    expect(await lab.contents('create a React component src/greeting-card.tsx')).toEqual({
      'src/greeting-card.tsx':
        'export function GreetingCard() {\n  return <div>GreetingCard</div>;\n}\n',
    });
    expect(await lab.contents('create a Python module app/readWords')).toEqual({
      'app/readWords.py': '"""Read words."""\n\n\ndef read_words() -> None:\n    pass\n',
    });
    expect(await lab.contents('create a Go file words/split_all.go')).toEqual({
      'words/split_all.go': 'package words\n\nfunc SplitAll() {\n}\n',
    });
    expect(await actions(lab, 'create a shell script bin/go')).toMatchObject([
      { path: 'bin/go.sh', isExecutable: true },
    ]);
  });

  it.each([
    ['create an empty file a.txt', 'invalid', 'a.txt is there already.'],
    ['create folder docs', 'invalid', 'docs is there already.'],
    ['create an empty file a.txt/b', 'invalid', 'a.txt is no folder, so nothing can lie below it.'],
    ['create an empty file docs/', 'usage', 'docs/ names a folder.'],
    ['create an empty file ../x', 'denied', '../x lies outside of the workspace.'],
    ['create an empty file docs/../../x', 'denied', 'docs/../../x lies outside of the workspace.'],
    ['create an empty file /tmp/x', 'denied', '/tmp/x lies outside of the workspace.'],
    ['create an empty file ~/x', 'denied', '~/x lies outside of the workspace.'],
    ['create folder .', 'denied', '. is the workspace itself.'],
    ['create a React component src/a.ts', 'usage', 'src/a.ts is no name for a react component.'],
  ])('refuses: %s', async (sentence, code, message) => {
    expect(await plannerLab(FILES).refused(sentence)).toMatchObject({ code, message });
  });

  it('takes an absolute path inside of the workspace', async () => {
    const lab = plannerLab();
    expect(await actions(lab, `create an empty file ${lab.folder}/x.txt`)).toMatchObject([
      { path: 'x.txt' },
    ]);
  });

  it('goes through no link', async () => {
    const lab = plannerLab(FILES);
    symlinkSync('/tmp', join(lab.folder, 'out'));
    expect(await lab.refused('create an empty file out/x')).toMatchObject({
      code: 'denied',
      message: 'out/x leads through the symbolic link out.',
    });
  });
});

describe('a plan that moves', () => {
  it.each([
    ['move a.txt to docs/', 'a.txt', 'docs/a.txt'],
    ['move a.txt to docs', 'a.txt', 'docs/a.txt'],
    ['move a.txt to new/', 'a.txt', 'new/a.txt'],
    ['move a.txt to new', 'a.txt', 'new'],
    ['move docs/one.md to ./', 'docs/one.md', 'one.md'],
    ['move docs to papers', 'docs', 'papers'],
    ['rename docs/one.md to uno.md', 'docs/one.md', 'docs/uno.md'],
    ['rename docs/one.md to papers/uno.md', 'docs/one.md', 'papers/uno.md'],
    ['rename the folder docs/old to new', 'docs/old', 'docs/new'],
  ])('%s', async (sentence, from, to) => {
    expect(await actions(plannerLab(FILES), sentence)).toEqual([{ kind: 'file.move', from, to }]);
  });

  it('moves what a glob matches, and several files, into a folder', async () => {
    const lab = plannerLab(FILES);
    expect(await actions(lab, 'move docs/*.md to papers/')).toEqual([
      { kind: 'file.move', from: 'docs/one.md', to: 'papers/one.md' },
      { kind: 'file.move', from: 'docs/two.md', to: 'papers/two.md' },
    ]);
    expect(await actions(lab, 'move a.txt and b.txt to docs')).toHaveLength(2);
  });

  it.each([
    ['move a.txt to b.txt', 'invalid'],
    ['move a.txt to a.txt', 'invalid'],
    ['move docs/one.md to docs', 'invalid'],
    ['move docs to docs/old', 'invalid'],
    ['move a.txt and b.txt to new', 'usage'],
    ['move c.txt to docs', 'not-found'],
    ['move *.rs to docs', 'not-found'],
    ['move a.txt to ../x', 'denied'],
    ['move /etc/passwd to x', 'denied'],
    ['move . to x', 'denied'],
  ])('refuses: %s', async (sentence, code) => {
    expect(await plannerLab(FILES).refused(sentence)).toMatchObject({ code });
  });

  it('says which files import what moves, and that nothing is done about it', async () => {
    const lab = plannerLab({
      'src/words.ts': "import x from './other';\n",
      'src/a.ts': "import { w } from './words.ts';\n",
      'src/deep/b.ts': "export * from '../words';\n",
      'src/deep/c.ts': "import './words';\n",
      'lib/d.py': 'from src.words import x\n',
      'lib/e.py': 'import wordsmith\n',
      'README.md': "'src/words'\n",
    });
    const { open } = await lab.planned('move src/words.ts to lib/');
    expect(open).toEqual([
      'src/words.ts is imported by lib/d.py, src/a.ts, src/deep/b.ts; that is not changed.',
      'src/words.ts imports by relative paths (1); they are not changed.',
    ]);
  });

  it('names the nearest when a file is not there', async () => {
    const lab = plannerLab(FILES);
    expect((await lab.refused('move one.md to papers/')).hint).toBe('Did you mean docs/one.md?');
    expect((await lab.refused('delete docs/tow.md')).hint).toBe('Did you mean docs/two.md?');
  });
});

describe('a plan that copies', () => {
  it('writes a text as a text and anything else as its bytes', async () => {
    const bytes = Buffer.from([0, 255, 1, 128]);
    const lab = plannerLab({ ...FILES, 'x.bin': bytes, 'bom.txt': '\ufeffx\r\n', 'run.sh': '' });
    chmodSync(join(lab.folder, 'run.sh'), 0o755);
    expect(await actions(lab, 'copy a.txt to docs/')).toEqual([
      { kind: 'file.write', path: 'docs/a.txt', content: 'a\n' },
    ]);
    expect(await actions(lab, 'copy x.bin to y.bin')).toEqual([
      { kind: 'file.write', path: 'y.bin', content: { base64: bytes.toString('base64') } },
    ]);
    expect(await actions(lab, 'copy bom.txt to c.txt')).toMatchObject([{ content: '\ufeffx\r\n' }]);
    expect(await actions(lab, 'copy run.sh to go.sh')).toMatchObject([{ isExecutable: true }]);
  });

  it.each([
    ['copy docs to papers', 'invalid'],
    ['copy a.txt to b.txt', 'invalid'],
    ['copy c.txt to d.txt', 'not-found'],
    ['copy ~/.ssh/id_rsa to key', 'denied'],
    ['copy link to key', 'invalid'],
  ])('refuses: %s', async (sentence, code) => {
    const lab = plannerLab(FILES);
    symlinkSync('/etc/hostname', join(lab.folder, 'link'));
    expect(await lab.refused(sentence)).toMatchObject({ code });
  });
});

describe('a plan that deletes', () => {
  it.each([
    ['delete a.txt', ['a.txt']],
    ['delete docs/*.md', ['docs/one.md', 'docs/two.md']],
    ['delete docs/**/*.md', ['docs/old/three.md', 'docs/one.md', 'docs/two.md']],
    ['delete a.txt and docs/old', ['a.txt', 'docs/old']],
    ['remove the folder docs', ['docs']],
    ['delete ./docs/../a.txt', ['a.txt']],
    ['delete {a,b}.txt', ['a.txt', 'b.txt']],
    ['delete link', ['link']],
    ['delete docs/one.md and docs', ['docs']],
  ])('%s', async (sentence, paths) => {
    const lab = plannerLab(FILES);
    symlinkSync('/etc', join(lab.folder, 'link'));
    expect(await actions(lab, sentence)).toEqual(
      paths.map((path) => ({ kind: 'file.delete', path })),
    );
  });

  it('matches what git ignores too, but never what lies in .git', async () => {
    const lab = plannerLab({ 'build/a.o': '', 'build/b.o': '', '.gitignore': 'build\n' });
    lab.git('init', '-q');
    expect(await actions(lab, 'delete build/*.o')).toHaveLength(2);
    expect(await lab.refused('delete **/HEAD')).toMatchObject({ code: 'not-found' });
    lab.write('node_modules/x/a.o', '');
    expect(await actions(lab, 'delete **/*.o')).toHaveLength(2);
    expect(await actions(lab, 'delete node_modules/**/*.o')).toHaveLength(1);
  });

  it.each([
    ['delete c.txt', 'not-found'],
    ['delete the folder a.txt', 'usage'],
    ['delete the file docs', 'usage'],
    ['delete docs/..', 'denied'],
    ['delete ../other', 'denied'],
    ['delete link/passwd', 'denied'],
    ['delete *.rs', 'not-found'],
    ['delete a\u0007.txt', 'denied'],
  ])('refuses: %s', async (sentence, code) => {
    const lab = plannerLab(FILES);
    symlinkSync('/etc', join(lab.folder, 'link'));
    expect(await lab.refused(sentence)).toMatchObject({ code });
  });

  it('says which files import what goes', async () => {
    const lab = plannerLab({ 'a.ts': "import './b';\n", 'b.ts': '' });
    expect((await lab.planned('delete b.ts')).open).toEqual([
      'b.ts is imported by a.ts; that is not changed.',
    ]);
  });

  it('touches nothing that is no file', async () => {
    const lab = plannerLab();
    mkdirSync(join(lab.folder, 'empty'));
    expect(await actions(lab, 'delete empty')).toEqual([{ kind: 'file.delete', path: 'empty' }]);
  });
});
