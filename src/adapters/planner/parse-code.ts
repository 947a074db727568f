import { createRequire } from 'node:module';
import type { Language as Compiled, Parser, Tree } from '@vscode/tree-sitter-wasm';
import type { SyntaxNode } from '../../core/planner/names/classify.ts';
import type { Span } from '../../core/planner/names/places.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

export type Parsed = {
  /** The smallest node around these characters. */
  leafAt(start: number, end: number): SyntaxNode | null;
  readonly hasError: boolean;
};

/** `after` parses again what comes of the text when every span holds the replacement. */
export type ParsedText = Parsed & {
  after<T>(
    changed: string,
    spans: readonly Span[],
    replacement: string,
    use: (parsed: Parsed) => T,
  ): Result<T>;
};

export type ParseCode = {
  /** Gives a tree to `use` and frees it afterwards; a failure where parsing takes too long. */
  withTree<T>(
    grammar: string,
    text: string,
    use: (parsed: ParsedText) => Result<T>,
  ): Promise<Result<T>>;
};

type Library = typeof import('@vscode/tree-sitter-wasm');

const PACKAGE = '@vscode/tree-sitter-wasm';
const MAX_PARSE_MS = 5_000;

/** Parses with tree-sitter, which is loaded at the first use, as every grammar is. */
export function createParseCode(): ParseCode {
  const require = createRequire(import.meta.url);
  const grammars = new Map<string, Promise<Compiled>>();
  let parser: Promise<Parser> | null = null;

  const load = async () => {
    const library: Library = require(PACKAGE);
    await library.Parser.init();
    return new library.Parser();
  };
  const loadGrammar = (grammar: string) => {
    const library: Library = require(PACKAGE);
    return library.Language.load(require.resolve(`${PACKAGE}/wasm/tree-sitter-${grammar}.wasm`));
  };

  return {
    async withTree(grammar, text, use) {
      parser ??= load();
      const own = await parser;
      const language = grammars.get(grammar) ?? loadGrammar(grammar);
      grammars.set(grammar, language);
      own.setLanguage(await language);
      return parseWith(own, text, null, (tree) =>
        use({
          ...parsedOf(tree),
          after(changed, spans, replacement, useAfter) {
            const edited = tree.copy();
            editTree(edited, text, spans, replacement.length);
            const result = parseWith(own, changed, edited, (next) => ok(useAfter(parsedOf(next))));
            edited.delete();
            return result;
          },
        }),
      );
    },
  };
}

function parseWith<T>(
  parser: Parser,
  text: string,
  before: Tree | null,
  use: (tree: Tree) => Result<T>,
): Result<T> {
  const end = performance.now() + MAX_PARSE_MS;
  const tree = parser.parse(text, before, { progressCallback: () => performance.now() > end });
  if (tree === null) {
    parser.reset();
    return fail('timeout', `It could not be parsed within ${MAX_PARSE_MS / 1000} seconds.`);
  }
  try {
    return use(tree);
  } finally {
    tree.delete();
  }
}

const parsedOf = (tree: Tree): Parsed => ({
  leafAt: (start, end) => tree.rootNode.descendantForIndex(start, end),
  hasError: tree.rootNode.hasError,
});

/** Tells the tree what changed, so that only that is parsed again. From the end, so that what is
 * still to be told keeps its place. */
function editTree(tree: Tree, text: string, spans: readonly Span[], length: number): void {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  let row = lineStarts.length - 1;
  for (const { start, end } of spans.toReversed()) {
    while ((lineStarts[row] as number) > start) row -= 1;
    const column = start - (lineStarts[row] as number);
    tree.edit({
      startIndex: start,
      oldEndIndex: end,
      newEndIndex: start + length,
      startPosition: { row, column },
      oldEndPosition: { row, column: column + end - start },
      newEndPosition: { row, column: column + length },
    });
  }
}
