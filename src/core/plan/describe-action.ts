import { quoteWord } from '../commands/words.ts';
import type { Action } from '../types.ts';

/** The word that screens use for what an action does. */
export const VERBS: Readonly<Record<Action['kind'], string>> = {
  'file.read': 'read',
  'file.write': 'write',
  'file.edit': 'edit',
  'file.delete': 'delete',
  'file.move': 'move',
  'folder.create': 'folder',
  'shell.run': 'run',
  'git.run': 'git',
  'plugin.call': 'call',
};

export const describeAction = (action: Action): string =>
  `${VERBS[action.kind]} ${subjectOf(action)}`;

/** What an action is about, whole: nothing of a command is ever left out. */
export function subjectOf(action: Action): string {
  switch (action.kind) {
    case 'file.move':
      return `${sayWhole(action.from)} to ${sayWhole(action.to)}`;
    case 'shell.run':
      return 'command' in action ? action.command : action.argv.map(quoteWord).join(' ');
    case 'git.run':
      return action.argv.map(quoteWord).join(' ');
    case 'plugin.call':
      return `${action.plugin} ${action.method}`;
    case 'file.read':
    case 'file.write':
    case 'file.edit':
    case 'file.delete':
    case 'folder.create':
      return sayWhole(action.path);
    default:
      return action satisfies never;
  }
}

/** Blanks at an edge are seen only in quotes. */
export const sayWhole = (path: string): string => (/^\s|\s$/.test(path) ? quoteWord(path) : path);
