import { chordOf, type Key } from '../keys/key.ts';
import { draftOf } from './draft.ts';
import { type Editor, NEW_EDITOR, type Search } from './editor.ts';
import { previousGrapheme } from './graphemes.ts';
import { commandOf } from './keymap.ts';

const MAX_QUERY = 200;

export function openSearch(editor: Editor): Editor {
  return { ...editor, search: { query: '', index: -1, draft: editor.draft }, menu: null };
}

/** One key while searching. Null: the search is over, what was found stays, the key is still to be done. */
export function pressInSearch(
  editor: Editor,
  search: Search,
  key: Key,
  history: readonly string[],
): Editor | null {
  if (key.kind !== 'key') return look(editor, search, search.query + oneLine(key.text), history);
  switch (commandOf(chordOf(key))) {
    case 'search-older':
      return find(editor, search, search.query, nextFrom(search, history, -1), -1, history);
    case 'search-newer':
      return find(editor, search, search.query, nextFrom(search, history, 1), 1, history);
    case 'delete-left': {
      const end = previousGrapheme(search.query, search.query.length);
      return look(editor, search, search.query.slice(0, end), history);
    }
    case 'close':
    case 'interrupt':
    case 'open-editor':
      return { ...editor, search: null, draft: search.draft };
    case 'enter':
      return closeSearch(editor);
    default:
      return null;
  }
}

export function closeSearch(editor: Editor): Editor {
  const found = editor.search;
  if (found === null) return editor;
  // What was found is a new text: its undo leads back to what was being written.
  const past = found.draft.text === '' ? [] : [found.draft];
  return { ...NEW_EDITOR, ring: editor.ring, draft: editor.draft, past };
}

const oneLine = (text: string): string => text.replaceAll('\n', ' ');

/** A changed query begins again at the newest line. */
function look(editor: Editor, search: Search, query: string, history: readonly string[]): Editor {
  return find(editor, search, query.slice(0, MAX_QUERY), history.length - 1, -1, history);
}

function nextFrom(search: Search, history: readonly string[], by: -1 | 1): number {
  return search.index < 0 ? history.length - 1 : search.index + by;
}

function find(
  editor: Editor,
  search: Search,
  query: string,
  from: number,
  by: -1 | 1,
  history: readonly string[],
): Editor {
  if (query === '')
    return { ...editor, draft: search.draft, search: { ...search, query, index: -1 } };
  const shown = search.index >= 0 ? history[search.index] : undefined;
  for (let index = from; index >= 0 && index < history.length; index += by) {
    const line = history[index] ?? '';
    if (includes(line, query) && (query !== search.query || line !== shown)) {
      return { ...editor, draft: draftOf(line), search: { ...search, query, index } };
    }
  }
  // A longer query that nothing matches says so; further looking stays where it is.
  const index = query === search.query ? search.index : -1;
  return { ...editor, search: { ...search, query, index } };
}

/** Capitals matter only where the query has some. */
function includes(line: string, query: string): boolean {
  return query === query.toLowerCase() ? line.toLowerCase().includes(query) : line.includes(query);
}
