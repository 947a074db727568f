import { isBelow } from '../plan/paths.ts';
import { ok } from '../result.ts';
import type { Action, Result } from '../types.ts';

/** The texts of a workspace when some steps are done. Null: no such file. */
export type Texts = {
  read(path: string): Result<string | null>;
  write(path: string, text: string): void;
  remove(path: string): void;
  move(from: string, to: string): void;
  /** Whether it is another text than the one that lies there. */
  isChanged(path: string): boolean;
};

export function imagineTexts(load: (path: string) => Result<string | null>): Texts {
  /** The newest first. */
  const events: (
    | { readonly kind: 'text'; readonly path: string; readonly text: string }
    | { readonly kind: 'gone'; readonly path: string }
    | { readonly kind: 'move'; readonly from: string; readonly to: string }
  )[] = [];
  const isAt = (path: string, root: string) => path === root || isBelow(path, root);
  return {
    read(path) {
      let origin = path;
      for (const event of events) {
        if (event.kind === 'text' && event.path === origin) return ok(event.text);
        if (event.kind === 'gone' && isAt(origin, event.path)) return ok(null);
        if (event.kind !== 'move') continue;
        if (isAt(origin, event.to)) origin = `${event.from}${origin.slice(event.to.length)}`;
        else if (isAt(origin, event.from)) return ok(null);
      }
      return load(origin);
    },
    write: (path, text) => void events.unshift({ kind: 'text', path, text }),
    remove: (path) => void events.unshift({ kind: 'gone', path }),
    move: (from, to) => void events.unshift({ kind: 'move', from, to }),
    isChanged: (path) =>
      events.some((event) =>
        event.kind === 'move'
          ? isAt(path, event.to) || isAt(path, event.from)
          : isAt(path, event.path),
      ),
  };
}

/** Does actions in thought, as far as they are about texts. */
export function imagineActions(texts: Texts, actions: readonly Action[]): void {
  for (const action of actions) {
    if (action.kind === 'file.delete') texts.remove(action.path);
    else if (action.kind === 'file.move') texts.move(action.from, action.to);
    else if ('content' in action && typeof action.content === 'string') {
      texts.write(action.path, action.content);
    }
  }
}
