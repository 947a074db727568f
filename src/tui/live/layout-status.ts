import { makeVisible } from '../../core/display/escape.ts';
import { type Line, type Span, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { clip } from './clip.ts';
import type { Look, View } from './view.ts';

/** The last line: the search, a hint, or the status. The caret is in it while searching. */
export type StatusLayout = { readonly line: Line; readonly caretColumn: number | null };

export function layoutStatus(view: View, look: Look): StatusLayout {
  const { search, isLeaveAsked } = view.editor;
  if (search !== null) return layoutSearch(view, search, look);
  const hint = isLeaveAsked ? 'Ctrl+C again leaves' : view.hint;
  if (hint !== null) {
    const text = clip(makeVisible(hint, look.isAscii), view.size.columns - 1, look);
    return { line: [span(text, 'warn')], caretColumn: null };
  }
  return { line: fitParts(partsOf(view, look), view, look), caretColumn: null };
}

/** From left to right by how much they matter: a narrow window loses the right ones. */
function partsOf(view: View, look: Look): readonly Span[] {
  const broken = view.log.kind === 'broken' ? [span('audit log unusable', 'bad')] : [];
  return [
    span(view.mode, 'accent'),
    ...broken,
    span(view.level, 'dim'),
    ...modelParts(view).map((text) => span(makeVisible(text, look.isAscii), 'dim')),
    ...(view.branch === '' ? [] : [span(makeVisible(view.branch, look.isAscii), 'dim')]),
  ];
}

function modelParts({ model, context }: View): readonly string[] {
  switch (model.kind) {
    case 'unknown':
      return [];
    case 'missing':
      return ['no model', 'context 0'];
    case 'ready':
      return [model.name, sayContext(context, model.contextTokens)];
    default:
      return model satisfies never;
  }
}

function sayContext(context: View['context'], knownTokens: number | undefined): string {
  const tokens = context?.contextTokens ?? knownTokens;
  if (tokens === undefined) return 'context 0';
  const size = tokens < 1_024 ? String(tokens) : `${Math.round(tokens / 1_024)}k`;
  if (context === null) return `context 0 of ${size}`;
  return `context ${Math.round((context.usedTokens * 100) / tokens)} % of ${size}`;
}

function fitParts(parts: readonly Span[], view: View, look: Look): Line {
  const gap = span(` ${symbolsOf(look).dot} `, 'dim');
  const line: Span[] = [];
  let room = view.size.columns - 1;
  for (const part of parts) {
    const cells = look.width(part.text) + (line.length === 0 ? 0 : 3);
    if (cells > room) break;
    line.push(...(line.length === 0 ? [] : [gap]), part);
    room -= cells;
  }
  return line;
}

function layoutSearch(
  view: View,
  search: NonNullable<View['editor']['search']>,
  look: Look,
): StatusLayout {
  const isLost = search.query !== '' && search.index < 0;
  const room = view.size.columns - 1;
  const label = isLost ? 'search, no match: ' : 'search: ';
  const query = makeVisible(search.query, look.isAscii);
  const shown = clip(label + query, room, look);
  const help = '   Enter takes it, Ctrl+R older, Esc goes back';
  const hasHelp = look.width(shown + help) <= room;
  return {
    line: [span(shown, isLost ? 'warn' : 'plain'), span(hasHelp ? help : '', 'dim')],
    caretColumn: look.width(shown),
  };
}
