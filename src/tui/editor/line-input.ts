import { chordOf, type Key } from '../keys/key.ts';
import { type Draft, replace } from './draft.ts';
import * as moves from './moves.ts';

/** An answer is no longer than this. */
const MAX_LENGTH = 500;

/** One key in an answer of one line; null for a key that does not edit. */
export function pressInLine(draft: Draft, key: Key): Draft | null {
  if (key.kind !== 'key') return put(draft, key.text);
  const chord = chordOf(key);
  if (!Object.hasOwn(EDITS, chord)) return null;
  return EDITS[chord as keyof typeof EDITS](draft);
}

function put(draft: Draft, text: string): Draft {
  const room = Math.max(0, MAX_LENGTH - draft.text.length);
  return replace(draft, draft.caret, draft.caret, text.replaceAll('\n', ' ').slice(0, room));
}

const moving =
  (move: moves.Move) =>
  (draft: Draft): Draft => ({ ...draft, caret: move(draft) });

const deleting =
  (move: moves.Move) =>
  (draft: Draft): Draft => {
    const to = move(draft);
    return replace(draft, Math.min(to, draft.caret), Math.max(to, draft.caret), '');
  };

const EDITS = {
  left: moving(moves.left),
  'ctrl+b': moving(moves.left),
  right: moving(moves.right),
  'ctrl+f': moving(moves.right),
  home: moving(moves.lineStart),
  'ctrl+a': moving(moves.lineStart),
  end: moving(moves.lineEnd),
  'ctrl+e': moving(moves.lineEnd),
  backspace: deleting(moves.left),
  'ctrl+h': deleting(moves.left),
  delete: deleting(moves.right),
  'ctrl+d': deleting(moves.right),
  'ctrl+w': deleting(moves.bigWordLeft),
  'ctrl+u': deleting(moves.lineStart),
  'ctrl+k': deleting(moves.lineEnd),
} as const;
