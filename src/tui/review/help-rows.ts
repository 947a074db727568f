import type { Plan } from '../../core/types.ts';
import { note } from './note.ts';
import type { PaneRow } from './pane-rows.ts';

const HELP: readonly (readonly [string, string])[] = [
  ['y', 'take the hunk'],
  ['n', 'leave the hunk out; asks why'],
  ['s', 'split the hunk'],
  ['e', 'edit what the file shall hold, in your editor'],
  ['space', 'take the step, or leave it out'],
  ['j k', 'next and previous hunk'],
  ['J K', 'next and previous file or step'],
  ['arrows', 'scroll; also PageUp, PageDown, Home, End'],
  ['/', 'search in this step'],
  ['] [', 'next and previous match; Enter is ] too'],
  ['u', 'one below the other, or side by side'],
  ['w', 'show blanks and tabs'],
  ['z', 'show the folded lines in sight, or fold them again'],
  ['r', 'rehearse the plan on a view of the workspace, its checks too, and come back here'],
  ['m', 'send what you left out with a reason back to the model that made the plan, and come back'],
  ['a', 'approve what is marked; asks first'],
  ['x', 'reject the plan; asks why'],
  ['q', 'back, nothing decided; also Esc, and Ctrl+C at any time'],
];

/** What the plan is for, and what the keys do. */
export function helpRows({ goal, open }: Plan): readonly PaneRow[] {
  return [
    note(`Goal: ${goal}`, 'plain', 6),
    ...open.map((what) => note(`Not planned: ${what}`, 'warn', 13)),
    note(''),
    note('Keys', 'strong'),
    ...HELP.map(([key, what]) => note(`${key.padEnd(8)}${what}`, 'plain', 8)),
    note(''),
    note(
      'Marks of a step: [x] taken, [ ] left out, [!] cannot be taken, [?] still being read, [=] done.',
    ),
    note(
      'Lines begin with - where they go and with + where they come. Underlined is what differs.',
    ),
    note('Any key goes back; arrows scroll.', 'dim'),
  ].map((one) => ({ kind: 'note', note: one }));
}
