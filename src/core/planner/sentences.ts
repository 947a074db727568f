/** Every form that is understood. Help, hints and the documentation are made from this. */
export type Sentence = {
  readonly id: FormId;
  readonly form: string;
  readonly example: string;
  readonly does: string;
};

export type FormId =
  | 'rename-name'
  | 'replace'
  | 'replace-regex'
  | 'create-file'
  | 'create-empty'
  | 'create-template'
  | 'create-folder'
  | 'move'
  | 'rename-file'
  | 'copy'
  | 'delete'
  | 'run'
  | 'format'
  | 'commit';

export const SENTENCES: readonly Sentence[] = [
  {
    id: 'rename-name',
    form: 'rename <name> to <name> [in <where>] [including strings and comments]',
    example: 'rename parseArgs to readArgs in src',
    does: 'renames whole identifiers in code; strings and comments are left alone unless named',
  },
  {
    id: 'replace',
    form: 'replace "<text>" with "<text>" in <where>',
    example: 'replace "colour" with "color" in src/**/*.ts',
    does: 'replaces a text wherever it stands, exactly as it is written',
  },
  {
    id: 'replace-regex',
    form: 'replace /<pattern>/ with "<text>" in <where>',
    example: 'replace /v(\\d+)/ with "version $1" in docs',
    does: 'replaces what a JavaScript regular expression matches; $1 and $& are filled in',
  },
  {
    id: 'create-file',
    form: 'create <file> with content "<text>"',
    example: 'create src/greet.ts with content "export const greeting = 1;\\n"',
    does: 'writes a new file; \\n, \\t, \\" and \\\\ are read as escapes',
  },
  {
    id: 'create-empty',
    form: 'create an empty file <file>',
    example: 'create an empty file notes.txt',
    does: 'writes a new file without content',
  },
  {
    id: 'create-template',
    form: 'create a <template> <file>',
    example: 'create a React component src/greeting.tsx',
    does: 'writes a new file from a small template',
  },
  {
    id: 'create-folder',
    form: 'create folder <folder>',
    example: 'create folder docs/api',
    does: 'makes a folder, and those above it',
  },
  {
    id: 'move',
    form: 'move <files> to <file or folder>',
    example: 'move notes.txt to docs/',
    does: 'moves files or a folder; says which files import them',
  },
  {
    id: 'rename-file',
    form: 'rename file <file> to <name>',
    example: 'rename file src/greet.ts to src/hello.ts',
    does: 'moves a file or folder to a new name; says which files import it',
  },
  {
    id: 'copy',
    form: 'copy <file> to <file or folder>',
    example: 'copy .env.example to .env',
    does: 'writes the same bytes to a second place',
  },
  {
    id: 'delete',
    form: 'delete <files or folder>',
    example: 'delete docs/old/*.md',
    does: 'deletes files, or a folder with all that it holds',
  },
  {
    id: 'run',
    form: 'run <command> [in <folder>]',
    example: 'run "npm run lint" in packages/a',
    does: 'runs a program, through a shell only where the command needs one',
  },
  {
    id: 'format',
    form: 'format [<files or folders>]',
    example: 'format src',
    does: 'runs the formatter that the project itself names',
  },
  {
    id: 'commit',
    form: 'commit [everything | <files>] with message "<text>"',
    example: 'commit src and test with message "Read the words first"',
    does: 'adds and commits with git',
  },
];

const sentenceOf = (id: FormId): Sentence =>
  SENTENCES.find((sentence) => sentence.id === id) as Sentence;

export const hintOf = (id: FormId): string => {
  const { form, example } = sentenceOf(id);
  return `Say ${form}, as in: ${example}`;
};
