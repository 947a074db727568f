import { createRequire } from 'node:module';
import type { Language as Compiled, Tree } from '@vscode/tree-sitter-wasm';
import type { SyntaxNode } from '../../core/planner/names/classify.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

export type Parsed = {
  /** The smallest node around these characters. */
  leafAt(start: number, end: number): SyntaxNode | null;
  readonly hasError: boolean;
};

export type ParseCode = {
  /** Gives a tree to `use` and frees it afterwards; a failure where parsing takes too long. */
  withTree<T>(grammar: string, text: string, use: (parsed: Parsed) => T): Promise<Result<T>>;
  close(): void;
};

const MAX_PARSE_MS = 5_000;

/** Parses with tree-sitter, which is loaded at the first use, as every grammar is. */
export function createParseCode(): ParseCode {
  const grammars = new Map<string, Promise<Compiled>>();
  const require = createRequire(import.meta.url);
  let parser: Promise<import('@vscode/tree-sitter-wasm').Parser> | null = null;

  const load = async () => {
    const library: typeof import('@vscode/tree-sitter-wasm') = require(PACKAGE);
    await library.Parser.init();
    return new library.Parser();
  };
  const loadGrammar = async (grammar: string) => {
    const library: typeof import('@vscode/tree-sitter-wasm') = require(PACKAGE);
    return library.Language.load(require.resolve(`${PACKAGE}/wasm/tree-sitter-${grammar}.wasm`));
  };

  return {
    async withTree(grammar, text, use) {
      parser ??= load();
      const own = await parser;
      const language = grammars.get(grammar) ?? loadGrammar(grammar);
      grammars.set(grammar, language);
      own.setLanguage(await language);
      const end = performance.now() + MAX_PARSE_MS;
      const tree = own.parse(text, null, { progressCallback: () => performance.now() > end });
      if (tree === null) {
        own.reset();
        return fail('timeout', `It could not be parsed within ${MAX_PARSE_MS / 1000} seconds.`);
      }
      try {
        return ok(use(parsedOf(tree)));
      } finally {
        tree.delete();
      }
    },
    close() {
      void parser?.then((own) => own.delete());
      parser = null;
    },
  };
}

const PACKAGE = '@vscode/tree-sitter-wasm';

const parsedOf = (tree: Tree): Parsed => ({
  leafAt: (start, end) => tree.rootNode.descendantForIndex(start, end),
  hasError: tree.rootNode.hasError,
});
