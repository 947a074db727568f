import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Language as Grammar, Node, Parser, Tree } from '@vscode/tree-sitter-wasm';
import type { Syntax } from '../../ports.ts';
import { hasGap } from './gaps.ts';
import { type Language, languageOf } from './languages.ts';
import { blocksAreSound } from './python-blocks.ts';
import { namesAreFree } from './reserved-words.ts';

type Judge = (text: string, before: string | undefined) => boolean | undefined;

/**
 * Says whether texts parse. A grammar is loaded when a file of its language is first named, and
 * its parser is used again; what is not loaded, too big or of no known language is not judged.
 */
export function createSyntax(): Syntax {
  const judges = new Map<string, Judge>();
  return {
    async load(paths, signal) {
      for (const path of paths) {
        const language = languageOf(path);
        if (language === undefined || signal.aborted) continue;
        const key = keyOf(language);
        if (!judges.has(key)) judges.set(key, await openJudge(language));
      }
      return (path, text, before) => {
        const language = languageOf(path);
        if (language === undefined || text.length > MAX_TEXT) return undefined;
        return judges.get(keyOf(language))?.(text.replace(/^\uFEFF/, ''), before);
      };
    },
  };
}

/** As the bundler wants it, which follows a plain `require` alone; sources run unbundled in tests. */
const loadYaml = (): typeof import('yaml') =>
  typeof require === 'function' ? require('yaml') : locate('yaml');

const MAX_TEXT = 1_000_000;
const MAX_YAML = 200_000;
/** So often the parser may ask whether to go on; real code of that size needs far fewer. */
const MAX_STEPS = 2_000_000;
const MAX_NODES = 500_000;

const keyOf = (language: Language): string =>
  language.kind === 'grammar' ? language.dialect : language.kind;

async function openJudge(language: Language): Promise<Judge> {
  if (language.kind === 'json') return parsesAsJson;
  if (language.kind === 'yaml') {
    const { parseAllDocuments } = loadYaml();
    return (text) => {
      if (text.length > MAX_YAML) return undefined;
      const documents = parseAllDocuments(text);
      return Array.isArray(documents) ? documents.every(({ errors }) => errors.length === 0) : true;
    };
  }
  return openGrammar(language.name, language.dialect);
}

function parsesAsJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type Library = {
  readonly Parser: typeof Parser;
  readonly Language: typeof Grammar;
};

const locate = createRequire(import.meta.url);
let library: Promise<Library> | undefined;

async function openLibrary(): Promise<Library> {
  const loaded: Library = locate(PACKAGE);
  await loaded.Parser.init();
  return loaded;
}

const PACKAGE = '@vscode/tree-sitter-wasm';

async function openGrammar(name: string, dialect: string): Promise<Judge> {
  library ??= openLibrary();
  const { Parser: NewParser, Language: Loader } = await library;
  const folder = dirname(locate.resolve(PACKAGE));
  const parser = new NewParser();
  parser.setLanguage(await Loader.load(join(folder, `tree-sitter-${name}.wasm`)));
  return (text, before) => judge(parser, dialect, text, before);
}

function judge(
  parser: Parser,
  dialect: string,
  text: string,
  before: string | undefined,
): boolean | undefined {
  let steps = 0;
  const tree = parser.parse(text, null, {
    progressCallback: () => {
      steps += 1;
      return steps > MAX_STEPS;
    },
  });
  if (tree === null) {
    parser.reset();
    return undefined;
  }
  try {
    // An error node or a missing one anywhere below counts.
    if (!tree.rootNode.hasError) return isSound(dialect, tree, text);
    if (!hasGap(dialect, text, before)) return false;
    return hasOpenBrackets(tree) ? false : undefined;
  } finally {
    tree.delete();
  }
}

/** Some grammars let pass what their languages do not. */
const isSound = (dialect: string, tree: Tree, text: string): boolean =>
  (dialect !== 'python' || blocksAreSound(tree, text)) && namesAreFree(dialect, tree, text);

const TEXTUAL = /string|comment|text|char|regex|heredoc|content|template_chars/;

/** Brackets outside of strings and comments that nothing closes, or that close nothing. */
function hasOpenBrackets(tree: Tree): boolean {
  const open: string[] = [];
  const cursor = tree.walk();
  let isDone = false;
  for (let seen = 0; !isDone && seen < MAX_NODES; seen += 1) {
    const { currentNode } = cursor;
    const isLeaf = currentNode.childCount === 0;
    if (isLeaf && !closes(currentNode, open)) return true;
    if (!isLeaf && cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        isDone = true;
        break;
      }
    }
  }
  cursor.delete();
  return isDone && open.length > 0;
}

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Keeps the stack of open brackets; false where a bracket closes another than the last. */
function closes(node: Node, open: string[]): boolean {
  const { text, type, isMissing } = node;
  if (isMissing || text.length > 3 || text === '' || TEXTUAL.test(type)) return true;
  // A token may be several brackets: `operator()`, `[[`, `${`.
  return [...text].every((char) => {
    if ('([{'.includes(char)) open.push(char);
    const wanted = PAIRS[char];
    return wanted === undefined || open.pop() === wanted;
  });
}
