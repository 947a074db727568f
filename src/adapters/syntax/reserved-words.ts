import type { Tree } from '@vscode/tree-sitter-wasm';

/** What a grammar takes for a name though its language reserves it, and where that is meant so. */
type Reserved = {
  readonly node: string;
  readonly words: ReadonlySet<string>;
  readonly isMeant: (before: string, text: string) => boolean;
};

const RESERVED: Readonly<Record<string, Reserved>> = {
  bash: {
    node: 'command_name',
    words: new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}', 'in']),
    // Of `coproc` the grammar knows nothing, and takes its brace for a word.
    isMeant: (_, text) => /\bcoproc\b/.test(text),
  },
  ruby: {
    node: 'identifier',
    words: new Set(['end', 'else', 'elsif', 'when', 'rescue', 'ensure', 'then', 'do', 'in']),
    isMeant: (before) => /(?:\.|::|\bdef\s+|\balias\s.*|\bundef\s.*|:)$/.test(before),
  },
};

const MAX_NODES = 500_000;

/**
 * Whether every reserved word stands where it may: the end of a block that is not open is a name to
 * the grammars of Bash and Ruby.
 */
export function namesAreFree(dialect: string, tree: Tree, text: string): boolean {
  const reserved = RESERVED[dialect];
  if (reserved === undefined) return true;
  const cursor = tree.walk();
  let isFree = true;
  for (let seen = 0; isFree && seen < MAX_NODES; seen += 1) {
    if (cursor.nodeType === reserved.node && reserved.words.has(cursor.nodeText)) {
      const line = text.slice(text.lastIndexOf('\n', cursor.startIndex - 1) + 1, cursor.startIndex);
      isFree = reserved.isMeant(line, text);
    }
    if (cursor.gotoFirstChild()) continue;
    let isDone = false;
    while (!isDone && !cursor.gotoNextSibling()) isDone = !cursor.gotoParent();
    if (isDone) break;
  }
  cursor.delete();
  return isFree;
}
