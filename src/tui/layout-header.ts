import { makeVisible } from '../core/display/escape.ts';
import { type Line, span } from '../core/display/line.ts';
import type { Header } from './options.ts';

/** What stands above the first prompt. */
export function layoutHeader(header: Header, columns: number, isAscii: boolean): readonly Line[] {
  const what = `tinycode ${header.version}`;
  const where = [header.folder, header.branch]
    .filter((part) => part !== '')
    .map((part) => makeVisible(part, isAscii).replaceAll('\n', ' '))
    .join('  ');
  const promise = 'Looking is free. Nothing changes without your approval.';
  const help = '   /help';
  const hasHelp = promise.length + help.length < columns;
  return [
    [span(what, 'strong'), span(`  ${where}`)],
    [span(promise, 'dim'), span(hasHelp ? help : '', 'dim')],
  ];
}
