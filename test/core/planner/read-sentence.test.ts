import { describe, expect, it } from 'vitest';
import { readSentence } from '../../../src/core/planner/read-sentence.ts';
import type { Prose, Request, Scope } from '../../../src/core/planner/request.ts';
import { SENTENCES } from '../../../src/core/planner/sentences.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const everywhere: Scope = { kind: 'everywhere' };
const inside = (...paths: string[]): Scope => ({ kind: 'in', paths });

const name = (
  from: string,
  to: string,
  scope: Scope = everywhere,
  more: { alsoIn?: readonly Prose[]; isSurelyName?: boolean } = {},
): Request => ({
  kind: 'rename-name',
  from,
  to,
  scope,
  alsoIn: more.alsoIn ?? [],
  isSurelyName: more.isSurelyName ?? false,
});
const surely = { isSurelyName: true };
const both = { alsoIn: ['strings', 'comments'] } as const;
const text = (found: string, replacement: string, scope: Scope): Request => ({
  kind: 'replace',
  find: { kind: 'text', text: found },
  replacement,
  scope,
});
const word = (found: string, replacement: string, scope: Scope): Request => ({
  kind: 'replace',
  find: { kind: 'word', text: found },
  replacement,
  scope,
});
const regex = (source: string, flags: string, replacement: string, scope: Scope): Request => ({
  kind: 'replace',
  find: { kind: 'regex', source, flags },
  replacement,
  scope,
});
const file = (path: string, content = ''): Request => ({ kind: 'create-file', path, content });
const template = (id: string, path: string): Request => ({
  kind: 'create-from-template',
  path,
  template: id,
});
const folder = (path: string): Request => ({ kind: 'create-folder', path });
const move = (from: string | readonly string[], to: string, isRename = false): Request => ({
  kind: 'move',
  from: typeof from === 'string' ? [from] : from,
  to,
  isRename,
});
const copy = (from: string, to: string): Request => ({ kind: 'copy', from, to });
const drop = (what: 'file' | 'folder' | 'any', ...paths: string[]): Request => ({
  kind: 'delete',
  paths,
  what,
});
const run = (command: string, where: string | null = null): Request => ({
  kind: 'run',
  command,
  folder: where,
});
const format = (...paths: string[]): Request => ({ kind: 'format', paths });
const commit = (message: string, ...paths: string[]): Request => ({
  kind: 'commit',
  message,
  what: paths.length === 0 ? { kind: 'as-is' } : { kind: 'paths', paths },
});
const commitAll = (message: string): Request => ({
  kind: 'commit',
  message,
  what: { kind: 'all' },
});

const UNDERSTOOD: readonly (readonly [string, ...Request[]])[] = [
  // names
  ['rename parseArgs to readArgs in src', name('parseArgs', 'readArgs', inside('src'))],
  ['rename parseArgs to readArgs', name('parseArgs', 'readArgs')],
  ['Rename parseArgs to readArgs.', name('parseArgs', 'readArgs')],
  ['RENAME foo TO bar EVERYWHERE', name('foo', 'bar')],
  ['rename the function foo to bar everywhere', name('foo', 'bar', everywhere, surely)],
  ['rename the function foo to bar everywhere!', name('foo', 'bar', everywhere, surely)],
  ['rename class A to B in src/**/*.ts', name('A', 'B', inside('src/**/*.ts'), surely)],
  ['rename "foo" to "bar" in src', name('foo', 'bar', inside('src'))],
  ['rename ‘foo’ to “bar” in `src`', name('foo', 'bar', inside('src'))],
  ['please rename foo to bar', name('foo', 'bar')],
  ['rename foo into bar within lib', name('foo', 'bar', inside('lib'))],
  ['rename foo as bar under lib', name('foo', 'bar', inside('lib'))],
  ['rename foo to bar in src and test', name('foo', 'bar', inside('src', 'test'))],
  ['rename foo to bar in src, test and lib', name('foo', 'bar', inside('src', 'test', 'lib'))],
  ['rename foo to bar in the whole project', name('foo', 'bar')],
  ['rename foo to bar across the project', name('foo', 'bar')],
  ['rename foo to bar throughout the entire codebase', name('foo', 'bar')],
  ['rename foo to bar in all files', name('foo', 'bar')],
  ['rename foo to bar in every file', name('foo', 'bar')],
  ['rename foo to bar everywhere in src', name('foo', 'bar', inside('src'))],
  ['rename foo to bar in the file src/a.ts', name('foo', 'bar', inside('src/a.ts'))],
  ['rename foo to bar in the folder src', name('foo', 'bar', inside('src/'))],
  ['rename foo to bar including strings and comments', name('foo', 'bar', everywhere, both)],
  [
    'rename foo to bar in src including strings and comments',
    name('foo', 'bar', inside('src'), both),
  ],
  [
    'rename foo to bar, including comments and strings, in src',
    name('foo', 'bar', inside('src'), both),
  ],
  ['rename foo to bar also in strings', name('foo', 'bar', everywhere, { alsoIn: ['strings'] })],
  [
    'rename foo to bar in src, also in comments',
    name('foo', 'bar', inside('src'), { alsoIn: ['comments'] }),
  ],
  [
    'rename foo to bar in src and in comments too',
    name('foo', 'bar', inside('src'), { alsoIn: ['comments'] }),
  ],
  [
    'rename foo to bar in src and comments too',
    name('foo', 'bar', inside('src'), { alsoIn: ['comments'] }),
  ],
  [
    'rename foo to bar even in the comments',
    name('foo', 'bar', everywhere, { alsoIn: ['comments'] }),
  ],
  ['rename foo to bar in strings too', name('foo', 'bar', everywhere, { alsoIn: ['strings'] })],
  ['rename all occurrences of foo to bar', name('foo', 'bar')],
  ['rename every use of the method foo to bar', name('foo', 'bar', everywhere, surely)],
  ['rename a to b', name('a', 'b')],
  ['rename foo in src and test to bar', name('foo', 'bar', inside('src', 'test'))],
  ['rename foo everywhere to bar', name('foo', 'bar')],
  ['replace "foo" in docs with "bar"', text('foo', 'bar', inside('docs'))],
  ['replace "foo" in the whole project with "bar"', text('foo', 'bar', everywhere)],
  ['replace /a/ in docs by "b"', regex('a', '', 'b', inside('docs'))],
  ['rename name to title', name('name', 'title')],
  ['rename the type to kind', name('type', 'kind')],
  ['rename function to fn', name('function', 'fn')],
  ['rename $store to $state', name('$store', '$state')],
  ['rename @count to @total in lib', name('@count', '@total', inside('lib'))],
  ['rename #size to #length', name('#size', '#length')],
  ['rename --gap to --space in styles', name('--gap', '--space', inside('styles'))],
  [
    'rename primary-button to main-button in styles',
    name('primary-button', 'main-button', inside('styles')),
  ],
  ['rename größe to länge', name('größe', 'länge')],
  ['rename "ok" to "ok?" in lib', name('ok', 'ok?', inside('lib'))],
  // texts
  ['replace "foo" with "bar" in src/**/*.ts', text('foo', 'bar', inside('src/**/*.ts'))],
  ["replace 'foo' with 'bar' in src", text('foo', 'bar', inside('src'))],
  ['replace `a "b" c` with "d" everywhere', text('a "b" c', 'd', everywhere)],
  ['replace foo with bar in docs', text('foo', 'bar', inside('docs'))],
  ['replace the text "foo" by "bar" in docs', text('foo', 'bar', inside('docs'))],
  ['replace all occurrences of "foo" with "bar" in docs', text('foo', 'bar', inside('docs'))],
  ['replace the word foo with bar in docs', word('foo', 'bar', inside('docs'))],
  ['Replace every "foo" with "" in docs.', text('foo', '', inside('docs'))],
  ['replace "foo" with nothing in docs', text('foo', '', inside('docs'))],
  [
    'replace "a; b, then c" with "d and run e" in docs',
    text('a; b, then c', 'd and run e', inside('docs')),
  ],
  ["replace \"it's\" with 'it is' in docs", text("it's", 'it is', inside('docs'))],
  ["replace 'it's' with \"it is\" in docs", text("it's", 'it is', inside('docs'))],
  ['replace "$&" with "$1" in docs', text('$&', '$1', inside('docs'))],
  ['replace "a\\nb" with "c" in docs', text('a\\nb', 'c', inside('docs'))],
  ["replace '\\' with '/' in docs", text('\\', '/', inside('docs'))],
  ['replace all tabs with two spaces in Makefile', text('\t', '  ', inside('Makefile'))],
  ['replace four spaces with a tab in Makefile', text('    ', '\t', inside('Makefile'))],
  ['replace tabs with 4 spaces everywhere', text('\t', '    ', everywhere)],
  ['change "foo" to "bar" in README.md', text('foo', 'bar', inside('README.md'))],
  [
    'replace "foo" with "bar" in "my docs/a file.md"',
    text('foo', 'bar', inside('my docs/a file.md')),
  ],
  [
    'replace /v(\\d+)/ with "version $1" in docs',
    regex('v(\\d+)', '', 'version $1', inside('docs')),
  ],
  ['replace /a b[/]c\\/d/gi with "x" in docs', regex('a b[/]c\\/d', 'gi', 'x', inside('docs'))],
  ['replace the regex /^x/m with "y" everywhere', regex('^x', 'm', 'y', everywhere)],
  ['change /a/ to "b" in docs', regex('a', '', 'b', inside('docs'))],
  // new files
  ['create src/greet.ts with content "a\\nb\\t\\"c\\"\\\\n"', file('src/greet.ts', 'a\nb\t"c"\\n')],
  ["create a.txt with content 'one\\ntwo'", file('a.txt', 'one\ntwo')],
  ['create a.txt with content `raw \\n`', file('a.txt', 'raw \\n')],
  ['create a.txt with the content: "x"', file('a.txt', 'x')],
  ['create a new file a.txt containing "x; y"', file('a.txt', 'x; y')],
  ['create a file called a.txt with the text "x"', file('a.txt', 'x')],
  ['create an empty file notes.txt', file('notes.txt')],
  ['create the file notes.txt', file('notes.txt')],
  ['make an empty file named "two words.txt"', file('two words.txt')],
  ['add a file notes.txt', file('notes.txt')],
  ['create folder docs/api', folder('docs/api')],
  ['create the directory docs/api.', folder('docs/api')],
  ['make a new folder called docs/api', folder('docs/api')],
  [
    'create a TypeScript module src/read-words.ts',
    template('typescript-module', 'src/read-words.ts'),
  ],
  ['create a React component src/Button.tsx', template('react-component', 'src/Button.tsx')],
  ['Create a new react component called src/Button', template('react-component', 'src/Button')],
  ['create a Python module app/words.py', template('python-module', 'app/words.py')],
  ['create a Python script tool.py', template('python-script', 'tool.py')],
  ['create a pytest test tests/test_words.py', template('python-test', 'tests/test_words.py')],
  ['create a TypeScript test test/words.test.ts', template('vitest-test', 'test/words.test.ts')],
  ['add a shell script bin/go.sh', template('shell-script', 'bin/go.sh')],
  ['create a Rust module src/words.rs', template('rust-module', 'src/words.rs')],
  ['create a Go file words/words.go', template('go-file', 'words/words.go')],
  ['create an HTML page index.html', template('html-page', 'index.html')],
  // files that are there
  ['move a.txt to docs/', move('a.txt', 'docs/')],
  ['move the file a.txt into the folder docs', move('a.txt', 'docs/')],
  ['move a.txt, b.txt and c.txt to docs', move(['a.txt', 'b.txt', 'c.txt'], 'docs')],
  ['move docs/*.md to old/', move('docs/*.md', 'old/')],
  ['move the folder lib to src/lib', move('lib', 'src/lib')],
  ['rename file a.ts to b.ts', move('a.ts', 'b.ts', true)],
  ['rename a.ts to b.ts', move('a.ts', 'b.ts', true)],
  ['rename src/a.ts to src/b.ts', move('src/a.ts', 'src/b.ts', true)],
  ['rename the folder lib to source', move('lib', 'source', true)],
  ['rename file Makefile to GNUmakefile', move('Makefile', 'GNUmakefile', true)],
  ['rename "my file.txt" to "your file.txt"', move('my file.txt', 'your file.txt', true)],
  ['copy a.txt to b.txt', copy('a.txt', 'b.txt')],
  ['copy the file .env.example to .env', copy('.env.example', '.env')],
  ['duplicate a.txt as b.txt', copy('a.txt', 'b.txt')],
  ['delete old.txt', drop('any', 'old.txt')],
  ['delete "all"', drop('any', 'all')],
  ['delete docs/old/*.md', drop('any', 'docs/old/*.md')],
  ['remove the folder build', drop('folder', 'build')],
  ['delete the files a.txt and b.txt', drop('file', 'a.txt', 'b.txt')],
  ['delete build/', drop('any', 'build')],
  ['remove *.log', drop('any', '*.log')],
  // programs
  ['run npm test', run('npm test')],
  ['Run npm test.', run('npm test')],
  ['run "npm run lint" in packages/a', run('npm run lint', 'packages/a')],
  ['run npm test in packages/a', run('npm test', 'packages/a')],
  ['run the command "npm test"', run('npm test')],
  ['run `npm test`', run('npm test')],
  ['execute make -j4', run('make -j4')],
  ['run eslint .', run('eslint .')],
  ['run git log --format="%h; then %s" -n 3', run('git log --format="%h; then %s" -n 3')],
  ['run grep "a b" src/a.ts', run('grep "a b" src/a.ts')],
  ['run "make; make install"', run('make; make install')],
  ['run cat a.txt | wc -l', run('cat a.txt | wc -l')],
  ['format src', format('src')],
  ['format', format()],
  ['format everything', format()],
  ['format the code', format()],
  ['format the whole project', format()],
  ['format src and test', format('src', 'test')],
  ['format all files in src', format('src')],
  ['reformat the file src/a.ts', format('src/a.ts')],
  ['commit with message "Read the words"', commit('Read the words')],
  ['commit src and test with message "x, then y; z"', commit('x, then y; z', 'src', 'test')],
  ['commit everything with the message "x"', commitAll('x')],
  ['commit all changes with message "x"', commitAll('x')],
  ['commit all with message "x"', commitAll('x')],
  ['commit the changes with message "x"', commit('x')],
  ['commit a.txt with commit message fix', commit('fix', 'a.txt')],
  // several
  [
    'rename foo to bar in src, then run npm test and then commit with message "Rename foo"',
    name('foo', 'bar', inside('src')),
    run('npm test'),
    commit('Rename foo'),
  ],
  ['rename foo to bar; run npm test;', name('foo', 'bar'), run('npm test')],
  ['rename foo to bar and run npm test', name('foo', 'bar'), run('npm test')],
  ['Rename foo to bar. Then run npm test.', name('foo', 'bar'), run('npm test')],
  ['Rename foo to bar. Run npm test.', name('foo', 'bar'), run('npm test')],
  ['create folder docs\nmove a.txt to docs/', folder('docs'), move('a.txt', 'docs/')],
  ['first delete a.txt, then please format src', drop('any', 'a.txt'), format('src')],
  ['copy a to b and delete a', copy('a', 'b'), drop('any', 'a')],
];

const REFUSED: readonly string[] = [
  '',
  '   ',
  ';',
  'then',
  'hello',
  'make it better',
  'fix the bug in src/a.ts',
  'refactor parseArgs',
  'write a function that sorts words',
  'explain src/a.ts',
  // too little
  'rename',
  'rename foo',
  'rename foo to',
  'rename to bar',
  'rename foo bar',
  'replace',
  'replace x in y',
  'replace "x"',
  'replace "x" with "y"',
  'replace x with y z in docs',
  'replace "x" with in docs',
  'replace "" with "y" in docs',
  'replace "x" with "x" in docs',
  'replace x with nothing in docs',
  'replace tabs with spaces in src',
  'replace tabs with panes in src',
  'replace /x/q with "y" in docs',
  'change foo to bar in docs',
  'change the colour',
  'create',
  'create src/a.ts',
  'create something',
  'create a file',
  'create a.txt with content hello',
  'create an empty file a.txt with content "x"',
  'create a React component',
  'make test',
  'make install',
  'add tests',
  'add "x" to a.txt',
  'move a.txt',
  'move to docs',
  'move everything to docs',
  'copy a.txt',
  'run',
  'run the tests',
  'run all tests',
  'run it',
  'run npm test and tell me the result',
  'run npm test if the build passes',
  'run npm test with coverage',
  'rename foo in src to bar in test',
  'rename a.ts in src to b.ts',
  'delete a.txt and not b.txt',
  'delete everything except src',
  'delete a.txt or b.txt',
  'delete a.txt if it exists',
  'run a test',
  'delete a file',
  'run ""',
  'commit',
  'commit everything',
  'commit with message ""',
  'commit with message fix the thing',
  'commit "fix typo"',
  // too much
  'rename foo to bar but not in test',
  'rename foo to bar and baz to qux',
  'rename foo to bar except in test',
  'rename a.ts to b.ts in src',
  'rename foo to foo',
  'rename the method a.b to c',
  'rename foo to bar in strings',
  'rename "two words" to x',
  'delete a.txt from docs',
  'delete *.md in docs',
  'format src with prettier',
  'create folder a and b',
  // dangerous
  'delete',
  'delete everything',
  'delete all',
  'delete all files',
  'delete all the files in docs',
  'remove it',
  'remove them',
  'delete the project',
  'delete *',
  'delete **',
  'delete **/*',
  'delete .',
  'delete ./*',
  'delete ..',
  'delete /',
  'delete ~',
  'delete ../*',
  'delete the function foo',
  'rm -rf /',
  'sudo rm -rf .',
  // questions, wishes and their opposites
  'should I delete a.txt?',
  'delete a.txt?',
  'what does rename do',
  'how do I rename foo to bar',
  'can you rename foo to bar',
  'why delete a.txt',
  'do not delete a.txt',
  "don't delete a.txt",
  'never run npm test',
  // one bad part spoils all
  'rename foo to bar and then make it nice',
  'run npm test; profit',
  'delete a.txt, then delete everything',
  'replace "a with "b" in docs',
  'delete "a.txt',
];

describe('readSentence', () => {
  it('is tried with many sentences', () => {
    expect(UNDERSTOOD.length + REFUSED.length).toBeGreaterThanOrEqual(200);
  });

  it.each(UNDERSTOOD.map(([sentence, ...requests]) => ({ sentence, requests })))(
    'understands $sentence',
    ({ sentence, requests }) => {
      const read = readSentence(sentence);
      expect(read.ok ? read.value.map(({ request }) => request) : read.error).toEqual(requests);
    },
  );

  it.each(REFUSED)('refuses %j and says what it would understand', (sentence) => {
    const read = readSentence(sentence);
    if (read.ok) expect(read.value.map(({ request }) => request)).toBe('refused');
    else {
      expect(read.error.code).toBe('usage');
      expect(read.error.message).not.toBe('');
    }
  });

  it('names the nearest form for a mistyped verb', () => {
    const read = readSentence('renam foo to bar');
    expect(read.ok || read.error.hint).toBe(
      'Did you mean rename? Say rename <name> to <name> [in <where>] [including strings and comments], as in: rename parseArgs to readArgs in src',
    );
  });

  it('says which part it did not understand', () => {
    const read = readSentence('rename foo to bar but not in test');
    expect(read.ok || read.error.message).toBe(
      '“but not in test” was not understood in “rename foo to bar but not in test”.',
    );
  });

  it('gives up on what nobody types', () => {
    const read = readSentence(`delete ${'a'.repeat(100_001)}`);
    expect(read.ok || read.error.code).toBe('limit');
    const many = readSentence(Array.from({ length: 101 }, () => 'format').join('; '));
    expect(many.ok || many.error.code).toBe('limit');
  });

  it('takes no longer for a text that is made to be slow', () => {
    const tookMs = cpuMsOf(() => {
      for (const piece of ['"a ', "' ", '; ', 'and ', ', ', 'rename ', '/[', '="', 'a.']) {
        readSentence(`replace ${piece.repeat(30_000)}`);
      }
    });
    expect(tookMs).toBeLessThan(5_000);
  });

  it.each(SENTENCES)('understands its own example: $example', ({ example }) => {
    expect(readSentence(example)).toMatchObject({ ok: true, value: [{ text: example }] });
  });
});
