import { makeVisible } from '../../core/display/escape.ts';
import { type Line, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import type { Progress } from '../../core/types.ts';
import { clip } from './clip.ts';
import { describeProgram } from './describe-program.ts';
import type { Activity, Look, Part, View } from './view.ts';

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
  const all = view.size.columns - 1 - look.width(picture) - 1;
  const { what, parts } = whatRuns(view, activity);
  const name = makeVisible(what, look.isAscii).replaceAll('\n', ' ');
  const rest = join(fitting(parts, all - Math.min(look.width(name), MIN_NAME), look), look);
  return [
    [
      span(`${picture} `, 'accent'),
      span(clip(name, Math.max(0, all - look.width(rest)), look)),
      span(clip(rest, all, look), 'dim'),
    ],
  ];
}

/** So much of the name stays before what is said of it goes. */
const MIN_NAME = 12;

function whatRuns(
  { program, progress }: View,
  activity: Activity,
): { readonly what: string; readonly parts: readonly Part[] } {
  const far = progress === null ? [] : [{ text: howFar(progress), drop: 2 }];
  const stop = { text: 'Ctrl+C stops', drop: 0 };
  if (program !== null) {
    const { what, parts } = describeProgram(program);
    return { what, parts: [...parts, ...far, stop] };
  }
  const elapsed = { text: `${(activity.elapsedMs / 1000).toFixed(1)} s`, drop: 0 };
  return { what: nameOf(activity), parts: [...far, elapsed, stop] };
}

function fitting(parts: readonly Part[], room: number, look: Look): readonly Part[] {
  const last = Math.max(...parts.map(({ drop }) => drop));
  if (last === 0 || look.width(join(parts, look)) <= room) return parts;
  const kept = parts.filter(({ drop }) => drop < last);
  return fitting(kept, room, look);
}

const join = (parts: readonly Part[], look: Look): string =>
  parts.map(({ text }) => ` ${symbolsOf(look).dot} ${text}`).join('');

const howFar = ({ what, done, total }: Progress): string => `${done} of ${total} ${what}`;

/** The line mostly begins with the name. */
const nameOf = ({ name, line }: Activity): string =>
  line.startsWith(name) ? line : `${name}  ${line}`;
