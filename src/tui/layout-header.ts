import { makeVisible } from '../core/display/escape.ts';
import { type Line, type Surface, span } from '../core/display/line.ts';
import { wrap } from '../core/display/wrap.ts';
import type { Header } from './options.ts';

const PROMISE = 'Looking is free. Nothing changes without your approval.';
const HELP = '   /help';

/** What stands above the first prompt. */
export function layoutHeader(header: Header, surface: Surface): readonly Line[] {
  const what = `tinycode ${header.version}`;
  const where = [header.folder, header.branch]
    .filter((part) => part !== '')
    .map((part) => makeVisible(part, surface.isAscii).replaceAll('\n', ' '))
    .join('  ');
  const isBeside = surface.width(`${what}  ${where}`) <= surface.columns;
  const first: readonly Line[] = isBeside
    ? [[span(what, 'strong'), span(`  ${where}`)]]
    : [[span(what, 'strong')], ...wrap(where, surface.columns, surface).map((row) => [span(row)])];
  const second = PROMISE.length + HELP.length < surface.columns ? PROMISE + HELP : PROMISE;
  return [
    ...first,
    ...wrap(second, surface.columns, surface).map((row): Line => [span(row, 'dim')]),
  ];
}
