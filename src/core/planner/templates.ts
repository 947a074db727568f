/** Small files to begin with. `fill` gets the names that a file's own name suggests. */
export type Template = {
  readonly id: string;
  /** As they are said in a sentence, in small letters. */
  readonly names: readonly string[];
  /** The first one is added to a path that has none. */
  readonly extensions: readonly string[];
  readonly isExecutable?: boolean;
  readonly fill: (names: FileNames) => string;
};
export type FileNames = {
  readonly camel: string;
  readonly pascal: string;
  readonly snake: string;
  readonly title: string;
  /** Of the folder that holds the file, as a package is called. */
  readonly folder: string;
};

export const TEMPLATES: readonly Template[] = [
  {
    id: 'typescript-module',
    names: ['typescript module', 'typescript file', 'ts module', 'ts file'],
    extensions: ['.ts', '.mts', '.cts'],
    fill: ({ camel }) => `export function ${camel}(): void {}\n`,
  },
  {
    id: 'javascript-module',
    names: ['javascript module', 'javascript file', 'js module', 'js file'],
    extensions: ['.js', '.mjs'],
    fill: ({ camel }) => `export function ${camel}() {}\n`,
  },
  {
    id: 'react-component',
    names: ['react component', 'component'],
    extensions: ['.tsx', '.jsx'],
    fill: ({ pascal }) => `export function ${pascal}() {\n  return <div>${pascal}</div>;\n}\n`,
  },
  {
    id: 'vitest-test',
    names: ['vitest test', 'typescript test', 'ts test'],
    extensions: ['.test.ts', '.test.tsx', '.spec.ts', '.spec.tsx'],
    // In double quotes, or it would be taken for an import of this file.
    fill: ({ camel }) =>
      `import { describe, expect, it } from "vitest";\n\ndescribe('${camel}', () => {\n  it('works', () => {\n    expect(true).toBe(true);\n  });\n});\n`,
  },
  {
    id: 'python-module',
    names: ['python module', 'python file'],
    extensions: ['.py'],
    fill: ({ snake, title }) => `"""${title}."""\n\n\ndef ${snake}() -> None:\n    pass\n`,
  },
  {
    id: 'python-script',
    names: ['python script', 'python program'],
    extensions: ['.py'],
    isExecutable: true,
    fill: ({ title }) =>
      `#!/usr/bin/env python3\n"""${title}."""\n\n\ndef main() -> None:\n    pass\n\n\nif __name__ == "__main__":\n    main()\n`,
  },
  {
    id: 'python-test',
    names: ['python test', 'pytest test', 'pytest file'],
    extensions: ['.py'],
    fill: ({ snake }) =>
      `def ${/^test_/.test(snake) ? snake : `test_${snake}`}() -> None:\n    assert True\n`,
  },
  {
    id: 'go-file',
    names: ['go file', 'go module file'],
    extensions: ['.go'],
    fill: ({ folder, pascal }) => `package ${folder}\n\nfunc ${pascal}() {\n}\n`,
  },
  {
    id: 'rust-module',
    names: ['rust module', 'rust file'],
    extensions: ['.rs'],
    fill: ({ snake }) => `pub fn ${snake}() {}\n`,
  },
  {
    id: 'shell-script',
    names: ['shell script', 'bash script'],
    extensions: ['.sh', '.bash'],
    isExecutable: true,
    fill: () => '#!/usr/bin/env bash\nset -euo pipefail\n',
  },
  {
    id: 'html-page',
    names: ['html page', 'html file'],
    extensions: ['.html', '.htm'],
    fill: ({ title }) =>
      `<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8" />\n    <title>${title}</title>\n  </head>\n  <body></body>\n</html>\n`,
  },
];

/** `read-words.test.ts` suggests readWords, ReadWords, read_words and “Read words”. */
export function namesOf(path: string, extension: string): FileNames {
  const parts = path.split('/');
  const base = (parts.at(-1) as string).slice(0, -extension.length);
  const words = wordsOf(base);
  const capitals = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const pascal = startWithLetter(capitals.join(''), 'The');
  const [first = '', ...rest] = words;
  const title = [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
  return {
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    snake: startWithLetter(words.join('_'), 'the_'),
    title: title === '' ? 'Untitled' : title,
    folder: wordsOf(parts.at(-2) ?? '').join('') || 'main',
  };
}

/** Lowercase words; a capital begins a new one. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

const startWithLetter = (name: string, prefix: string): string =>
  /^\p{L}/u.test(name) ? name : `${prefix}${name}`;
