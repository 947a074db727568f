import { makeVisible } from '../../core/display/escape.ts';
import { type Line, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import type { Progress } from '../../core/types.ts';
import { clip } from './clip.ts';
import type { Look, View } from './view.ts';

/** How long one picture of the spinner stands. */
export const SPIN_MS = 100;
const SPIN = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const ASCII_SPIN = ['|', '/', '-', '\\'];

/** What runs, for how long, and how to stop it. */
export function layoutActivity(view: View, look: Look): readonly Line[] {
  const { activity } = view;
  if (activity === null) return [];
  const pictures = look.isAscii ? ASCII_SPIN : SPIN;
  const picture = pictures[Math.floor(activity.elapsedMs / SPIN_MS) % pictures.length] ?? '';
  const dot = ` ${symbolsOf(look).dot} `;
  const what = makeVisible(whatRuns(activity), look.isAscii);
  const far = view.progress === null ? '' : `${dot}${howFar(view.progress)}`;
  const rest = `${far}${dot}${(activity.elapsedMs / 1000).toFixed(1)} s${dot}Ctrl+C stops`;
  const room = view.size.columns - 1 - look.width(picture) - 1 - look.width(rest);
  return [
    [
      span(`${picture} `, 'accent'),
      span(clip(what.replaceAll('\n', ' '), Math.max(0, room), look)),
      span(rest, 'dim'),
    ],
  ];
}

const howFar = ({ what, done, total }: Progress): string => `${done} of ${total} ${what}`;

/** The line mostly begins with the name. */
const whatRuns = ({ name, line }: NonNullable<View['activity']>): string =>
  line.startsWith(name) ? line : `${name}  ${line}`;
