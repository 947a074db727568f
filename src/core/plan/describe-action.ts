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
  'plugin.call': 'plugin',
};

export const describeAction = (action: Action): string =>
  `${VERBS[action.kind]} ${subjectOf(action)}`;

/** What an action is about, whole: nothing of a command is ever left out. */
export function subjectOf(action: Action): string {
  switch (action.kind) {
    case 'file.move':
      return `${action.from} → ${action.to}`;
    case 'shell.run':
      return 'command' in action ? action.command : action.argv.map(quoteArgument).join(' ');
    case 'git.run':
      return action.argv.map(quoteArgument).join(' ');
    case 'plugin.call':
      return `${action.plugin} ${action.method}`;
    case 'file.read':
    case 'file.write':
    case 'file.edit':
    case 'file.delete':
    case 'folder.create':
      return action.path;
    default:
      return action satisfies never;
  }
}

/** As a shell would take it for one word, so that where an argument ends can be seen. */
const quoteArgument = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
