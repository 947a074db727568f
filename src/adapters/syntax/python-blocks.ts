import type { Tree } from '@vscode/tree-sitter-wasm';

/**
 * Python's own rules for indentation, which its grammar is lenient about: what opens a block is
 * followed by a deeper line, no other line is deeper than the one before, and a line that goes back
 * goes back to a level that is open.
 */
export function blocksAreSound(tree: Tree, text: string): boolean {
  const levels: Depth[] = [{ columns: 0, blanks: 0 }];
  let opensBlock = false;
  for (const line of logicalLines(maskStrings(tree, text))) {
    const depth = depthOf(line);
    const level = levels.at(-1) as Depth;
    const order = compare(depth, level);
    if (order === null) return false;
    if (opensBlock ? order <= 0 : order > 0) return false;
    if (opensBlock) levels.push(depth);
    while (compare(depth, levels.at(-1) as Depth) === -1) levels.pop();
    if (compare(depth, levels.at(-1) as Depth) !== 0) return false;
    opensBlock = line.endsWith(':');
  }
  return !opensBlock;
}

/** Tabs count twice: to the next of eight columns, and as one. Both must say the same. */
type Depth = { readonly columns: number; readonly blanks: number };

function depthOf(line: string): Depth {
  let columns = 0;
  let blanks = 0;
  for (const char of line) {
    if (char === '\f') columns = blanks = 0;
    else if (char === ' ') [columns, blanks] = [columns + 1, blanks + 1];
    else if (char === '\t') [columns, blanks] = [columns - (columns % 8) + 8, blanks + 1];
    else break;
  }
  return { columns, blanks };
}

/** Null: which of the two is deeper depends on how wide a tab is. */
function compare(a: Depth, b: Depth): number | null {
  const order = Math.sign(a.columns - b.columns);
  return order === Math.sign(a.blanks - b.blanks) ? order : null;
}

const MAX_NODES = 500_000;

/** The text with its strings as words and without its comments; what it loses leaves no newline. */
function maskStrings(tree: Tree, text: string): string {
  let out = '';
  let from = 0;
  const cursor = tree.walk();
  for (let seen = 0; seen < MAX_NODES; seen += 1) {
    const { nodeType, startIndex, endIndex } = cursor;
    const isMasked = nodeType === 'string' || nodeType === 'comment';
    if (isMasked && startIndex >= from) {
      out += text.slice(from, startIndex) + (nodeType === 'string' ? '_' : '');
      from = endIndex;
    }
    if (!isMasked && cursor.gotoFirstChild()) continue;
    let isDone = false;
    while (!isDone && !cursor.gotoNextSibling()) isDone = !cursor.gotoParent();
    if (isDone) break;
  }
  cursor.delete();
  return out + text.slice(from);
}

/** Lines joined where a bracket is open or a backslash ends them; blank ones left out. */
function logicalLines(masked: string): readonly string[] {
  const out: string[] = [];
  let open = 0;
  let line = '';
  for (const raw of masked.split(/\r\n|\r|\n/)) {
    line += raw;
    open += (raw.match(/[([{]/g)?.length ?? 0) - (raw.match(/[)\]}]/g)?.length ?? 0);
    if (open > 0) continue;
    if (raw.endsWith('\\')) {
      line = line.slice(0, -1);
      continue;
    }
    if (line.trim() !== '') out.push(line.trimEnd());
    line = '';
    open = 0;
  }
  if (line.trim() !== '') out.push(line.trimEnd());
  return out;
}
