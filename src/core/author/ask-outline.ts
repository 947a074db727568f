import type { Failure } from '../types.ts';
import { MANNERS, type Order } from './order.ts';

/** What the model is told to do in the first movement. */
export const outlineTask = ({ kind, untouched }: Order): string =>
  [
    'Outline the change as one JSON object. Write no code now. This is its form:',
    '{"goal":"…","steps":[{"kind":"edit","path":"…","why":"…"},{"kind":"run","argv":["…","…"],"why":"…","check":true}],"open":[]}',
    '- kind: edit (a file that is in the list), create (a new file), delete, move (path, to), run (argv: the program and each of its words; no shell).',
    '- One step for each file, and no file that need not change. Few steps.',
    '- why: one sentence that says what changes in that file, with the names that matter.',
    '- after: numbers of the steps that must come first. check: true for a run that only tests.',
    '- open: what you cannot know, as questions.',
    ...(MANNERS[kind] === '' ? [] : [MANNERS[kind]]),
    ...(untouched.length === 0 ? [] : [`These files stay as they are: ${untouched.join(', ')}.`]),
  ].join('\n');

/** What it is told where that came to nothing. */
export const outlineAgain = (failure: Pick<Failure, 'message'>): string =>
  `That cannot be used: ${failure.message}\nAnswer again with the JSON object alone, and keep it short.`;

export const nothingPlanned = (open: readonly string[]): string =>
  open.length === 0
    ? 'there is no step in it.'
    : `none of its steps can be done. ${open.slice(0, 5).join(' ')}`;
