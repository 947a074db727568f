import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What lies in a folder: path to a line that says all about it. */
export type Tree = Readonly<Record<string, string>>;

export function treeOf(root: string, below = ''): Tree {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(join(root, below)).sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    const full = join(root, path);
    const stats = lstatSync(full);
    if (stats.isSymbolicLink()) tree[path] = `link ${readlinkSync(full)}`;
    else if (stats.isDirectory()) Object.assign(tree, { [path]: 'folder' }, treeOf(root, path));
    else tree[path] = `file ${(stats.mode & 0o777).toString(8)} ${hashOf(full)}`;
  }
  return tree;
}

const hashOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);

/** Numbers that look like chance and come again with the same seed. */
export function chance(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export type TestAction =
  | { kind: 'file.write'; path: string; content: string; isExecutable?: boolean }
  | { kind: 'file.edit'; path: string; content: string }
  | { kind: 'file.delete'; path: string }
  | { kind: 'file.move'; from: string; to: string }
  | { kind: 'folder.create'; path: string };

/** Some files, a link, an empty folder: what a plan may find. */
export function fillWorkspace(root: string, pick: (below: number) => number): void {
  for (const path of ['a.txt', 'b.txt', 'src/c.txt', 'src/deep/d.txt', 'e.bin']) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${path} ${pick(1e9)}\n`.repeat(1 + pick(200)));
  }
  chmodSync(join(root, 'b.txt'), 0o755);
  mkdirSync(join(root, 'empty'));
  symlinkSync('a.txt', join(root, 'link'));
}

/**
 * Actions that can follow each other, and how the workspace lies after each of them: done by plain
 * code in a copy, which knows nothing of the program under test.
 */
export function inventActions(
  copy: string,
  pick: (below: number) => number,
  count: number,
): { readonly actions: readonly TestAction[]; readonly trees: readonly Tree[] } {
  const actions: TestAction[] = [];
  const trees: Tree[] = [treeOf(copy)];
  for (let number = 0; actions.length < count; number += 1) {
    const action = invent(copy, pick, number);
    if (action === null) continue;
    actions.push(action);
    performAction(copy, action);
    trees.push(treeOf(copy));
  }
  return { actions, trees };
}

function invent(copy: string, pick: (below: number) => number, number: number): TestAction | null {
  const tree = treeOf(copy);
  const paths = Object.keys(tree);
  const files = paths.filter((path) => tree[path]?.startsWith('file'));
  const any = (list: readonly string[]) => list[pick(list.length)] as string;
  const content = `${number} ${pick(1e9)}\n`.repeat(pick(300));
  switch (pick(6)) {
    case 0:
      return {
        kind: 'file.write',
        path: `new${pick(3)}/n${number}.txt`,
        content,
        isExecutable: pick(2) === 0,
      };
    case 1:
    case 2:
      return files.length === 0 ? null : { kind: 'file.edit', path: any(files), content };
    case 3:
      return paths.length < 3 ? null : { kind: 'file.delete', path: any(paths) };
    case 4: {
      const from = any(paths);
      const to = `moved${pick(2)}/m${number}`;
      return to.startsWith(`${from}/`) ? null : { kind: 'file.move', from, to };
    }
    default:
      return { kind: 'folder.create', path: `made/f${number}` };
  }
}

export function performAction(root: string, action: TestAction): void {
  switch (action.kind) {
    case 'file.write':
    case 'file.edit': {
      const full = join(root, action.path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, action.content);
      if (action.kind === 'file.write') chmodSync(full, action.isExecutable ? 0o755 : 0o644);
      return;
    }
    case 'file.delete':
      rmSync(join(root, action.path), { recursive: true });
      return;
    case 'file.move':
      mkdirSync(dirname(join(root, action.to)), { recursive: true });
      renameSync(join(root, action.from), join(root, action.to));
      return;
    case 'folder.create':
      mkdirSync(join(root, action.path), { recursive: true });
      return;
  }
}
