import type { ProgramEnd } from '../../ports.ts';
import type { Ran } from './run-in-view.ts';
import type { Stage } from './stage.ts';

const LINES_OF_FAILURE = 30;
const LINES_OF_SUCCESS = 5;

/** The end of what a program said. */
export function showOutput({ show }: Stage, { output }: ProgramEnd, hasFailed: boolean): void {
  if (output.trim() === '') return;
  const lines = output.trimEnd().split('\n');
  const shown = lines.slice(-(hasFailed ? LINES_OF_FAILURE : LINES_OF_SUCCESS));
  const left = lines.length - shown.length;
  const text = [...(left > 0 ? [`… ${left} lines before`] : []), ...shown].join('\n');
  show({ kind: 'code', text });
}

/** What became of the changes of a program that failed, or of a check. */
export function showLost({ show }: Stage, { changes, view }: Ran, hasFailed: boolean): void {
  if (changes.length === 0) return;
  const did = `${hasFailed ? 'Before it failed it' : 'It'} changed ${countPaths(changes.length)}`;
  const [end, tone] =
    view === 'direct'
      ? (['they stay as they are now', 'warn'] as const)
      : (['none of that is in the workspace', 'dim'] as const);
  show({ kind: 'text', text: `${did}; ${end}.`, tone });
}

const MOST_TOLD = 20;

/** Without a view nothing can be held back; what was touched is at least told. */
export function showTouched({ show }: Stage, step: string, { changes }: Ran): void {
  const text = `Step ${step} changed ${countPaths(changes.length)}, which rollback does not take back: ${listPaths(changes)}`;
  show({ kind: 'text', text, tone: 'warn' });
}

export function showLeft({ show }: Stage, left: Ran['changes']): void {
  if (left.length === 0) return;
  const text = `It also changed the permissions of folders, which stay as they are: ${listPaths(left)}`;
  show({ kind: 'text', text, tone: 'warn' });
}

function listPaths(changes: Ran['changes']): string {
  const paths = changes.map(({ after }) => after.path);
  return `${paths.slice(0, MOST_TOLD).join(', ')}${paths.length > MOST_TOLD ? ' …' : ''}`;
}

export const countPaths = (count: number): string => `${count} ${count === 1 ? 'path' : 'paths'}`;
