import { isBelow } from '../plan/paths.ts';
import type { Action } from '../types.ts';

/** The files of a workspace once these actions are done. */
export function pathsAfter(
  paths: readonly string[],
  actions: readonly Action[],
): readonly string[] {
  if (actions.length === 0) return paths;
  let now = new Set(paths);
  for (const action of actions) {
    if (action.kind === 'file.write') now.add(action.path);
    else if (action.kind === 'file.delete') {
      now = new Set([...now].filter((path) => path !== action.path && !isBelow(path, action.path)));
    } else if (action.kind === 'file.move') {
      const { from, to } = action;
      const isMoved = (path: string) => path === from || isBelow(path, from);
      now = new Set(
        [...now].map((path) => (isMoved(path) ? `${to}${path.slice(from.length)}` : path)),
      );
    }
  }
  return [...now].sort();
}
